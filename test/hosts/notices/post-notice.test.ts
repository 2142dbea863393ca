import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { isSigned } from '../../../api/knowledge/webhooks/webhook-schemes.ts';
import { postNotice, type PostedTarget } from '../../../hosts/notices/post-notice.ts';
import { testNotice, type OutgoingNotice } from '../../../model/streams/notice.ts';
import { createAddressPolicy } from '../../../network/address-policy.ts';
import { createDispatcher } from '../../../network/dispatcher.ts';
import { startNoticeHooks } from '../../support/notice-hooks.ts';

const hooks = await startNoticeHooks();
const dispatcher = createDispatcher(
  createAddressPolicy({ allowPrivateNetwork: true, allowFileRepositories: false }),
);
afterAll(() => Promise.all([hooks.close(), dispatcher.close()]));
beforeEach(() => {
  Object.assign(hooks, { requests: 0, answer: null });
  hooks.messages.length = 0;
});

const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const slack: PostedTarget = { kind: 'slack', url: hooks.slack };
const teams: PostedTarget = { kind: 'teams', url: hooks.teams };
const webhook: PostedTarget = { kind: 'webhook', url: hooks.webhook, secret };
const notice: OutgoingNotice = {
  ...testNotice('outage/escalated', 'ops'),
  subject: '[Gitward] Changes cannot be sent: <!channel> & [here](https://evil.example)',
  text: 'First *part* <@U1>.\n\nSecond [part](https://evil.example).\n',
};
const send = (target: PostedTarget, of = notice) => postNotice(dispatcher, target, of);
const sent = () => JSON.parse(hooks.messages[0]?.body ?? 'null') as unknown;

describe('a notice', () => {
  it('is a message of Slack, in which nothing from outside is a mention or a link', async () => {
    await send(slack);
    expect(sent()).toEqual({
      text: '[Gitward] Changes cannot be sent: &lt;!channel&gt; &amp; [here](https://evil.example)',
      blocks: [
        { type: 'header', text: { type: 'plain_text', text: notice.subject, emoji: false } },
        ...['First *part* <@U1>.', 'Second [part](https://evil.example).'].map((text) => ({
          ...{ type: 'section', text: { type: 'plain_text', text, emoji: false } },
        })),
      ],
    });
  });

  it('is cut to what Slack takes', async () => {
    await send(slack, { ...notice, subject: 'x'.repeat(1_000), text: 'y'.repeat(10_000) });
    expect(hooks.messages).toHaveLength(1);
  });

  it('is a card of Teams, in which nothing from outside is Markdown', async () => {
    await send(teams);
    const { attachments } = sent() as { attachments: { content: { body: object[] } }[] };
    const runs = attachments[0]?.content.body.map((block) => JSON.stringify(block));
    expect(runs).toHaveLength(3);
    expect(runs?.join('')).toContain('"TextRun","text":"Second [part](https://evil.example)."');
    expect(runs?.join('')).not.toContain('"TextBlock"');
  });

  it('is signed for a webhook, with an id that stays the same and a time that does not', async () => {
    await send(webhook);
    const [posted] = hooks.messages;
    expect(posted?.headers['webhook-id']).toBe('outage/escalated');
    const received = { headers: posted?.headers ?? {}, body: Buffer.from(posted?.body ?? '') };
    expect(isSigned('gitlab', received, [secret])).toBe(true);
    expect(sent()).toMatchObject({
      type: 'gitward.notice',
      data: { kind: 'test', subject: notice.subject, text: notice.text, about: null },
    });
  });

  it.each([
    ['another body', { body: '{}' }],
    ['another id', { id: 'other' }],
    ['a time ten minutes ago, signed as it was', { time: -600 }],
  ])(
    'is refused by the documented check with %s',
    async (_what, { body, id, time = 0 }: Forged) => {
      await send(webhook);
      const [posted] = hooks.messages;
      const seconds = Number(posted?.headers['webhook-timestamp']) + time;
      const headers = {
        ...posted?.headers,
        ...(id === undefined ? {} : { 'webhook-id': id }),
        'webhook-timestamp': String(seconds),
      };
      const forged = { headers, body: Buffer.from(body ?? posted?.body ?? '') };
      expect(isSigned('gitlab', forged, [secret])).toBe(false);
    },
  );
});

interface Forged {
  body?: string;
  id?: string;
  time?: number;
}

describe('a channel that does not take it', () => {
  it.each([
    [404, 'no_service', 'look whether the channel still exists there'],
    [429, '', 'it wants fewer of them'],
    [500, 'x'.repeat(1_000_000), 'it is in trouble itself'],
    [302, '', 'it should be sent elsewhere, which is not done'],
  ])('is an error that says why: %i', async (status, words, why) => {
    hooks.answer = [status, words, { location: `${hooks.webhook}/elsewhere` }];
    const error = await send(slack).catch((failure: unknown) => failure as Error);
    expect(error?.message).toContain(`does not take the message (${status}): ${why}`);
    expect(error?.message.length).toBeLessThan(600);
    expect(hooks.requests).toBe(1);
  });

  it('is an error without the secret that the address is, also if the host repeats it', async () => {
    for (const target of [slack, teams, webhook]) {
      const { pathname, search } = new URL(target.url);
      const path = pathname + search;
      for (const repeated of [
        `There is no ${path} here, nor ${pathname}`,
        `{"path":"${path.replaceAll('/', '\\/')}"}`,
        `<b>${path.replaceAll('&', '&amp;')}</b>`,
        `${'.'.repeat(290)}${path}`,
        `sig=${new URL(target.url).searchParams.get('sig') ?? ''} ${pathname.split('/').at(-1) ?? ''}`,
      ]) {
        hooks.answer = [404, repeated];
        const error = await send(target).catch((failure: unknown) => failure as Error);
        expect(error?.message).toContain('127.0.0.1');
        expect(error?.message).not.toContain('secret');
      }
    }
  });

  it('is an error if nobody is there, or at an address that the settings do not allow', async () => {
    await expect(send({ kind: 'slack', url: 'http://127.0.0.1:9/x' })).rejects.toThrow(
      '127.0.0.1:9 cannot be reached (ECONNREFUSED)',
    );
    const strict = createDispatcher(
      createAddressPolicy({ allowPrivateNetwork: false, allowFileRepositories: false }),
    );
    await expect(postNotice(strict, slack, notice)).rejects.toThrow(/private|not allowed|refused/i);
    await strict.close();
    expect(hooks.requests).toBe(0);
  });
});
