import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { removeOld } from '../../../db/housekeeping/remove-old.ts';
import { removedKinds, type Cursor, type RemovedKind } from '../../../model/housekeeping/run.ts';
import { day } from '../../../model/housekeeping/retention.ts';
import { testDatabase } from '../../support/postgres.ts';
import { insertMirrors, insertSpace } from './a-year.ts';

const { db } = await testDatabase();
await insertMirrors(db, 1);
await insertSpace(db);
const before = new Date(Date.now() - 90 * day);

/** An id that says what the row is. */
const id = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
const old = `now() - interval '100 days'`;
const young = `now() - interval '80 days'`;

/** Removes all that is old of these kinds, in portions of two rows. */
async function remove(...kinds: RemovedKind[]): Promise<void> {
  for (const kind of kinds) {
    let cursor: Cursor | null = null;
    do ({ cursor } = await removeOld(db, kind, { before, limit: 2, cursor }));
    while (cursor !== null);
  }
}

async function run(...statements: string[]): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

/** What is left of a table, by a column. */
async function left(table: string, column = 'id'): Promise<unknown[]> {
  const { rows } = await sql<{ name: string }>`
    SELECT ${sql.ref(column)}::text AS name FROM ${sql.table(table)} ORDER BY 1`.execute(db);
  return rows.map(({ name }) => name);
}

it('saves, conflicts, reviews and batches of a space: what is settled goes, what waits for somebody stays', async () => {
  const conflict = (number: number, at: string, settled: string | null) =>
    `INSERT INTO conflicts (id, space_id, entry_id, kind, path, mine_authors, mine_at, created_at, settled)
     VALUES ('${id(number)}', 's', 'e', 'k', 'p', '[]', ${at}, ${at},
       ${settled === null ? 'NULL' : `jsonb_build_object('at', ${settled})`})`;
  const review = (number: number, ended: string | null) =>
    `INSERT INTO reviews (id, space_id, number, title, description, author, authors, needs, kinds, branch, created_at, ended_at, state)
     VALUES ('${id(number)}', 's', ${number}, 't', '', '{}', '[]', '[]', '{}', 'b', ${old}, ${ended ?? 'NULL'}, '${ended === null ? 'open' : 'merged'}')`;
  const batch = (number: number, at: string) =>
    `INSERT INTO batches (id, stream, ordinal, window_key, reason, through, message, authored_at, window_closed_at, state, delivered_at)
     VALUES ('${id(number)}', 'space/s', ${number}, '${number}', 'saves', 0, '{}', ${at}, ${at}, 'delivered', ${at})`;
  let sequence = 0;
  const save = (at: string, columns: Record<string, string>) => {
    sequence += 1;
    const all: Record<string, string> = { delivered_at: at, ...columns };
    return `INSERT INTO saves (id, space_id, sequence, entry_id, kind, path, action, person, via, created_at, ${Object.keys(all).join()})
      VALUES ('${id(sequence)}', 's', ${sequence}, 'e', 'k', 'p', 'edit', '{}', 'api', ${at}, ${Object.values(all).join()})`;
  };
  await run(
    conflict(10, old, old),
    conflict(11, old, null),
    conflict(12, old, young),
    conflict(13, old, old),
    review(20, old),
    review(21, null),
    review(22, old),
    ...[30, 31, 32].map((number) => batch(number, old)),
    batch(33, young),
    save(old, { state: `'delivered'`, batch_id: `'${id(30)}'` }), // 1
    save(old, { state: `'waiting'`, batch_id: `'${id(31)}'` }), // 2
    save(old, { state: `'conflict'`, conflict_id: `'${id(10)}'` }), // 3
    save(old, { state: `'conflict'`, conflict_id: `'${id(11)}'` }), // 4
    save(old, { state: `'lost'`, conflict_id: `'${id(12)}'` }), // 5
    save(old, { state: `'in_review'`, review_id: `'${id(20)}'` }), // 6
    save(old, { state: `'in_review'`, review_id: `'${id(21)}'` }), // 7
    save(old, { state: `'unneeded'` }), // 8
    save(old, { state: `'delivered'`, delivered_at: young }), // 9
    save(young, {
      state: `'delivered'`,
      conflict_id: `'${id(13)}'`,
      review_id: `'${id(22)}'`,
      batch_id: `'${id(32)}'`,
    }), // 10
  );
  await remove('saves', 'conflicts', 'reviews', 'space_batches');
  expect(await left('saves')).toEqual([2, 4, 5, 7, 9, 10].map(id));
  expect(await left('conflicts')).toEqual([11, 12, 13].map(id));
  expect(await left('reviews')).toEqual([21, 22].map(id));
  expect(await left('batches')).toEqual([31, 32, 33].map(id));
});

it('operations go with their items, except runs of checks, and those that a save comes from', async () => {
  const operation = (number: number, type: string, ended: string | null) => [
    `INSERT INTO operations (id, space_id, type, dry_run, settings, person, state, total, done, counts, created_at, ended_at)
     VALUES ('${id(number)}', 's', '${type}', false, '{}', '{}', '${ended === null ? 'running' : 'done'}', 5, 5, '{}', ${old}, ${ended ?? 'NULL'})`,
    `INSERT INTO operation_items (operation_id, ordinal, name) SELECT '${id(number)}', n, n FROM generate_series(1, 5) n`,
  ];
  const check = (number: number, prompt: string, at: string) =>
    `INSERT INTO prompt_checks (id, space_id, prompt_id, version, blob_id, sources, model, origin, created_at)
     VALUES ('${id(number)}', 's', '${prompt}', 'v', 'b', '[]', 'm', 'o', ${at})`;
  await run(
    ...operation(40, 'import', old),
    ...operation(41, 'import', old),
    ...operation(42, 'import', young),
    ...operation(43, 'import', null),
    ...[50, 51, 52].flatMap((number) => operation(number, 'check', old)),
    check(50, 'one', `${old} - interval '1 hour'`),
    check(51, 'one', old),
    check(52, 'two', old),
    `UPDATE saves SET operation_id = '${id(41)}' WHERE sequence = 10`,
  );
  await remove('operation_items', 'operations', 'prompt_checks');
  expect(await left('operations')).toEqual([41, 42, 43, 51, 52].map(id));
  const items = [42, 43, 51, 52].flatMap((number) => Array.from({ length: 5 }, () => id(number)));
  expect(await left('operation_items', 'operation_id')).toEqual(items);
  expect(await left('prompt_checks')).toEqual([51, 52].map(id));
});

it('outages go with their notices once they are over and nothing is kept back because of them', async () => {
  const outage = (number: number, ended: string | null) =>
    `INSERT INTO outages (id, stream, lane, since, attempts, code, message, last_attempt_at, ended_at)
     VALUES ('${id(number)}', 'mirror/p/${number}', 'source', ${old}, 1, 'c', 'm', ${old}, ${ended ?? 'NULL'})`;
  const notice = (number: number, at: string, sent: string | null) =>
    `INSERT INTO notices (outage_id, kind, recipient, created_at, sent_at)
     VALUES ('${id(number)}', 'escalated', 'a@b.example', ${at}, ${sent ?? 'NULL'})`;
  await run(
    outage(60, old),
    notice(60, old, old),
    outage(61, null),
    notice(61, old, old),
    outage(62, old),
    notice(62, young, null),
    outage(63, old),
    `INSERT INTO refused_files (stream, path, blob_id, rule, refused_at, outage_id) VALUES ('mirror/p/63', 'f', 'b', 'r', ${old}, '${id(63)}')`,
    outage(64, old),
    notice(64, old, null),
    outage(65, young),
  );
  await remove('outages');
  expect(await left('outages')).toEqual([61, 62, 63, 65].map(id));
  expect(await left('notices', 'outage_id')).toEqual([61, 62].map(id));
});

it('logs, attempts, scores and what was over go by their age alone', async () => {
  for (const at of [old, old, old, young])
    await run(
      `INSERT INTO audit_log (at, actor, action, target, detail) VALUES (${at}, 'a', 'b', 'c', '{}')`,
      `INSERT INTO sync_logs (space_id, at, direction, outcome, message) VALUES ('s', ${at}, 'from_git', 'synced', 'm')`,
      `INSERT INTO webhook_deliveries (space_id, delivery_id, received_at) VALUES ('s', gen_random_uuid()::text, ${at})`,
      `INSERT INTO failed_attempts (stream, started_at, lane) VALUES (gen_random_uuid()::text, ${at}, 'repository')`,
      `INSERT INTO prompt_scores (space_id, prompt_id, id, name, value, blob_id, by_name, at, created_at)
       VALUES ('s', 'p', gen_random_uuid()::text, 'n', 1, 'b', 'x', ${at}, ${at})`,
      `INSERT INTO sign_in_attempts (state_hash, browser_hash, return_to, expires_at) VALUES (gen_random_uuid()::text, 'b', '/', ${at})`,
      `INSERT INTO stream_progress (stream, work, step, started_at, updated_at) VALUES (gen_random_uuid()::text, 'window', 's', ${at}, ${at})`,
      `INSERT INTO process_disks (process, host, directory, free, size, nearly_full, seen_at) VALUES (gen_random_uuid()::text, 'h', 'd', 1, 2, false, ${at})`,
    );
  const tables = ['audit_log', 'sync_logs', 'webhook_deliveries', 'failed_attempts', 'prompt_scores', 'sign_in_attempts', 'stream_progress', 'process_disks']; // prettier-ignore
  await remove(...removedKinds);
  for (const table of tables)
    expect({
      table,
      left: (await sql`SELECT FROM ${sql.table(table)}`.execute(db)).rows.length,
    }).toEqual({
      table,
      left: 1,
    });
});
