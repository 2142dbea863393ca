import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { TestGitward } from '../support/gitward.ts';
import { startMailServer, type MailServer } from '../support/mail-server.ts';

const orders = { componentId: 'keboola.ex-db-mysql', configId: '7' };
const patience = { timeout: 30_000, interval: 100 };

let post: MailServer;
let gitward: TestGitward;

beforeAll(async () => {
  post = await startMailServer();
  gitward = await TestGitward.start({
    GITWARD_ESCALATE_AFTER: '5s',
    GITWARD_SMTP_URL: post.url,
    GITWARD_MAIL_FROM: 'gitward@example.com',
  });
  await gitward.enableMirror({ notify: { emails: ['eva@example.com'] } });
  await gitward.until('synced');
});
afterAll(async () => {
  await gitward.stop();
  await post.close();
});

it('a long outage is reported in one mail, and its end in another', async () => {
  await gitward.git.goAway();
  await gitward.send([gitward.platform.change(orders)]);
  await gitward.until('retrying');
  const { outage } = await gitward.until('escalated');
  await vi.waitFor(() => expect(post.mails).toHaveLength(1), patience);
  // Further attempts fail, and no further mail is sent.
  const attempts = outage!.attempts;
  await gitward.until((status) => (status.outage?.attempts ?? 0) >= attempts + 2);
  expect(post.mails).toHaveLength(1);

  await gitward.git.comeBack();
  await gitward.until(({ state, pendingChanges }) => state === 'synced' && pendingChanges === 0);
  await vi.waitFor(() => expect(post.mails).toHaveLength(2), patience);
  const [trouble, end] = post.mails;
  const since = outage!.since.slice(0, 16).replace('T', ' ');
  expect(trouble).toMatchObject({ from: 'gitward@example.com', to: ['eva@example.com'] });
  expect(trouble!.subject).toBe(
    `[Gitward] Changes cannot be sent to Git (since ${since} UTC): Shop`,
  );
  expect(trouble!.text).toContain(
    `Changes cannot be sent to Git. This has been failing since ${since} UTC`,
  );
  expect(trouble!.text).toContain('repository_unreachable');
  expect(trouble!.text).toContain('One change is waiting.');
  expect(trouble!.text).toContain(`gitward mirrors retry ${gitward.platform.projectId} 1000`);
  expect(end!.subject).toBe('[Gitward] Working again: Shop');
  expect(end!.text).toContain('No changes are waiting.');
  for (const { text } of post.mails) {
    expect(text).not.toContain(gitward.git.credential!.password);
    expect(text).not.toContain(gitward.platform.token);
  }
});
