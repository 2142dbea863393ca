import { sql } from 'kysely';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { listChanges } from '../../../../db/mirror/change-events.ts';
import {
  askAnew,
  listMirroredProjects,
  listUnwatchedStacks,
  listWatching,
} from '../../../../db/mirror/feeds.ts';
import { markMirror } from '../../../../db/mirror/mirrors.ts';
import { updateProject } from '../../../../db/mirror/projects.ts';
import { mirrorStream } from '../../../../model/mirror/ids.ts';
import { activitiesUnderTest, orders } from '../../activities-under-test.ts';

const under = await activitiesUnderTest();
const { db } = under;
type Watched = Awaited<ReturnType<typeof under.settledMirror>>;

beforeEach(() => {
  under.signals.length = 0;
});

async function feedsOf({ key }: Watched) {
  return db
    .selectFrom('feeds')
    .selectAll()
    .where('projectId', '=', key.projectId)
    .orderBy('kind')
    .execute();
}

/** Makes all feeds due, as time does. */
async function later({ key }: Watched, seconds = 16): Promise<void> {
  await sql`UPDATE feeds SET next_ask_at = next_ask_at - make_interval(secs => ${seconds}),
    answered_at = answered_at - make_interval(secs => ${seconds}),
    news_at = news_at - make_interval(secs => ${seconds}) WHERE project_id = ${key.projectId}`.execute(
    db,
  );
}

async function changes({ key }: Watched) {
  const page = { state: 'all', before: null, limit: 100 } as const;
  return (await listChanges(db, key, page)).reverse();
}

async function watching({ key }: Watched) {
  return (await listWatching(db, [key])).get(mirrorStream(key));
}

describe('a watched mirror', () => {
  it('hears of a change that nobody reports, once, with its author', async () => {
    const mirror = await under.settledMirror({ feeds: true });
    expect(await mirror.askFeeds()).toMatchObject({ feeds: 1, asked: 1 });
    mirror.platform.change(orders, { author: 'jan@example.com' });
    mirror.platform.setMetadata(orders, 'KBC.configuration.folderName', 'Shop');
    await later(mirror);
    expect(await mirror.askFeeds()).toMatchObject({ asked: 1, news: 1 });
    const stream = mirrorStream(mirror.key);
    expect(under.signals).toEqual([`${stream} doorbell`]);
    await later(mirror);
    // It is in the answer again, since others may still appear before it.
    expect(await mirror.askFeeds()).toMatchObject({ asked: 1, news: 0 });
    expect(await changes(mirror)).toMatchObject([
      { type: 'config_changed', configId: '7', version: 2, author: 'jan@example.com' },
      { type: 'config_changed', configId: '7', version: null },
    ]);
    expect(await mirror.window()).toMatchObject({ changes: 2, pendingChanges: 0 });
    expect(await watching(mirror)).toMatchObject({ state: 'watching', reason: null });
    // In its first hour, it is compared as often as without a feed.
    const { projectId } = mirror.key;
    expect(await listMirroredProjects(db)).toContainEqual({ projectId, watched: false });
    await sql`UPDATE mirrors SET initialized_at = now() - interval '61 minutes'
      WHERE project_id = ${projectId}`.execute(db);
    expect(await listMirroredProjects(db)).toContainEqual({ projectId, watched: true });
  });

  it('that was enabled long ago is compared once when its feed begins, and not again for each gap', async () => {
    const mirror = await under.settledMirror({ feeds: true });
    await sql`UPDATE mirrors SET created_at = now() - interval '1 day'
      WHERE project_id = ${mirror.key.projectId}`.execute(db);
    await mirror.askFeeds();
    const stream = mirrorStream(mirror.key);
    expect(under.signals).toEqual([`${stream} catchUp`]);
    mirror.platform.record({ event: 'storage.componentConfigurationChanged', params: {} });
    await later(mirror);
    await mirror.askFeeds();
    expect(under.signals).toEqual([`${stream} catchUp`]);
    await sql`UPDATE feeds SET compared_at = now() - interval '16 minutes'
      WHERE project_id = ${mirror.key.projectId}`.execute(db);
    await mirror.askFeeds();
    expect(under.signals).toEqual([`${stream} catchUp`, `${stream} catchUp`]);
  });

  it('whose token is not shown all events says so, and is asked at once when it has another token', async () => {
    const mirror = await under.settledMirror({ feeds: true });
    mirror.platform.project.token.isMasterToken = false;
    await mirror.askFeeds();
    expect(mirror.platform.calls.events).toBe(0);
    expect(await watching(mirror)).toMatchObject({
      state: 'catch_up',
      reason: expect.stringContaining('not that of an admin') as string,
    });
    expect(await listMirroredProjects(db)).toContainEqual({
      ...{ projectId: mirror.key.projectId, watched: false },
    });
    await later(mirror);
    expect(await mirror.askFeeds()).toMatchObject({ asked: 0 });
    mirror.platform.project.token.isMasterToken = true;
    const { url, token } = mirror.platform;
    await updateProject(db, under.sealer, mirror.key.projectId, {
      source: { kind: 'keboola', url, token },
    });
    expect(await mirror.askFeeds()).toMatchObject({ asked: 1 });
    expect(await watching(mirror)).toMatchObject({ state: 'watching' });
  });

  it.each([
    ['refused', { status: 403 }],
    ['missing', { status: 404 }],
  ])('whose feed is %s is compared at once, and less is asked', async (state, fault) => {
    const mirror = await under.settledMirror({ feeds: true });
    await mirror.askFeeds();
    mirror.platform.disturb({ endpoint: 'events', ...fault });
    await later(mirror);
    await mirror.askFeeds();
    // One that is missing may only not know where to go on.
    await later(mirror, 1);
    await mirror.askFeeds();
    expect(under.signals).toEqual([`${mirrorStream(mirror.key)} catchUp`]);
    const [feed] = await feedsOf(mirror);
    expect(feed).toMatchObject({ state, failures: 0, leasedUntil: null });
    expect(feed!.nextAskAt.getTime() - Date.now()).toBeGreaterThan(14 * 60_000);
  });

  it('whose feed fails loses nothing, and is asked ever less until it works', async () => {
    const mirror = await under.settledMirror({ feeds: true });
    await mirror.askFeeds();
    mirror.platform.disturb({ endpoint: 'events', disconnect: true });
    mirror.platform.change(orders);
    for (let n = 0; n < 3; n++) {
      await later(mirror, 61);
      await mirror.askFeeds();
    }
    const [feed] = await feedsOf(mirror);
    expect(feed).toMatchObject({ state: 'failing', failures: 3 });
    expect(feed!.nextAskAt.getTime() - Date.now()).toBeGreaterThan(50_000);
    // For a while, it counts as one that tells of changes.
    expect(await watching(mirror)).toMatchObject({ state: 'watching' });
    await later(mirror, 900);
    expect(await watching(mirror)).toMatchObject({ state: 'catch_up' });
    mirror.platform.recover();
    await mirror.askFeeds();
    expect(await mirror.changes()).toMatchObject([{ version: 2 }]);
    expect(await watching(mirror)).toMatchObject({ state: 'watching' });
  });

  it('begins anew if the platform does not know its cursor any more', async () => {
    const mirror = await under.settledMirror({ feeds: true });
    await mirror.askFeeds();
    await sql`UPDATE feeds SET cursor = 'of another platform' WHERE project_id = ${mirror.key.projectId}`.execute(
      db,
    );
    mirror.platform.disturb({ endpoint: 'events', status: 404, times: 1 });
    await later(mirror);
    await mirror.askFeeds();
    await mirror.askFeeds();
    expect((await feedsOf(mirror))[0]).toMatchObject({ state: 'works', failures: 0, gaps: 0 });
    expect(under.signals).toEqual([`${mirrorStream(mirror.key)} catchUp`]);
    mirror.platform.change(orders);
    await later(mirror);
    expect(await mirror.askFeeds()).toMatchObject({ asked: 1, news: 1 });
  });

  it('that gets another token while it is asked is asked anew, whatever the answer was', async () => {
    const mirror = await under.settledMirror({ feeds: true });
    await mirror.askFeeds();
    mirror.platform.disturb({ endpoint: 'events', delay: 300, status: 403, times: 1 });
    await later(mirror);
    const asking = mirror.askFeeds();
    await vi.waitFor(() => expect(mirror.platform.calls.events).toBe(2));
    await askAnew(db, mirror.key.projectId, false);
    await asking;
    expect((await feedsOf(mirror))[0]).toMatchObject({ state: 'new', message: null });
    await mirror.askFeeds();
    expect(await watching(mirror)).toMatchObject({ state: 'watching' });
  });

  it('is left alone for as long as the platform asks, but not for ever', async () => {
    const mirror = await under.settledMirror({ feeds: true });
    await mirror.askFeeds();
    mirror.platform.disturb({ endpoint: 'events', status: 429, retryAfter: '120', times: 1 });
    await later(mirror);
    await mirror.askFeeds();
    const [feed] = await feedsOf(mirror);
    expect(feed!.nextAskAt.getTime() - Date.now()).toBeGreaterThan(110_000);
    mirror.platform.disturb({ endpoint: 'events', status: 429, retryAfter: '9'.repeat(400) });
    await later(mirror, 120);
    // The project is paused as well, and says for how long.
    await mirror.askFeeds();
    const [again] = await feedsOf(mirror);
    expect(again!.nextAskAt.getTime() - Date.now()).toBeLessThan(3_601_000);
  });

  it('that had no news for a day is asked about once a minute', async () => {
    const mirror = await under.settledMirror({ feeds: true });
    await mirror.askFeeds();
    await later(mirror, 90_000);
    await mirror.askFeeds();
    const [feed] = await feedsOf(mirror);
    const wait = feed!.nextAskAt.getTime() - Date.now();
    expect(wait).toBeGreaterThan(40_000);
    expect(wait).toBeLessThan(76_000);
  });

  it('is asked by nobody else while it is asked, and by another worker if this one dies', async () => {
    const mirror = await under.settledMirror({ feeds: true });
    mirror.platform.disturb({ endpoint: 'events', delay: 500 });
    const rounds = await Promise.all([mirror.askFeeds(), mirror.askFeeds()]);
    expect(rounds.map(({ asked }) => asked).sort()).toEqual([0, 1]);
    await later(mirror);
    await sql`UPDATE feeds SET leased_until = now() + interval '1 minute'`.execute(db);
    expect(await mirror.askFeeds()).toMatchObject({ asked: 0 });
    await sql`UPDATE feeds SET leased_until = now() - interval '1 second'`.execute(db);
    expect(await mirror.askFeeds()).toMatchObject({ asked: 1 });
  });

  it('hears of its jobs, if it has them', async () => {
    const mirror = await under.settledMirror({
      feeds: true,
      policy: { jobs: { enabled: true, retainDays: 30, include: 'all' } },
    });
    expect(await mirror.askFeeds()).toMatchObject({ feeds: 2, asked: 2 });
    const job = mirror.platform.queue.run({ token: { id: '1', description: 'jan@example.com' } });
    await later(mirror);
    expect(await mirror.askFeeds()).toMatchObject({ asked: 2, news: 1 });
    expect(await changes(mirror)).toMatchObject([
      { type: 'job_finished', versionIdentifier: job.runId, author: 'jan@example.com' },
    ]);
  });

  it('that is paused or ended is not asked, and a stack without any is not watched', async () => {
    const mirror = await under.settledMirror({ feeds: true });
    const { stack } = mirror;
    expect(await listUnwatchedStacks(db, ['keboola'], 120_000)).toContain(stack);
    await mirror.askFeeds();
    expect(await listUnwatchedStacks(db, ['keboola'], 120_000)).not.toContain(stack);
    await markMirror(db, mirror.key, 'pause');
    expect(await mirror.askFeeds()).toEqual({ feeds: 0, asked: 0, news: 0, nextIn: null });
    expect(await feedsOf(mirror)).toEqual([]);
    expect(await listUnwatchedStacks(db, ['keboola'], 120_000)).not.toContain(stack);
    await markMirror(db, mirror.key, 'resume');
    expect(await listUnwatchedStacks(db, ['keboola'], 120_000)).toContain(stack);
  });
});
