import { Type, type Static } from '@fastify/type-provider-typebox';
import {
  listNotices,
  type ListedNotice,
  type NoticePlace,
} from '../../../db/streams/notices/list-notices.ts';
import { channelOfRecipient } from '../../../model/streams/notice-channel.ts';
import { noticeKinds } from '../../../model/streams/outage.ts';
import { parseTime } from '../../../model/text/time.ts';
import { uuid } from '../../../model/text/uuid.ts';
import { callerOf } from '../../access/authentication.ts';
import type { AddRoutes } from '../../http/deps.ts';
import { badCursor, PageQuery, pageOf, pageStart } from '../../http/paging.ts';
import { Nullable, OneOf, PageOf, Time } from '../../http/schema-parts.ts';
import { usesSeen } from '../credentials/uses-seen.ts';

const NoticesQuery = Type.Object({
  ...PageQuery.properties,
  stream: Type.Optional(
    Type.String({
      maxLength: 200,
      pattern: '^(mirror/[\\w.-]{1,64}/[\\w.-]{1,64}|space/[\\w.-]{1,64})$',
      description: '`mirror/<project>/<branch>` (with the id of the branch) or `space/<space>`.',
    }),
  ),
  waiting: Type.Optional(Type.Boolean({ description: 'Only those that were not sent yet.' })),
});

/** A notice as the API returns it. */
export const NoticeView = Type.Object({
  kind: OneOf(...noticeKinds),
  to: Type.String({
    description: 'An address, the name of a channel, or `log` if there was nobody to tell.',
  }),
  channel: Type.Boolean(),
  stream: Type.String({ description: '`mirror/<project>/<branch>` or `space/<space>`.' }),
  code: Type.String(),
  createdAt: Time,
  sentAt: Nullable(Time),
  lastError: Nullable(
    Type.String({ description: 'Why the last attempt to send it failed: it is tried again.' }),
  ),
  message: Nullable(
    Type.String({
      description:
        'The id of the message that told of it, the same for all outages of one cause that it told this recipient of. `null`: none was tried yet.',
    }),
  ),
  covered: Type.Boolean({
    description:
      'Nothing was sent for it, since a message about the same cause, sent within twelve hours before, stands for it.',
  }),
  waiting: Type.Boolean({
    description:
      'Whether it was not sent and still may be. What is no longer news is not sent any more.',
  }),
  others: Type.Integer({
    description: 'How many other outages the message told of or stands for, of those that you may see.', // prettier-ignore
  }),
});

/** The route that says who was told of what. */
export const addNoticeRoutes: AddRoutes = (api, { db }) => {
  api.get(
    '/v1/notices',
    {
      config: { role: 'operator', refuses: [422] },
      schema: {
        tags: ['notices'],
        summary: 'Who was told of which outage, newest first',
        querystring: NoticesQuery,
        response: { 200: PageOf(NoticeView) },
      },
    },
    async (request) => {
      const { stream = null, waiting = false } = request.query;
      const { limit, after } = pageStart(request.query, /^\[/);
      const rows = await listNotices(db, {
        ...usesSeen(callerOf(request)),
        ...{ stream, waiting, limit: limit + 1 },
        after: after === null ? null : placeOf(after),
      });
      const cursor = ({ createdAt, outageId, kind, recipient }: ListedNotice) =>
        JSON.stringify([createdAt, outageId, kind, recipient]);
      return pageOf(rows, limit, cursor, noticeView);
    },
  );
};

/** The place that a cursor names. Throws `ApiProblem` 422 if it names none. */
function placeOf(cursor: string): NoticePlace {
  const parts = partsOf(cursor);
  const [createdAt = '', outageId = '', named, recipient = ''] = parts;
  const kind = noticeKinds.find((one) => one === named);
  if (kind === undefined || parseTime(createdAt) === null || !uuid.test(outageId))
    throw badCursor();
  return { createdAt, outageId, kind, recipient: recipient.replaceAll('\0', '') };
}

function partsOf(cursor: string): string[] {
  try {
    const parts: unknown = JSON.parse(cursor);
    return Array.isArray(parts) ? parts.map(String) : [];
  } catch {
    return [];
  }
}

function noticeView(notice: ListedNotice): Static<typeof NoticeView> {
  const { kind, recipient, channel, stream, code, createdAt, sentAt, lastError } = notice;
  const { message, covered, waiting, others } = notice;
  const isChannel = channelOfRecipient(recipient) !== null;
  return {
    ...{ kind, to: isChannel ? (channel ?? 'a channel that was removed') : recipient },
    ...{ channel: isChannel, stream, code, createdAt, lastError },
    ...{ sentAt: sentAt?.toISOString() ?? null, message, covered, waiting, others },
  };
}
