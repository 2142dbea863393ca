import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { catchUpWorkflowId } from '../../model/mirror/ids.ts';
import type { JobFinished } from '../../examples/storage-api/queue-api.ts';
import { TestGitward, type StatusView } from '../support/gitward.ts';

const day = 86_400_000;
const patience = { timeout: 30_000, interval: 250 };
const people = 'storage/lineage/in.c-crm.json';

let gitward: TestGitward;
/** Jobs that ran before the mirror was enabled. */
let before: { recent: JobFinished; old: JobFinished };

beforeAll(async () => {
  gitward = await TestGitward.start();
  gitward.platform.putTable('in.c-crm.people', { columns: ['id', 'city'] });
  before = {
    recent: gitward.platform.queue.run({ endsAt: new Date(Date.now() - 3 * day), status: 'error' }),
    old: gitward.platform.queue.run({ endsAt: new Date(Date.now() - 20 * day) }),
  };
  await gitward.enableMirror({ jobs: { retainDays: 30, backfillDays: 5 } });
  await gitward.until('synced');
});
afterAll(() => gitward.stop());

/** The path of a run's file. */
function pathOf({ runId, finishedAt }: JobFinished): string {
  return `jobs/${finishedAt.slice(0, 13).replace(/[-T]/g, '/')}/${runId}.json`;
}

/** The path of the summary of a run's day. */
function summaryOf({ finishedAt }: JobFinished): string {
  return `jobs/${finishedAt.slice(0, 10).replaceAll('-', '/')}/summary.json`;
}

async function paths(folder = 'jobs/'): Promise<string[]> {
  return Object.keys(await gitward.repository.blobIds())
    .filter((path) => path.startsWith(folder) && !path.endsWith('/.gitattributes'))
    .sort();
}

async function json(path: string): Promise<Record<string, unknown>> {
  return JSON.parse(await gitward.repository.read(path)) as Record<string, unknown>;
}

function settled(): Promise<StatusView> {
  return gitward.until(({ state, pendingChanges }) => state === 'synced' && pendingChanges === 0);
}

function catchUp(): Promise<void> {
  const id = catchUpWorkflowId(gitward.platform.projectId);
  return gitward.temporal.client.schedule.getHandle(id).trigger();
}

/** Changes the settings of job runs, and waits for the result. */
async function setJobs(jobs: Record<string, unknown>): Promise<void> {
  const { repository } = await gitward.call<{ repository: object }>('GET', gitward.mirrorPath);
  await gitward.call('PUT', gitward.mirrorPath, { repository, jobs });
  await gitward.until('synced');
}

describe('job runs', () => {
  it('are read back to the requested day when the mirror is enabled, with the summary of each past day', async () => {
    expect(await gitward.repository.log()).toHaveLength(1);
    expect(await paths()).toEqual([pathOf(before.recent), summaryOf(before.recent)].sort());
    expect(await json(summaryOf(before.recent))).toMatchObject({
      runs: 1,
      byStatus: { FAILED: 1 },
      failures: [{ runId: before.recent.runId, error: 'Component processing finished.' }],
    });
    const guide = await gitward.repository.read('ai/README.md');
    expect(guide).toContain('| `jobs/YYYY/MM/DD/HH/<run id>.json` |');
    expect(guide).toContain('for 30 days');
  });

  it('of one window make one commit, by the person whose token ran them', async () => {
    const endsAt = new Date();
    const token = { id: '1', description: 'jan@example.com' };
    const good = gitward.platform.queue.run({ endsAt, token });
    const bad = gitward.platform.queue.run({
      endsAt,
      token,
      status: 'error',
      result: { message: 'No such host: mysql.example.com', configVersion: '3' },
    });
    const commits = (await gitward.repository.log()).length;
    expect(await gitward.send([good, bad])).toMatchObject({ accepted: 2 });
    await settled();
    const log = await gitward.repository.log();
    expect(log).toHaveLength(commits + 1);
    expect(log[0]!.author).toMatchObject({ name: 'jan@example.com', email: 'jan@example.com' });
    expect(log[0]!.message).toContain('Gitward-Reason: changes');
    expect(await gitward.repository.changedPaths()).toEqual([pathOf(good), pathOf(bad)].sort());
    expect(await json(pathOf(bad))).toMatchObject({
      status: 'FAILED',
      componentId: 'keboola.ex-db-mysql',
      configurationId: '7',
      configurationVersion: 3,
      author: 'jan@example.com',
      durationSeconds: 60,
      error: { message: 'No such host: mysql.example.com' },
    });
    // Events about known runs are duplicates.
    expect(await gitward.send([good, bad])).toMatchObject({ accepted: 0, duplicates: 2 });
  });

  it('that no event reported are found by a catch-up', async () => {
    const untold = gitward.platform.queue.run();
    await catchUp();
    await vi.waitFor(async () => expect(await paths()).toContain(pathOf(untold)), patience);
    expect(await gitward.repository.changedPaths()).toEqual([pathOf(untold)]);
    expect((await gitward.repository.log())[0]!.message).toContain('Gitward-Reason: catch-up');
  });

  it('add the writer of a table to the lineage, in the same commit, if no configuration names that table', async () => {
    expect(await paths(people)).toEqual([]);
    const load = gitward.platform.queue.run({
      result: { output: { tables: [{ id: 'in.c-crm.people' }] } },
    });
    await gitward.send([load]);
    await settled();
    expect(await gitward.repository.changedPaths()).toEqual([
      'ai/catalog/keboola.ex-db-mysql.json',
      pathOf(load),
      people,
    ]);
    expect(await gitward.repository.read(people)).toMatch(
      /"tableId": "in\.c-crm\.people".*"knownBy": "job".*"configurationId": "7"/,
    );
    // A similar run only adds its own file.
    const again = gitward.platform.queue.run({
      result: { output: { tables: [{ id: 'in.c-crm.people' }] } },
    });
    await gitward.send([again]);
    await settled();
    expect(await gitward.repository.changedPaths()).toEqual([pathOf(again)]);
  });

  it('contain no plaintext secret, and the status says where one was', async () => {
    const leaky = gitward.platform.queue.run({
      configData: { parameters: { '#password': 'correct horse' } },
    });
    await gitward.send([leaky]);
    const { replacedSecrets } = await settled();
    expect(replacedSecrets).toMatchObject({ count: 1 });
    const text = await gitward.repository.read(pathOf(leaky));
    expect(text).not.toContain('correct horse');
    expect(text).toMatch(/"#password": "\[left out by Gitward/);
    expect((await gitward.repository.log())[0]!.message).toContain('1 value');
    expect(JSON.stringify(replacedSecrets)).toContain(pathOf(leaky));
  });

  it('are included in a verification', async () => {
    await gitward.call('POST', `${gitward.mirrorPath}/actions/verify`);
    await vi.waitFor(
      async () =>
        expect(await gitward.call('GET', `${gitward.mirrorPath}/verification`)).toMatchObject({
          outcome: 'identical',
        }),
      patience,
    );
  });

  it('are removed when they are too old, together with what only they knew about tables, in a commit that says so', async () => {
    const stays = await paths(summaryOf(before.recent));
    // Makes it look as if a month had passed: the records are older, and the platform has forgotten
    // its runs.
    const { db } = gitward.database;
    gitward.platform.queue.jobs.length = 0;
    await sql`UPDATE job_runs SET finished_at = finished_at - interval '40 days'`.execute(db);
    await sql`UPDATE job_tables SET last_finished_at = last_finished_at - interval '40 days'`.execute(
      db,
    );
    await catchUp();
    await vi.waitFor(async () => expect(await paths(people)).toEqual([]), patience);
    const [last] = await gitward.repository.log();
    expect(last!.message).toMatch(/^Remove job runs that are past their time\n/);
    expect(last!.message).toContain('Gitward-Reason: retention');
    expect((await paths()).filter((path) => !path.endsWith('summary.json'))).toEqual([]);
    expect(await paths()).toEqual(expect.arrayContaining(stays));
    await settled();
  });

  it('can be limited to failures, or to the last run of each configuration', async () => {
    const run = (status: string) => gitward.platform.queue.run({ status });
    const [first, failed, last] = [run('success'), run('error'), run('success')];
    await gitward.send([first, failed, last]);
    await settled();
    const files = async () => (await paths()).filter((path) => !path.endsWith('summary.json'));
    expect(await files()).toEqual([first, failed, last].map(pathOf).sort());

    await setJobs({ include: 'failures' });
    expect(await files()).toEqual([pathOf(failed)]);
    expect(await gitward.repository.read('ai/README.md')).toContain('did not end with `SUCCESS`');
    await setJobs({ include: 'latest' });
    expect(await files()).toEqual([pathOf(last)]);
    const newest = run('success');
    await gitward.send([newest]);
    await settled();
    expect(await files()).toEqual([pathOf(newest)]);
  });

  it('are removed in a commit when they are switched off, and the guide no longer mentions them', async () => {
    await setJobs({ enabled: false });
    expect(await paths()).toEqual([]);
    expect((await gitward.repository.log())[0]!.message).toContain('Gitward-Reason: policy');
    expect(await gitward.repository.read('ai/README.md')).not.toContain('jobs/YYYY');
    await gitward.send([gitward.platform.queue.run()]);
    await settled();
    expect(await paths()).toEqual([]);
  });
});
