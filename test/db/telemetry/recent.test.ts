import { sql } from 'kysely';
import { beforeEach, expect, test } from 'vitest';
import { createToken } from '../../../db/access/tokens.ts';
import { readDays } from '../../../db/telemetry/days.ts';
import { readRecent } from '../../../db/telemetry/recent.ts';
import { lastDays } from '../../../model/telemetry/recent-figures.ts';
import { testDatabase } from '../../support/postgres.ts';
import { inserting } from '../../support/telemetry/inserting.ts';

const { db } = await testDatabase();
const { project, mirror, batch, change, outage, failed } = inserting(db);

beforeEach(async () => {
  await sql`TRUNCATE projects, mirrors, batches, change_events, outages, failed_attempts, notices, spaces, tokens,
    audit_log CASCADE`.execute(db);
});

async function space(id: string) {
  await sql`
    INSERT INTO spaces (id, name, repository_url, repository_branch, root, rules)
    VALUES (${id}, ${id}, ${`https://git.example/${id}.git`}, 'main', '', '{}')`.execute(db);
}

test('latency counts from the change itself, over five minutes and over a day', async () => {
  await project('shop');
  await mirror('shop');
  for (const took of [10, 20, 30, 40]) await change('shop', 'main', { delivered: 60, took });
  for (const took of [100, 300]) await change('shop', 'main', { delivered: 1, took });
  await change('shop', 'main', { delivered: 25 * 60, took: 9_000 });
  // Two clocks.
  await change('shop', 'main', { delivered: 120, took: -5 });
  const { latency } = await readRecent(db);
  expect(latency).toEqual({
    fiveMinutes: { count: 2, p50: 100, p95: 300 },
    day: { count: 7, p50: 30, p95: 300 },
  });
});

test('deliveries count from the close of their windows; of spaces, saves count', async () => {
  for (const took of [1, 2, 9]) await batch('mirror/shop/main', { took });
  await batch('mirror/shop/main', { took: 99, hours: 25 });
  await space('notes');
  const of = await batch('space/notes', { took: 50 });
  for (const [at, seconds] of [2, 3, 4].entries())
    await sql`
      INSERT INTO saves (id, space_id, sequence, entry_id, kind, path, action, person, via, state, batch_id, created_at, delivered_at)
      VALUES (gen_random_uuid(), 'notes', ${at + 1}, 'e', 'note', 'e.md', 'edit', '{}', 'api', 'delivered', ${of},
        now() - make_interval(secs => ${60 + seconds}), now() - interval '60 s')`.execute(db);
  const { delivery, saves } = await readRecent(db);
  expect(delivery).toEqual({ count: 3, p50: 2, p95: 9 });
  expect(saves).toEqual({ count: 3, p50: 3, p95: 4 });
});

test('attempts, outages, rotations and agents of the right time are counted', async () => {
  await failed('mirror/a/1', 1);
  await failed('mirror/a/1', 25);
  await failed('mirror/a/1', 2, 'source');
  await outage('mirror/a/1', { began: 5, ended: 4 });
  await outage('mirror/a/1', { began: 30, ended: 25 });
  await outage('mirror/a/1', { began: 3, ended: 3 });
  await outage('mirror/a/1', { began: 1, lane: 'source' });
  for (const [action, days] of [
    ['credential.rotate', 29],
    ['credential.rotate', 31],
    ['credential.add', 1],
  ] as const)
    await sql`INSERT INTO audit_log (actor, action, target, detail, at)
      VALUES ('Ada', ${action}, 'credential/1', '{}', now() - make_interval(days => ${days}))`.execute(
      db,
    );
  const agent = async (name: string, expiresAt: Date | null = null) =>
    (
      await createToken(db, {
        ...{ kind: 'machine', name, email: null, role: 'agent', projects: null, spaces: null },
        expiresAt,
      })
    ).row.id;
  await agent('unused');
  await agent('expired', new Date(Date.now() - 1_000));
  const used = await agent('used');
  const idle = await agent('idle');
  await sql`UPDATE tokens SET last_used_at = now() WHERE id = ${used}`.execute(db);
  await sql`UPDATE tokens SET last_used_at = now() - interval '8 days' WHERE id = ${idle}`.execute(
    db,
  );
  expect(await readRecent(db)).toMatchObject({
    ...{ failedAttempts: 1, outagesEnded: 1, outagesOpen: 1, rotations: 1 },
    agentTokens: { active: 3, used: 1 },
  });
});

test('affected are those that fail or wait for long, the worst first, and not what somebody paused', async () => {
  for (const id of ['calm', 'waits', 'stale', 'fails', 'escalated', 'held', 'paused']) {
    await project(id);
    await mirror(id);
  }
  await sql`UPDATE mirrors SET paused_at = now() WHERE project_id = 'paused'`.execute(db);
  await change('calm', 'main', { minutes: 1 });
  await change('waits', 'main', { minutes: 6 });
  await change('stale', 'main', { minutes: 16 });
  await change('paused', 'main', { minutes: 90 });
  await outage('mirror/paused/main', { began: 9 });
  await outage('mirror/fails/main', { began: 1 });
  await outage('mirror/fails/main', { began: 0.5, lane: 'source' });
  await outage('mirror/calm/main', { began: 9, ended: 8 });
  await outage('mirror/escalated/main', { began: 4, escalated: true });
  await outage('mirror/held/main', { began: 0.1, code: 'history_lost' });
  await space('notes');
  await outage('space/notes', { began: 2 });
  const { affected } = await readRecent(db);
  expect(affected).toEqual({
    ...{ count: 6, stale: 1 },
    worst: [
      'mirror/held/main',
      'mirror/escalated/main',
      'space/notes',
      'mirror/fails/main',
      'mirror/stale/main',
      'mirror/waits/main',
    ],
  });
});

test('each of the last days has what was done on it, also if that is nothing', async () => {
  await project('shop');
  await mirror('shop');
  const now = new Date();
  const noon = new Date(Math.floor(now.getTime() / 86_400_000) * 86_400_000 - 86_400_000 / 2);
  const hours = (now.getTime() - noon.getTime()) / 3_600_000;
  await batch('mirror/shop/main', { hours, sha: 'a', redactions: 2 });
  await batch('mirror/shop/main', { hours, sha: 'a', redactions: 3 });
  await batch('space/notes', { hours });
  await batch('mirror/shop/main', { hours: hours + 24 * 29 });
  await failed('space/notes', hours);
  await failed('mirror/shop/main', hours, 'source');
  for (const took of [5, 50]) await change('shop', 'main', { delivered: hours * 60, took });
  const days = await readDays(db, lastDays(28, now));
  expect(days).toHaveLength(28);
  expect(days.map(({ from }) => from)).toEqual(lastDays(28, now));
  const nothing = {
    ...{ commits: 0, changes: 0, p50: null, p95: null, succeeded: 0, failed: 0, redactions: 0 },
  };
  expect(days.at(-2)).toEqual({
    from: new Date(noon.getTime() - 86_400_000 / 2),
    ...{ commits: 1, changes: 2, p50: 5, p95: 50, succeeded: 3, failed: 1, redactions: 5 },
  });
  for (const day of days.toSpliced(-2, 1)) expect(day).toEqual({ from: day.from, ...nothing });
});
