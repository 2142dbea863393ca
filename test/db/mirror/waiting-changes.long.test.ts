import { randomBytes, randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import {
  insertBatch,
  markBatchDelivered,
  supersedeWaitingBatches,
} from '../../../db/streams/batches.ts';
import { createSealer } from '../../../db/sealing.ts';
import {
  assignToBatch,
  hasWaitingChanges,
  countWaiting,
  markAlreadyDelivered,
  listUndeliveredChanges,
  listWaitingChanges,
} from '../../../db/mirror/waiting-changes.ts';
import { testDatabase } from '../../support/postgres.ts';

const { db } = await testDatabase();
const sealer = createSealer(randomBytes(32));
const key = { projectId: '1', branchId: '1' };
const stream = 'mirror/1/1';
/** More than a statement takes parameters. */
const many = 70_000;

async function makeBatch(): Promise<string> {
  const id = randomUUID();
  await db.transaction().execute((trx) =>
    insertBatch(trx, sealer, {
      id,
      stream,
      windowKey: id,
      reason: 'changes',
      through: 1,
      message: { author: { name: 'A', email: 'a@b' }, coAuthors: [], subject: 's', body: '' },
      authoredAt: new Date(),
      windowOpenedAt: null,
      windowClosedAt: new Date().toISOString(),
      files: [],
    }),
  );
  return id;
}

test('a mirror that was paused for months takes all waiting changes, however many', async () => {
  await db.insertInto('projects').values({ id: '1', name: 'P', sourceKind: 'sample' }).execute();
  await sql`
    INSERT INTO mirrors (project_id, branch_id, repository_url, repository_branch, subdirectory, policy)
    VALUES ('1', '1', 'https://git.example/x.git', 'main', '', '{}')`.execute(db);
  await sql`
    INSERT INTO change_events (project_id, branch_id, sequence, type, version_identifier, occurred_at, body)
    SELECT '1', '1', n, 'job_finished', n::text, now(), '' FROM generate_series(1, ${many}::int) n`.execute(
    db,
  );
  const waiting = await listWaitingChanges(db, key);
  expect(waiting).toHaveLength(many);
  const sequences = waiting.map(({ sequence }) => sequence);

  const first = await makeBatch();
  await db.transaction().execute((trx) => assignToBatch(trx, key, sequences, first));
  expect(await hasWaitingChanges(db, key)).toBe(false);
  expect(await listWaitingChanges(db, key)).toEqual([]);
  expect(await listUndeliveredChanges(db, key)).toHaveLength(many);
  expect(await listUndeliveredChanges(db, key, new Set([first]))).toEqual([]);

  await db.transaction().execute((trx) => supersedeWaitingBatches(trx, stream));
  expect(await hasWaitingChanges(db, key)).toBe(true);

  const second = await makeBatch();
  await db.transaction().execute(async (trx) => {
    await assignToBatch(trx, key, sequences.slice(0, 10), second);
    await markBatchDelivered(trx, stream, { batchId: second, sha: null, at: new Date() });
    const rest = sequences.slice(10);
    await markAlreadyDelivered(trx, key, rest, { sha: null, at: new Date() });
  });
  expect((await countWaiting(db, key)).undeliveredChanges).toBe(0);
});
