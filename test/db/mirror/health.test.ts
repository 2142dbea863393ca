import { randomBytes, randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { readBacklogs, readHealth } from '../../../db/mirror/health.ts';
import { listTrends } from '../../../db/overview/trends.ts';
import { createSealer } from '../../../db/sealing.ts';
import { insertBatch, markBatchDelivered } from '../../../db/streams/batches.ts';
import { recordFailure } from '../../../db/streams/outages.ts';
import { testDatabase } from '../../support/postgres.ts';

const { db } = await testDatabase();
const sealer = createSealer(randomBytes(32));

/** Spans of an hour each, from noon on. */
const spans = [12, 13, 14, 15].map((hour) => ({ from: at(hour), to: at(hour + 1) }));

/** A time of the day before yesterday, because what is older than 35 days is forgotten. */
function at(hour: number, minute = 0, second = 0): Date {
  const today = new Date().setUTCHours(0, 0, 0, 0);
  return new Date(today - 48 * 3_600_000 + ((hour * 60 + minute) * 60 + second) * 1_000);
}

/** Another mirror each time. */
async function mirror(projectId: string) {
  await db
    .insertInto('projects')
    .values({ id: projectId, name: 'P', sourceKind: 'sample' })
    .execute();
  await sql`
    INSERT INTO mirrors (project_id, branch_id, repository_url, repository_branch, subdirectory, policy)
    VALUES (${projectId}, '1', ${`https://git.example/${projectId}.git`}, 'main', '', '{}')`.execute(
    db,
  );
  return { projectId, branchId: '1' };
}

let sequence = 0;

async function change(
  projectId: string,
  receivedAt: Date,
  deliveredAt: Date | null,
  occurredAt = receivedAt,
): Promise<void> {
  sequence += 1;
  await db
    .insertInto('changeEvents')
    .values({
      ...{ projectId, branchId: '1', sequence, type: 'job_finished' },
      ...{
        componentId: '',
        incarnation: '',
        versionIdentifier: String(sequence),
        occurredAt,
      },
      ...{ receivedAt, deliveredAt, body: Buffer.of() },
    })
    .execute();
}

async function delivered(projectId: string, sha: string | null, time: Date, redactions = 0) {
  const batchId = randomUUID();
  const stream = `mirror/${projectId}/1`;
  const author = { name: 'A', email: 'a@b' };
  await db.transaction().execute(async (trx) => {
    await insertBatch(trx, sealer, {
      ...{ id: batchId, stream, windowKey: batchId, reason: 'changes', through: 1, files: [] },
      ...{ message: { author, coAuthors: [], subject: 's', body: '' }, authoredAt: time },
      ...{ windowOpenedAt: null, windowClosedAt: time.toISOString(), redactions },
    });
    await markBatchDelivered(trx, stream, { batchId, sha, at: time });
    // As the repeated attempt of somebody who did not hear that it was done.
    await markBatchDelivered(trx, stream, { batchId, sha, at: at(15, 59) });
  });
}

const fails = (projectId: string, time: Date, lane: 'source' | 'repository' = 'source') =>
  recordFailure(db, {
    ...{ stream: `mirror/${projectId}/1`, lane, code: 'repository_unreachable', message: 'Away.' },
    ...{ attemptStartedAt: time.toISOString(), nextAttemptAt: new Date().toISOString() },
  });

const nothing = { changes: 0, p50: null, p95: null, commits: 0, redactions: 0, failedAttempts: 0 };

test('a mirror without any history is told about with zeros', async () => {
  const key = await mirror('new');
  expect(await readHealth(db, key, spans)).toEqual(spans.map(() => nothing));
  expect(await readBacklogs(db, key, spans)).toEqual([0, 0, 0, 0]);
  expect(await readHealth(db, key, [])).toEqual([]);
});

test('latencies are those that occurred: half within the first, 95 of 100 within the second', async () => {
  const key = await mirror('latency');
  // From 1 to 100 s, in no order.
  for (const n of Array.from({ length: 100 }, (_, one) => ((one * 37) % 100) + 1))
    await change('latency', new Date(at(13, 30).getTime() - n * 1_000), at(13, 30));
  await change('latency', at(14), at(14, 0, 7));
  // A clock that is behind.
  await change('latency', at(15, 0, 2), at(15, 0, 1));
  const health = await readHealth(db, key, [...spans, { from: at(12), to: at(16) }]);
  expect(health.map(({ changes, p50, p95 }) => [changes, p50, p95])).toEqual([
    [0, null, null],
    [100, 50_000, 95_000],
    [1, 7_000, 7_000],
    [1, 0, 0],
    [102, 49_000, 95_000],
  ]);
});

test('latency counts from the change itself, however late it was reported', async () => {
  const key = await mirror('late');
  await change('late', at(13, 0, 30), at(13, 0, 40), at(13));
  // As of an event that was published again after months.
  await change('late', at(14), at(14, 0, 1), new Date(Date.UTC(2020, 0)));
  const health = await readHealth(db, key, spans);
  expect(health.map(({ p50 }) => p50)).toEqual([null, 40_000, 2_147_483_647, null]);
});

test('a span begins at its first moment and ends before its last', async () => {
  const key = await mirror('edges');
  const justBefore = (hour: number) => new Date(at(hour).getTime() - 1);
  for (const time of [justBefore(12), at(12), justBefore(13), at(13), justBefore(16), at(16)])
    await change('edges', time, time);
  expect((await readHealth(db, key, spans)).map(({ changes }) => changes)).toEqual([2, 1, 0, 1]);
});

test('commits and what they left out are counted once, and other mirrors not at all', async () => {
  const key = await mirror('commits');
  await mirror('other');
  await delivered('commits', 'a', at(12, 10), 2);
  await delivered('commits', 'b', at(12, 20), 1);
  // Changed nothing, so it is in the commit before it, or in none.
  await delivered('commits', 'b', at(12, 20));
  await delivered('commits', null, at(13));
  await delivered('other', 'c', at(12, 10), 5);
  const [noon, one] = await readHealth(db, key, spans);
  expect(noon).toEqual({ ...nothing, commits: 2, redactions: 3 });
  expect(one).toEqual(nothing);
});

test('an attempt that failed counts once, however often that is told, and for 35 days', async () => {
  const key = await mirror('fails');
  for (const time of [at(13), at(13), at(13, 5), at(14)]) await fails('fails', time);
  await fails('fails', at(13), 'repository');
  await mirror('failing');
  await fails('failing', at(13));
  expect((await readHealth(db, key, spans)).map(({ failedAttempts }) => failedAttempts)).toEqual([
    0, 3, 1, 0,
  ]);
  const kept = async () => {
    const rows = await db
      .selectFrom('failedAttempts')
      .select('startedAt')
      .where('stream', '=', 'mirror/kept/1')
      .execute();
    return rows.length;
  };
  const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);
  await fails('kept', daysAgo(36));
  await fails('kept', daysAgo(34));
  await fails('kept', daysAgo(0));
  expect(await kept()).toBe(2);
});

test('a change waits at the end of each span from its reception until its delivery', async () => {
  const key = await mirror('waits');
  await change('waits', at(9), at(11));
  await change('waits', at(9), at(12));
  await change('waits', at(12, 10), at(12, 20));
  await change('waits', at(12, 10), at(13));
  await change('waits', at(12, 10), at(15, 30));
  await change('waits', at(13), at(14, 59));
  await change('waits', at(11), null);
  await change('waits', at(14, 30), null);
  // Received after the last end.
  await change('waits', at(16), null);
  expect(await readBacklogs(db, key, spans)).toEqual([3, 3, 3, 2]);
});

test('trends tell the hours in which something happened, of those that are asked for', async () => {
  await mirror('trend');
  await mirror('unseen');
  for (const project of ['trend', 'unseen']) {
    await delivered(project, `${project}-early`, new Date(at(12).getTime() - 1));
    await delivered(project, project, at(12));
    await delivered(project, project, at(12, 1));
    await fails(project, at(14, 59));
  }
  const wanted = { projects: ['trend', 'new'], spaces: [], from: at(12) };
  expect(await listTrends(db, wanted)).toEqual([
    { stream: 'mirror/trend/1', hour: 0, commits: 1, failedAttempts: 0 },
    { stream: 'mirror/trend/1', hour: 2, commits: 0, failedAttempts: 1 },
  ]);
  const all = await listTrends(db, { projects: null, spaces: null, from: at(12) });
  expect(new Set(all.map(({ stream }) => stream))).toContain('mirror/unseen/1');
  await db
    .updateTable('mirrors')
    .set({ endedAt: new Date(), endedBecause: 'disabled' })
    .where('projectId', '=', 'trend')
    .execute();
  expect(await listTrends(db, wanted)).toEqual([]);
});
