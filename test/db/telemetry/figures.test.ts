import { sql } from 'kysely';
import { beforeEach, expect, test } from 'vitest';
import { readFigures } from '../../../db/telemetry/read-figures.ts';
import { defaultLabelLimits } from '../../../model/telemetry/label-limits.ts';
import { testDatabase } from '../../support/postgres.ts';
import { inserting } from '../../support/telemetry/inserting.ts';

const { db } = await testDatabase();
const { project, mirror, batch, change, outage } = inserting(db);

const figures = () => readFigures(db, defaultLabelLimits);

beforeEach(async () => {
  await sql`TRUNCATE projects, mirrors, batches, change_events, outages, failed_attempts, notices, visibilities,
    rendered_files, spaces CASCADE`.execute(db);
});

test('of an empty installation, nothing waits and nothing failed', async () => {
  expect(await figures()).toEqual({
    activity: { topProjects: [], topBranches: [], topHosts: [], activeProjects: 0, commits: [] },
    projects: { mirrored: [], plans: [], linkedBranches: [], publicWithoutSamples: 1 },
    deliveries: {
      success: [
        { window: '1h', rate: 1 },
        { window: '1d', rate: 1 },
      ],
      outagesEndedInTime: 1,
      escalationsOpen: 0,
      redactions: [],
    },
    waiting: {
      queues: ['mirrors', 'spaces', 'operations', 'checks', 'notices'].map((queue) => ({
        queue,
        depth: 0,
      })),
      oldest: [],
      conflictsOpen: 0,
      reviewsOpen: 0,
    },
    feeds: { new: 0, works: 0, limited: 0, refused: 0, missing: 0, failing: 0 },
    upkeep: { lastRun: null, sinceGoodRun: expect.any(Number), disks: [] },
  });
});

test('a week of commits is counted by kind, branch and host; a commit of several batches once', async () => {
  await project('shop');
  await project('bank');
  await mirror('shop');
  await mirror('bank');
  await batch('mirror/shop/main', { eventType: 'config_changed', sha: 'a' });
  await batch('mirror/shop/main', { eventType: 'config_changed', sha: 'a' });
  await batch('mirror/shop/main', { eventType: 'job_finished', hours: 6.9 * 24 });
  await batch('mirror/bank/main', { eventType: 'config_changed', hours: 7.1 * 24 });
  await batch('space/notes');
  const { activity } = await figures();
  const of = { branchId: 'main', repositoryHost: 'git.example:8443', commits: 1 };
  expect(activity.commits).toHaveLength(2);
  expect(activity.commits).toEqual(
    expect.arrayContaining([
      { eventType: 'config_changed', ...of },
      { eventType: 'job_finished', ...of },
    ]),
  );
  expect(activity.activeProjects).toBe(1);
  // Those with the most commits come first.
  expect(activity.topProjects).toEqual(['shop', 'bank']);
});

test('a project is mirrored while one of its mirrors is neither paused nor ended', async () => {
  await project('shop', { planTier: 'gold', region: 'eu' });
  await project('bank', { planTier: 'gold', region: 'us' });
  await project('none');
  await mirror('shop');
  await mirror('shop', 'dev-1');
  await mirror('shop', 'dev-2');
  await mirror('bank');
  await db
    .updateTable('mirrors')
    .set({ pausedAt: new Date() })
    .where('projectId', '=', 'bank')
    .execute();
  await db
    .updateTable('mirrors')
    .set({ endedAt: new Date(), endedBecause: 'disabled' })
    .where('branchId', '=', 'dev-2')
    .execute();
  const { projects } = await figures();
  const byId = projects.mirrored.map(({ projectId, planTier, ratio }) => [
    projectId,
    planTier,
    ratio,
  ]);
  expect(byId.sort()).toEqual([
    ['bank', 'gold', 0],
    ['none', 'none', 0],
    ['shop', 'gold', 1],
  ]);
  expect(projects.plans).toHaveLength(3);
  expect(projects.plans).toContainEqual({ planTier: 'gold', mirrored: true, projects: 1 });
  expect(
    projects.linkedBranches.map(({ region, branches }) => `${region} ${branches}`).sort(),
  ).toEqual(['eu 1', 'none 0', 'us 0']);
});

test('of the public repositories, those count whose tree has samples', async () => {
  await project('shop');
  for (const branch of ['main', 'dev', 'private', 'moved']) {
    await mirror('shop', branch);
    await sql`
      INSERT INTO visibilities (stream, repository_url, result, reason, checked_at)
      SELECT ${`mirror/shop/${branch}`}, ${branch === 'moved' ? sql`'https://elsewhere.example'` : sql`repository_url`},
        ${branch === 'private' ? 'private' : 'public'}, '', now() FROM mirrors WHERE branch_id = ${branch}`.execute(
      db,
    );
    await sql`
      INSERT INTO rendered_files (stream, path, blob_id, owner)
      VALUES (${`mirror/shop/${branch}`}, ${branch === 'main' ? 'storage/samples.md' : 'storage/samples/in/t.csv'}, 'b', 'o')`.execute(
      db,
    );
  }
  expect((await figures()).projects.publicWithoutSamples).toBe(0.5);
});

test('the success of deliveries counts batches and failed attempts of the hour and of the day', async () => {
  for (const hours of [0.5, 0.9, 0.9, 2, 25]) await batch('mirror/shop/main', { hours });
  const failed = (hours: number, lane: string) =>
    sql`INSERT INTO failed_attempts (stream, started_at, lane)
      VALUES ('space/notes', now() - make_interval(secs => ${hours * 3_600}), ${lane})`.execute(db);
  await failed(0.5, 'repository');
  await failed(0.5, 'source');
  await failed(3, 'repository');
  await failed(30, 'repository');
  expect((await figures()).deliveries.success).toEqual([
    { window: '1h', rate: 3 / 4 },
    { window: '1d', rate: 4 / 6 },
  ]);
});

test('an outage is in time if it ended within three hours, and not judged before', async () => {
  await outage('mirror/a/1', { began: 5, ended: 4 });
  await outage('mirror/a/1', { began: 4, ended: 1 });
  await outage('mirror/a/1', { began: 10, ended: 6.9 });
  await outage('mirror/b/1', { began: 2.9 });
  await outage('mirror/c/1', { began: 200, escalated: true });
  await outage('mirror/d/1', { began: 190, ended: 180 });
  await outage('mirror/e/1', { began: 5, lane: 'source', escalated: true });
  await outage('mirror/f/1', { began: 9, ended: 1, escalated: true, lane: 'source' });
  // Something that was only found, and lasted no time.
  await outage('mirror/g/1', { began: 5, ended: 5 });
  const { outagesEndedInTime, escalationsOpen } = (await figures()).deliveries;
  expect([outagesEndedInTime, escalationsOpen]).toEqual([2 / 4, 2]);
});

test('values that commits left out belong to the components of their changes, in equal parts', async () => {
  await project('shop');
  await mirror('shop');
  const stream = 'mirror/shop/main';
  const both = await batch(stream, { redactions: 24 });
  for (const componentId of ['ex', 'ex', 'wr'])
    await change('shop', 'main', { batchId: both, componentId, delivered: true });
  await batch(stream, { redactions: 48, hours: 23 });
  await batch(stream, { redactions: 1_000, hours: 25 });
  const { redactions } = (await figures()).deliveries;
  expect(
    redactions.map(({ componentId, branchId, perHour }) => [componentId, branchId, perHour]).sort(),
  ).toEqual([
    ['ex', 'main', 0.5],
    ['none', 'main', 2],
    ['wr', 'main', 0.5],
  ]);
});

test('what waits in mirrors that somebody paused or ended is not counted', async () => {
  await project('shop');
  for (const branch of ['main', 'paused', 'ended', 'quick']) {
    await mirror('shop', branch);
    await change('shop', branch, { minutes: branch === 'quick' ? 1 : 20 });
    await change('shop', branch, { minutes: 0 });
    await change('shop', branch, { minutes: 90, delivered: true });
  }
  await sql`UPDATE mirrors SET paused_at = now() WHERE branch_id = 'paused'`.execute(db);
  await sql`UPDATE mirrors SET ended_at = now(), ended_because = 'disabled' WHERE branch_id = 'ended'`.execute(
    db,
  );
  const { queues, oldest } = (await figures()).waiting;
  expect(queues).toContainEqual({ queue: 'mirrors', depth: 4 });
  expect(
    oldest.map(({ projectId, branchId, seconds }) => [
      projectId,
      branchId,
      Math.round(seconds / 60),
    ]),
  ).toEqual(
    expect.arrayContaining([
      ['shop', 'main', 20],
      // What waits for a moment only is not named.
      ['other', 'other', 1],
    ]),
  );
  expect(oldest).toHaveLength(2);
});

test('a reading that takes too long is given up', async () => {
  await db.transaction().execute(async (trx) => {
    await sql`LOCK TABLE batches IN ACCESS EXCLUSIVE MODE`.execute(trx);
    await expect(figures()).rejects.toThrow('statement timeout');
  });
}, 30_000);
