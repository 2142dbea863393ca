import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { removeOldRows } from '../../activities/housekeeping/remove-old-rows.ts';
import type { Db } from '../../db/connect.ts';
import { acceptChanges } from '../../db/mirror/change-events.ts';
import { createSealer } from '../../db/sealing.ts';
import { defaultRetention } from '../../model/housekeeping/retention.ts';
import type { Cursor, RemovedKind } from '../../model/housekeeping/run.ts';
import { insertManyMirrors } from '../../test/support/telemetry/many-mirrors.ts';
import { Place } from '../measuring/place.ts';
import { startDatabase } from '../measuring/servers.ts';
import { figure, median, timed, timedRounds } from '../measuring/statistics.ts';
import { defineBench } from '../shape/bench.ts';
import { numberOption } from '../shape/option.ts';

/** The size of a stored event, about as large as those of a real project. */
const body = 600;

const tables = ['change_events', 'batches'] as const;
const kinds: RemovedKind[] = ['changes', 'mirror_batches'];

/** What removing what is old costs, and what it is good for. */
export const housekeeping = defineBench({
  name: 'housekeeping',
  measures:
    'The size of tables before and after a year of changes was cleaned up to the last 90 days, and how long writers take meanwhile.',
  options: {
    mirrors: numberOption('mirrors', { default: 200, quick: 20 }),
    batches: numberOption('batches of a mirror in a year', { default: 1_150, quick: 115 }),
    changes: numberOption('changes of a batch', { default: 10, quick: 10 }),
    rounds: numberOption('writes without housekeeping', { default: 500, quick: 100 }),
  },
  async *measure({ mirrors, batches, changes, rounds }) {
    const place = await Place.make();
    try {
      const { db, postgres } = await startDatabase(place);
      await insertManyMirrors(db, { mirrors, batches, days: 365, changes, body });
      // Above all numbers of what was inserted.
      await sql`UPDATE mirrors SET last_sequence = 100000000`.execute(db);
      yield* sizes(db, 'after a year');

      const write = writer(db, mirrors);
      const alone = await timedRounds(rounds, write);
      const removing = removeAll(postgres.connect());
      const meanwhile: number[] = [];
      for (let round = 0; removing.isRunning(); round += 1)
        meanwhile.push(await timed(() => write(rounds + round)));
      const { removed, took } = await removing.ended;
      const group = 'Accepting a change';
      yield figure('without housekeeping', 'ms', alone, { group });
      yield figure('during housekeeping', 'ms', meanwhile, {
        ...{ group, floor: { name: 'without it', value: median(alone) } },
      });
      yield figure('rows removed', 'count', [removed], { group: 'Cleaning up' });
      yield figure('time for that', 'ms', [took], { group: 'Cleaning up' });

      yield* sizes(db, 'after cleaning up');
      await vacuum(db);
      await insertAsManyAgain(db);
      yield* sizes(db, 'after 90 more days');
      for (const table of tables) await sql`VACUUM (FULL, ANALYZE) ${sql.table(table)}`.execute(db);
      yield* sizes(db, 'the same after VACUUM FULL');
    } finally {
      await place.end();
    }
  },
});

async function* sizes(db: Db, when: string) {
  for (const table of tables) {
    const { rows } = await sql<{ size: number; rows: number }>`
      SELECT pg_total_relation_size(${table}) AS size, (SELECT count(*) FROM ${sql.table(table)}) AS rows`.execute(
      db,
    );
    const [{ size, rows: count } = { size: 0, rows: 0 }] = rows;
    yield figure(when, 'bytes', [size], {
      ...{ group: `Size of ${table} with its indexes`, note: `${count.toLocaleString('en')} rows` },
    });
  }
}

/** Accepts one change for a mirror, as the API does. */
function writer(db: Db, mirrors: number): (round: number) => Promise<unknown> {
  const sealer = createSealer(randomBytes(32));
  return (round) => {
    const number = 1 + (round % mirrors);
    const mirror = { projectId: `p${number}`, branchId: `b${number}` };
    return acceptChanges(db, sealer, mirror, [
      {
        change: {
          ...{ type: 'config_changed', ...mirror, componentId: 'c', configId: 'k' },
          ...{ versionIdentifier: `new-${round}`, version: null, author: null, description: null },
          occurredAt: new Date().toISOString(),
        },
        incarnation: '',
        body: randomBytes(body),
      },
    ]);
  };
}

/** Removes all that is old, as housekeeping does. */
function removeAll(db: Db) {
  let isRunning = true;
  const { signal } = new AbortController();
  const deps = { db, retention: defaultRetention };
  async function run() {
    let removed = 0;
    const took = await timed(async () => {
      for (const kind of kinds) {
        let cursor: Cursor | null = null;
        do {
          const done = await removeOldRows(
            deps,
            { kind, cursor },
            { signal, step: () => undefined },
          );
          removed += done.removed;
          ({ cursor } = done);
        } while (cursor !== null);
      }
    });
    return { removed, took };
  }
  const ended = run().finally(() => (isRunning = false));
  return { ended, isRunning: () => isRunning };
}

/** As autovacuum does in time. */
async function vacuum(db: Db): Promise<void> {
  for (const table of tables) await sql`VACUUM (ANALYZE) ${sql.table(table)}`.execute(db);
}

/** What is left is of 90 days: as many changes and batches once more. */
async function insertAsManyAgain(db: Db): Promise<void> {
  await sql`
    INSERT INTO batches (id, stream, ordinal, window_key, reason, through, message, authored_at, window_closed_at,
      state, commit_sha, delivered_at, event_type)
    SELECT gen_random_uuid(), stream, ordinal + 1000000, window_key || ' again', reason, through, message, authored_at,
      window_closed_at, state, commit_sha, delivered_at, event_type
    FROM batches WHERE state = 'delivered'`.execute(db);
  await sql`
    INSERT INTO change_events (project_id, branch_id, sequence, type, component_id, version_identifier, occurred_at,
      received_at, body, batch_id, commit_sha, delivered_at)
    SELECT c.project_id, c.branch_id, c.sequence + 10000000, c.type, c.component_id, c.version_identifier || ' again',
      c.occurred_at, c.received_at, c.body, b.id, c.commit_sha, c.delivered_at
    FROM change_events c JOIN batches o ON o.id = c.batch_id
    JOIN batches b ON b.stream = o.stream AND b.ordinal = o.ordinal + 1000000`.execute(db);
}
