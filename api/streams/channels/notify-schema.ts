import { Type, type Static } from '@fastify/type-provider-typebox';
import type { Db } from '../../../db/connect.ts';
import { listKnownChannels } from '../../../db/streams/notice-channels.ts';
import type { NoticeSettings } from '../../../model/streams/notice-channel.ts';
import { fieldProblem } from '../../http/problem.ts';
import { Email, Strict, Uuid } from '../../http/schema-parts.ts';

/** Who is told of outages of a mirror or a space, in a request. */
export const NotifyBody = Strict({
  emails: Type.Optional(Type.Array(Email, { maxItems: 50, uniqueItems: true })),
  channels: Type.Optional(
    Type.Array(Uuid, {
      maxItems: 20,
      uniqueItems: true,
      description: 'Ids of channels: see `/v1/notice-channels`.',
    }),
  ),
});

/** Who is told, in answers. */
export const NotifyView = Type.Object({
  emails: Type.Array(Type.String()),
  channels: Type.Array(Type.String()),
});

/** Who is told, as answers contain it. */
export function notifyView({ emails, channels = [] }: NoticeSettings): Static<typeof NotifyView> {
  return { emails, channels };
}

/** Throws `ApiProblem` 422 with the first of these channels that does not exist; `pointer` is that of the list. */
export async function requireChannels(
  db: Db,
  { channels = [] }: Static<typeof NotifyBody> = {},
  pointer: string,
): Promise<void> {
  const known = new Set(await listKnownChannels(db, channels));
  const at = channels.findIndex((id) => !known.has(id));
  if (at >= 0) throw fieldProblem(`${pointer}/${at}`, 'is the id of no channel that there is');
}
