import { expect, it } from 'vitest';
import type { MirrorPolicy } from '../../../model/mirror/mirror.ts';
import { activitiesUnderTest, orders } from '../activities-under-test.ts';

const under = await activitiesUnderTest();

type Commits = NonNullable<MirrorPolicy['commits']>;

/** The last commit of a mirror with these settings, after a change by this author. */
async function lastCommit(commits: Commits, author = 'eva@example.com') {
  const mirror = await under.settledMirror({ policy: { commits } });
  await mirror.accept(mirror.platform.change(orders, { author }));
  await mirror.window();
  await mirror.deliver();
  const [commit] = await mirror.repository.log();
  const committer = await mirror.repository.git(['log', '-1', '--format=%cn <%ce>']);
  return { mirror, commit: commit!, committer: committer.toString().trim() };
}

it('commits name the committer of the settings, and are still known as ours', async () => {
  const committer = { name: 'Data Bot', email: 'bot@example.com' };
  const { mirror, committer: named } = await lastCommit({ committer });
  expect(named).toBe('Data Bot <bot@example.com>');
  await mirror.accept(mirror.platform.change(orders));
  await mirror.window();
  await mirror.deliverAndLoseWorker();
  expect(await mirror.deliver()).toMatchObject({ commits: 0, undeliveredChanges: 0 });
  // Another committer, or none, changes nothing about the commits that are there.
  await mirror.put({ policy: { commits: {} } });
  await mirror.accept(mirror.platform.change(orders));
  await mirror.window();
  expect(await mirror.deliver()).toMatchObject({ commits: 1, resync: false });
});

it('subjects have what goes before and after them, and fit on a line', async () => {
  const { commit } = await lastCommit({ subjectPrefix: 'data:', subjectSuffix: '[skip ci]' });
  const [subject = ''] = commit.message.split('\n');
  expect(subject).toMatch(/^data: Change extractor "Orders".* \[skip ci\]$/);
  expect(Array.from(subject).length).toBeLessThanOrEqual(72);
});

it('authors are whom the settings say, also in the text', async () => {
  const authors = [{ from: 'eva@example.com', name: 'Eva Nová', email: 'eva@corp.example' }];
  const { commit } = await lastCommit({ authors });
  expect(commit.author).toMatchObject({ name: 'Eva Nová', email: 'eva@corp.example' });
  expect(commit.message).toContain('by Eva Nová');
  expect(commit.message).not.toContain('eva@example.com');
});

it('the others are named without their addresses if that is wished', async () => {
  const { commit } = await lastCommit({ noReply: true });
  expect(commit.author).toMatchObject({
    name: 'eva',
    email: 'eva@users.noreply.gitward.invalid',
  });
  expect(commit.message).not.toContain('eva@example.com');
});

it('push options reach the host, and a host that takes none says so', async () => {
  const { mirror } = await lastCommit({});
  await mirror.repository.git(['config', 'receive.advertisePushOptions', 'true']);
  await mirror.repository.keepPushOptions();
  await mirror.put({ policy: { commits: { pushOptions: ['ci.skip', 'topic=data; rm -rf'] } } });
  await mirror.accept(mirror.platform.change(orders));
  await mirror.window();
  await mirror.deliver();
  expect(await mirror.repository.pushOptions()).toEqual(['ci.skip', 'topic=data; rm -rf']);
  await mirror.repository.git(['config', 'receive.advertisePushOptions', 'false']);
  await mirror.accept(mirror.platform.change(orders));
  await mirror.window();
  await expect(mirror.deliver()).rejects.toMatchObject({
    type: 'push_refused',
    message: expect.stringContaining('takes no push options'),
  });
});
