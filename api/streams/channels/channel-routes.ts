import { randomUUID } from 'node:crypto';
import {
  changeChannel,
  insertChannel,
  listChannels,
  openChannel,
  removeChannel,
} from '../../../db/streams/notice-channels.ts';
import { testNotice } from '../../../model/streams/notice.ts';
import { audited, writeAudit } from '../../access/audited.ts';
import { callerOf } from '../../access/authentication.ts';
import type { AddRoutes } from '../../http/deps.ts';
import { ApiProblem } from '../../http/problem.ts';
import { Empty } from '../../http/schema-parts.ts';
import {
  ChannelBody,
  ChannelChangeBody,
  ChannelList,
  ChannelParams,
  ChannelTestView,
  channelView,
  ChannelView,
  NewChannelView,
} from './channel-schema.ts';
import { targetFrom } from './channel-target.ts';

const tags = ['notices'];
const path = '/v1/notice-channels';
const one = `${path}/:channel`;

/** More than anybody looks after. */
const mostChannels = 200;

/** Where notices go, besides the addresses of mirrors and spaces. */
export const addChannelRoutes: AddRoutes = (api, { db, sealer, addressPolicy, sendNotice }) => {
  api.get(
    path,
    {
      config: { role: 'operator' },
      schema: {
        tags,
        summary: 'List channels of notices, without their secrets',
        response: { 200: ChannelList },
      },
    },
    async (request) => {
      const { projects, spaces } = callerOf(request);
      const isWhole = projects === null && spaces === null;
      const rows = await listChannels(db);
      return {
        items: rows.map((row) => ({ ...channelView(row), ...(isWhole ? {} : { leadsTo: null }) })),
      };
    },
  );

  api.post(
    path,
    {
      config: { role: 'admin', refuses: [409, 422] },
      schema: {
        tags,
        summary: 'Add a channel of notices',
        description:
          'A mail address, or the incoming webhook of Slack, Microsoft Teams or a program of your own. Messages to the last are ' +
          'signed by [Standard Webhooks](https://www.standardwebhooks.com); without a `secret`, one is made and returned once.',
        body: ChannelBody,
        response: { 201: NewChannelView },
      },
    },
    async (request, reply) => {
      const { name, kind, default: isDefault = false, ...asked } = request.body;
      const { target, madeSecret } = targetFrom(kind, asked, addressPolicy);
      const row = await audited(
        db,
        request,
        async (trx) => {
          if ((await listChannels(trx)).length >= mostChannels) throw tooMany();
          return insertChannel(trx, sealer, { name, target, isDefault });
        },
        (stored) =>
          stored && {
            action: 'notice-channel.add',
            target: `notice-channel/${stored.id}`,
            detail: { name, kind, leadsTo: stored.leadsTo, default: isDefault },
          },
      );
      if (row === null)
        throw new ApiProblem(
          409,
          'channel_exists',
          `There already is a channel named "${name}". Change it, or choose another name.`,
        );
      return reply.code(201).send({ ...channelView(row), secret: madeSecret });
    },
  );

  api.patch(
    one,
    {
      config: { role: 'admin', refuses: [404, 422] },
      schema: {
        tags,
        summary: 'Change a channel of notices',
        description: 'What is absent stays as it is; its kind and name always do.',
        params: ChannelParams,
        body: ChannelChangeBody,
        response: { 200: ChannelView },
      },
    },
    async (request) => {
      const { channel: id } = request.params;
      const { default: isDefault, ...asked } = request.body;
      const row = await audited(
        db,
        request,
        async (trx) => {
          const before = await openChannel(trx, sealer, id);
          if (before === null) return null;
          const { kind } = before.target;
          const { target } = targetFrom(kind, asked, addressPolicy, before.target);
          const isMoved = Object.keys(asked).length > 0;
          return changeChannel(trx, sealer, id, {
            ...(isMoved ? { target } : {}),
            ...(isDefault === undefined ? {} : { isDefault }),
          });
        },
        (changed) =>
          changed && {
            action: 'notice-channel.change',
            target: `notice-channel/${id}`,
            detail: {
              ...{ name: changed.name, leadsTo: changed.leadsTo, default: changed.isDefault },
              fields: Object.keys(request.body).sort(),
            },
          },
      );
      if (row === null) throw channelNotFound(id);
      return channelView(row);
    },
  );

  api.delete(
    one,
    {
      config: { role: 'admin', refuses: [404, 409] },
      schema: {
        tags,
        summary: 'Remove a channel of notices that no active mirror or space names',
        params: ChannelParams,
        response: { 204: Empty },
      },
    },
    async (request, reply) => {
      const { channel: id } = request.params;
      const result = await audited(
        db,
        request,
        (trx) => removeChannel(trx, id),
        (removed) =>
          removed.kind === 'removed'
            ? {
                action: 'notice-channel.remove',
                target: `notice-channel/${id}`,
                detail: { name: removed.name },
              }
            : null,
      );
      if (result.kind === 'not_found') throw channelNotFound(id);
      if (result.kind === 'in_use')
        throw new ApiProblem(
          409,
          'channel_in_use',
          `${result.by.join(', ')} name this channel. Give them others first.`,
        );
      return reply.code(204).send(null);
    },
  );

  api.post(
    `${one}/actions/test`,
    {
      config: { role: 'admin', refuses: [404] },
      schema: {
        tags,
        summary: 'Send a test through a channel, now',
        params: ChannelParams,
        response: { 200: ChannelTestView },
      },
    },
    async (request) => {
      const { channel: id } = request.params;
      const channel = await openChannel(db, sealer, id);
      if (channel === null) throw channelNotFound(id);
      const { name, target } = channel;
      const reason = await sendNotice(target, testNotice(`test/${randomUUID()}`, name)).then(
        () => null,
        (error: unknown) => (error instanceof Error ? error.message : String(error)),
      );
      await writeAudit(db, request, {
        action: 'notice-channel.test',
        target: `notice-channel/${id}`,
        detail: { name, sent: reason === null },
      });
      return { sent: reason === null, reason };
    },
  );
};

function channelNotFound(id: string): ApiProblem {
  return new ApiProblem(
    404,
    'channel_not_found',
    `There is no channel ${id}. \`gitward channels list\` lists those that there are.`,
  );
}

function tooMany(): ApiProblem {
  return new ApiProblem(
    409,
    'too_many_channels',
    `There are ${mostChannels} channels already. Remove one that is no longer needed.`,
  );
}
