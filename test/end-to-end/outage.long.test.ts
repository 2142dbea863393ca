import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { TestGitward } from '../support/gitward.ts';

const orders = { componentId: 'keboola.ex-db-mysql', configId: '7' };
const customers = { componentId: 'keboola.ex-aws-s3', configId: '8' };

let gitward: TestGitward;

beforeAll(async () => {
  gitward = await TestGitward.start();
  await gitward.enableMirror();
  await gitward.until('synced');
});
afterEach(() => {
  gitward.git.beforePush = null;
  gitward.git.afterPush = null;
});
afterAll(() => gitward.stop());

const settled = (status: { state: string; pendingChanges: number }) =>
  status.state === 'synced' && status.pendingChanges === 0;

describe('an outage of the Git server', () => {
  it('keeps one commit per window, all in one push, on top of what others pushed', async () => {
    await gitward.git.goAway();
    const written: string[] = [];
    for (const [who, day] of [
      ['eva@example.com', 1],
      ['jan@example.com', 2],
      ['eva@example.com', 3],
    ] as const) {
      const at = new Date(`2026-04-0${day}T08:00:00Z`);
      await gitward.send([gitward.platform.change(orders, { author: who, at })]);
      written.push(`${who} ${at.toISOString().slice(0, 10)}`);
      await gitward.until(
        ({ waitingBatches, state }) => waitingBatches === written.length && state === 'retrying',
      );
    }
    expect(await gitward.status()).toMatchObject({
      state: 'retrying',
      outage: { reason: { code: 'repository_unreachable' } },
    });
    await gitward.repository.commit({
      files: { 'README.md': 'Ours to keep.\n' },
      message: 'Somebody else',
    });
    gitward.git.requests.length = 0;
    await gitward.git.comeBack();
    await gitward.until(settled);

    const log = await gitward.repository.log();
    expect(
      log.slice(0, 3).map(({ author, authoredAt }) => `${author.name} ${authoredAt.slice(0, 10)}`),
    ).toEqual(written.reverse());
    expect(log[3]?.subject).toBe('Somebody else');
    expect(await gitward.repository.read('README.md')).toBe('Ours to keep.\n');
    const pushes = gitward.git.requests.filter(
      ({ method, path }) => method === 'POST' && path.includes('receive-pack'),
    );
    expect(pushes).toHaveLength(1);
  });

  it('is reported as a refused credential, and ends by itself after the credential is rotated', async () => {
    const credential = gitward.git.credential;
    gitward.git.credential = { username: 'gitward', password: 'rotated-secret' };
    await gitward.send([gitward.platform.change(orders)]);
    await gitward.until(({ outage }) => outage?.reason.code === 'credential_refused');
    const { items } = await gitward.call<{ items: { id: string }[] }>('GET', '/v1/credentials');
    await gitward.call('PUT', `/v1/credentials/${items[0]?.id}/secret`, {
      token: 'rotated-secret',
    });
    await gitward.until(settled);
    expect(gitward.output).not.toContain(credential?.password);
    expect(gitward.output).not.toContain('rotated-secret');
  });
});

describe('a worker that is killed', () => {
  it('between commit and push leaves exactly one commit', async () => {
    const before = (await gitward.repository.log()).length;
    const killed = gitward.killWorkerAt('beforePush');
    await gitward.send([gitward.platform.change(orders)]);
    await killed;
    await gitward.startWorker();
    await gitward.until(settled, 90_000);
    expect(await gitward.repository.log()).toHaveLength(before + 1);
  });

  it('between push and bookkeeping leaves exactly one commit', async () => {
    const before = (await gitward.repository.log()).length;
    const killed = gitward.killWorkerAt('afterPush');
    await gitward.send([gitward.platform.change(orders)]);
    await killed;
    expect(await gitward.repository.log()).toHaveLength(before + 1);
    await gitward.startWorker();
    const { lastCommit } = await gitward.until(settled, 90_000);
    expect(await gitward.repository.log()).toHaveLength(before + 1);
    expect(lastCommit?.sha).toBe(await gitward.repository.tip());

    await gitward.send([gitward.platform.change(customers)]);
    await gitward.until(settled);
    expect(await gitward.repository.log()).toHaveLength(before + 2);
  });
});

describe('a database that has lost its records of deliveries', () => {
  it('is restored from the tip, without a new commit', async () => {
    await gitward.send([gitward.platform.change(orders)]);
    await gitward.until(settled);
    const log = await gitward.repository.log();
    const { db } = gitward.database;
    const through = Number(/Gitward-Through: (\d+)/.exec(log[0]?.message ?? '')?.[1]);
    await db.deleteFrom('changeEvents').execute();
    await db.deleteFrom('batchFiles').execute();
    await db.deleteFrom('batches').execute();
    await db.deleteFrom('renderedFiles').execute();
    await db
      .updateTable('mirrors')
      .set({
        deliveredSha: null,
        deliveredAt: null,
        initializedAt: null,
        lastSequence: 0,
        rungAt: null,
      })
      .execute();
    await gitward.call('POST', `${gitward.mirrorPath}/actions/retry`);
    const { lastCommit } = await gitward.until(settled);
    expect(await gitward.repository.log()).toHaveLength(log.length);
    expect(lastCommit?.sha).toBe(log[0]?.sha);

    await gitward.send([gitward.platform.change(orders)]);
    await gitward.until(settled);
    expect(await gitward.repository.log()).toHaveLength(log.length + 1);
    const { sequence } = await db
      .selectFrom('changeEvents')
      .select('sequence')
      .executeTakeFirstOrThrow();
    expect(sequence).toBe(through + 1);
  });
});

describe('a branch that was changed by others', () => {
  it('is held if it was rewritten, and continues after an approval', async () => {
    await gitward.repository.commit({ files: { 'README.md': 'Anew.\n' }, orphan: true });
    await gitward.send([gitward.platform.change(orders)]);
    await gitward.until('held');
    expect((await gitward.status()).outage?.reason.code).toBe('history_lost');
    await gitward.call('POST', `${gitward.mirrorPath}/actions/approve`);
    await gitward.until(settled);
    expect(await gitward.repository.read('README.md')).toBe('Anew.\n');
    expect(await gitward.repository.tree()).not.toHaveLength(1);
  });
});
