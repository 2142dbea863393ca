import { sql } from 'kysely';
import { beforeEach, describe, expect, it } from 'vitest';
import { removeOld } from '../../../db/housekeeping/remove-old.ts';
import type { Db } from '../../../db/connect.ts';
import type { Cursor, RemovedKind } from '../../../model/housekeeping/run.ts';
import { day } from '../../../model/housekeeping/retention.ts';
import { testDatabase } from '../../support/postgres.ts';
import { count, insertMirrors, insertYearOfChanges } from './a-year.ts';

const { db } = await testDatabase();
const before = new Date(Date.now() - 90 * day);

beforeEach(async () => {
  await sql`TRUNCATE projects CASCADE`.execute(db);
  await sql`TRUNCATE batches CASCADE`.execute(db);
  await insertMirrors(db, 3);
  await insertYearOfChanges(db, { every: 24, changes: 4 });
});

/** Removes portions of a kind until nothing is left; returns how many rows went. */
async function removeAll(kind: RemovedKind, limit: number, from: Db = db): Promise<number> {
  let removed = 0;
  let cursor: Cursor | null = null;
  do {
    const portion = await removeOld(from, kind, { before, limit, cursor });
    removed += portion.removed;
    ({ cursor } = portion);
  } while (cursor !== null);
  return removed;
}

const old = `delivered_at < now() - interval '90 days'`;

describe('changes and batches of a year', () => {
  it('go when they were delivered more than 90 days ago, the newest batch of a mirror excepted', async () => {
    expect(await count(db, 'change_events')).toBe(3 * 365 * 4);
    const removed = [await removeAll('changes', 100), await removeAll('mirror_batches', 100)];
    expect(removed).toEqual([3 * 275 * 4, 3 * 275]);
    expect(await count(db, 'change_events')).toBe(3 * 90 * 4);
    expect(await count(db, 'batches')).toBe(3 * 90);
    expect(await count(db, 'batches', old)).toBe(0);

    // A mirror that has been quiet for years still says when it last delivered, and counts on from there.
    await sql`UPDATE batches SET delivered_at = delivered_at - interval '9 years'`.execute(db);
    await sql`UPDATE change_events SET delivered_at = delivered_at - interval '9 years'`.execute(
      db,
    );
    await removeAll('changes', 1_000);
    await removeAll('mirror_batches', 1_000);
    const { rows } = await sql`SELECT stream, ordinal FROM batches ORDER BY 1`.execute(db);
    expect(rows).toEqual(
      ['1', '2', '3'].map((branch) => ({ stream: `mirror/p/${branch}`, ordinal: 364 })),
    );
  });

  it('stay while they wait, however old they are', async () => {
    await sql`UPDATE change_events SET delivered_at = NULL, commit_sha = NULL WHERE sequence % 4 = 1`.execute(
      db,
    );
    await sql`UPDATE batches SET state = 'waiting', delivered_at = NULL, commit_sha = NULL WHERE ordinal % 5 = 0`.execute(
      db,
    );
    await sql`UPDATE batches SET state = 'superseded', delivered_at = NULL, commit_sha = NULL WHERE ordinal % 5 = 1`.execute(
      db,
    );
    const waiting = await count(db, 'change_events', 'delivered_at IS NULL');
    const waitingBatches = await count(db, 'batches', `state = 'waiting'`);
    await removeAll('changes', 70);
    await removeAll('mirror_batches', 70);
    expect(await count(db, 'change_events', 'delivered_at IS NULL')).toBe(waiting);
    expect(await count(db, 'batches', `state = 'waiting'`)).toBe(waitingBatches);
    // Each of the others has a change that waits.
    expect(await count(db, 'change_events', 'batch_id IS NULL')).toBe(0);
    expect(await count(db, 'batches', old)).toBe(3 * 165);
    await sql`UPDATE change_events SET batch_id = NULL`.execute(db);
    await removeAll('mirror_batches', 70);
    expect(await count(db, 'batches', old)).toBe(0);
    expect(
      await count(
        db,
        'batches',
        `state = 'superseded' AND window_closed_at < now() - interval '90 days'`,
      ),
    ).toBe(0);
  });

  it('go once, whoever removes them at the same time', async () => {
    const removed = await Promise.all([
      removeAll('changes', 30),
      removeAll('changes', 50),
      removeAll('changes', 110),
    ]);
    // Each leaves alone what another has locked, so that the last one may be over before the others have removed theirs.
    const total = removed.reduce((sum, one) => sum + one, 0);
    expect(total).toBe(3 * 365 * 4 - (await count(db, 'change_events')));
    await removeAll('changes', 1_000);
    expect(await count(db, 'change_events')).toBe(3 * 90 * 4);
  });

  it('wait for nobody who has locked some of them, and keep nobody waiting who writes', async () => {
    await db.transaction().execute(async (trx) => {
      await sql`SELECT FROM change_events WHERE branch_id = '2' AND ${sql.raw(old)} FOR UPDATE`.execute(
        trx,
      );
      expect(await removeAll('changes', 500)).toBe(2 * 275 * 4);
    });
    expect(await removeAll('changes', 500)).toBe(275 * 4);

    await db.transaction().execute(async (trx) => {
      await removeOld(db, 'mirror_batches', { before, limit: 100, cursor: null });
      // What others write meanwhile.
      await sql`UPDATE mirrors SET last_sequence = last_sequence + 1`.execute(trx);
      await sql`
        INSERT INTO change_events (project_id, branch_id, sequence, type, component_id, version_identifier, incarnation,
          occurred_at, body)
        VALUES ('p', '1', 99999, 'config_changed', 'c', 'new', '', now(), '\\x00')`.execute(trx);
    });
  });

  it('are as before if the portion fails', async () => {
    const all = await count(db, 'change_events');
    await sql`
      CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF OLD.sequence % 4 = 2 THEN RAISE 'not this one'; END IF; RETURN OLD; END $$`.execute(db);
    await sql`CREATE TRIGGER refuse BEFORE DELETE ON change_events FOR EACH ROW EXECUTE FUNCTION refuse()`.execute(
      db,
    );
    try {
      await expect(removeAll('changes', 500)).rejects.toThrow('not this one');
      expect(await count(db, 'change_events')).toBe(all);
    } finally {
      await sql`DROP FUNCTION refuse() CASCADE`.execute(db);
    }
  });
});
