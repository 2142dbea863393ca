import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { isSigned } from '../../api/knowledge/webhooks/webhook-schemes.ts';
import { TestGitward, type StatusView } from '../support/gitward.ts';
import { startMailServer, type MailServer } from '../support/mail-server.ts';
import { startNoticeHooks, type NoticeHooks } from '../support/notice-hooks.ts';

const patience = { timeout: 90_000, interval: 200 };
const count = 10;
const projects = Array.from({ length: count }, (_, at) => `shop-${at}`);

let post: MailServer;
let hooks: NoticeHooks;
let gitward: TestGitward;
let secret = '';

const statusOf = (project: string) =>
  gitward.call<StatusView>('GET', `/v1/projects/${project}/mirrors/default`);
async function change(project: string): Promise<void> {
  const event = await gitward.call<object>('POST', `/v1/projects/${project}/sample-changes`, {
    ...{ componentId: 'keboola.ex-db-mysql', configId: '1001' },
    ...{ author: 'ada@example.com', description: 'More rows' },
  });
  await gitward.send([event]);
}
const until = (wanted: (status: StatusView) => boolean) =>
  vi.waitFor(async () => {
    for (const project of projects) {
      const status = await statusOf(project);
      expect(wanted(status), `${project}: ${JSON.stringify(status)}`).toBe(true);
    }
  }, patience);
const sentTo = (path: string) => hooks.messages.filter((message) => message.path.startsWith(path));

beforeAll(async () => {
  [post, hooks] = await Promise.all([startMailServer(), startNoticeHooks()]);
  gitward = await TestGitward.start({
    GITWARD_ESCALATE_AFTER: '20s',
    GITWARD_SMTP_URL: post.url,
    GITWARD_MAIL_FROM: 'gitward@example.com',
  });
  const add = (body: object) =>
    gitward.call<{ id: string; secret: string }>('POST', '/v1/notice-channels', body);
  await add({ name: 'chat', kind: 'slack', url: hooks.slack, default: true });
  const teams = await add({ name: 'team', kind: 'teams', url: hooks.teams });
  const program = { name: 'program', kind: 'webhook', url: hooks.webhook, default: true };
  secret = (await add(program)).secret;
  const { username, password } = gitward.git.credential ?? { username: '', password: '' };
  const credential = await gitward.call<{ id: string }>('POST', '/v1/credentials', {
    ...{ name: 'git', username, token: password, origin: gitward.git.url('any') },
  });
  for (const [at, project] of projects.entries()) {
    await gitward.git.createRepository(project);
    await gitward.call('POST', '/v1/projects', {
      ...{ id: project, name: project, source: { kind: 'sample' } },
    });
    await gitward.call('PUT', `/v1/projects/${project}/mirrors/default`, {
      repository: { url: gitward.git.url(project), branch: 'main', credentialId: credential.id },
      notify: at < 3 ? { emails: ['eva@example.com'], channels: [teams.id] } : {},
    });
  }
  await until(({ state }) => state === 'synced');
});
afterAll(async () => {
  await gitward.stop();
  await Promise.all([post.close(), hooks.close()]);
});

it('a host that takes ten mirrors down is one notice to each, and one when it is over; what fails is tried again', async () => {
  await gitward.git.goAway();
  hooks.answer = [503, 'later'];
  for (const project of projects) await change(project);
  await until(({ state }) => state === 'escalated');
  await vi.waitFor(() => expect(post.mails).toHaveLength(1), patience);
  expect(post.mails[0]?.subject).toMatch(/^\[Gitward\] 3 mirrors: the Git host http:\S+ cannot be/);

  // Channels that are dead are seen, and tried again.
  const waiting = await vi.waitFor(async () => {
    const page = await gitward.call<{ items: { to: string; lastError: string | null }[] }>(
      ...(['GET', '/v1/notices?waiting=true&limit=100'] as const),
    );
    expect(new Set(page.items.filter(({ lastError }) => lastError).map(({ to }) => to))).toEqual(
      new Set(['chat', 'program', 'team']),
    );
    return page.items;
  }, patience);
  expect(waiting.every(({ lastError }) => !lastError?.includes('secret'))).toBe(true);
  hooks.answer = null;
  await vi.waitFor(() => expect(hooks.messages).toHaveLength(3), patience);
  const [chat, team, program] = ['/services', '/workflows', '/hooks'].map((path) => sentTo(path)[0]); // prettier-ignore
  expect(chat?.body).toContain(`${count} mirrors: the Git host`);
  for (const project of projects) expect(chat?.body).toContain(`Mirror: ${project} `);
  expect(team?.body).toContain('3 mirrors: the Git host');
  expect(team?.body).not.toContain('shop-5');
  const received = { headers: program?.headers ?? {}, body: Buffer.from(program?.body ?? '') };
  expect(isSigned('gitlab', received, [secret])).toBe(true);
  expect(JSON.parse(program?.body ?? '')).toMatchObject({ data: { kind: 'escalated', count } });

  await gitward.git.comeBack();
  await until(({ state }) => state === 'synced');
  await vi.waitFor(() => expect(hooks.messages).toHaveLength(6), patience);
  await vi.waitFor(() => expect(post.mails).toHaveLength(2), patience);
  expect(post.mails[1]?.subject).toContain('Working again: 3 mirrors');
  expect(sentTo('/services')[1]?.body).toContain(`Working again: ${count} mirrors`);
  expect(sentTo('/workflows')[1]?.body).toContain('Working again: 3 mirrors');

  const { items } = await gitward.call<{
    items: { sentAt: string | null; message: string; to: string; kind: string }[];
  }>('GET', '/v1/notices?limit=100');
  expect(items.filter(({ sentAt }) => sentAt === null)).toEqual([]);
  expect(new Set(items.map(({ to, kind, message }) => `${to} ${kind} ${message}`)).size).toBe(8);
  expect(hooks.messages).toHaveLength(6);
  expect(post.mails).toHaveLength(2);
});
