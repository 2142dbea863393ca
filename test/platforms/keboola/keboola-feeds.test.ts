import { Agent } from 'undici';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { smallProject } from '../../../examples/storage-api/data.ts';
import { startStorageApi, type StorageApi } from '../../../examples/storage-api/storage-api.ts';
import { StreamFailure } from '../../../model/streams/errors.ts';
import type { AskedFeed, SourceFeeds } from '../../../platforms/feeds/source-feeds.ts';
import { judgeEvent } from '../../../platforms/events/judge-event.ts';
import { createKeboolaSource } from '../../../platforms/keboola/source/keboola-source.ts';
import { TooBusy } from '../../../platforms/traffic/source-traffic.ts';

const dispatcher = new Agent();
const { signal } = new AbortController();
const orders = { componentId: 'keboola.ex-db-mysql', configId: '7' };

let api: StorageApi;
let feeds: SourceFeeds;
beforeEach(async () => {
  api = await startStorageApi({ feeds: true });
  feeds = feedsOf(api);
});
afterEach(() => api.close());
afterAll(() => dispatcher.destroy());

function feedsOf({ url, token }: StorageApi): SourceFeeds {
  return createKeboolaSource({ url, token, dispatcher, checkUrl: (text) => text }).feeds!;
}

function ask(more: Partial<AskedFeed> = {}) {
  const feed: AskedFeed = {
    ...{ kind: 'events', projectId: '12345', branchId: '1000', isDefault: true },
    ...{ cursor: '', since: null },
    ...more,
  };
  return feeds.ask(feed, { signal });
}

/** A time so long ago that nothing before it can appear any more. */
function ago(seconds: number): Date {
  return new Date(Date.now() - seconds * 1_000);
}

describe('the events of a branch', () => {
  it('become what somebody would report', async () => {
    api.change(orders, { author: 'jan@example.com' });
    api.setMetadata(orders, 'KBC.configuration.folderName', 'Shop');
    api.putTable('in.c-crm.people');
    api.importTable('in.c-crm.people');
    api.record({
      event: 'storage.tableColumnDeleted',
      ...{ objectType: 'table', objectId: 'in.c-crm.people' },
    });
    api.deleteTable('in.c-crm.people');
    api.record({
      event: 'storage.bucketSharingEnabled',
      ...{ objectType: 'bucket', objectId: 'out.c-shared' },
    });
    api.record({
      event: 'storage.componentConfigurationRowDeleted',
      params: {
        configuration: { component: 'keboola.ex-db-mysql', configurationId: '7', version: 9 },
      },
    });
    api.delete(orders);
    api.createBranch(1_002, 'Next');
    api.deleteBranch(1_002);
    const { events, gap } = await ask();
    expect(gap).toBe(false);
    expect(
      events.map((event) => ({ ...event, committedAt: '', eventId: undefined })),
    ).toMatchObject([
      { type: 'config_changed', configId: '7', newVersion: 2, author: 'jan@example.com' },
      { type: 'config_changed', configId: '7' },
      { type: 'storage_changed', tableId: 'in.c-crm.people', kind: 'created' },
      { type: 'storage_changed', tableId: 'in.c-crm.people', kind: 'imported' },
      { type: 'storage_changed', tableId: 'in.c-crm.people', kind: 'changed' },
      { type: 'storage_changed', tableId: 'in.c-crm.people', kind: 'deleted' },
      { type: 'storage_changed', bucketId: 'out.c-shared', kind: 'changed' },
      { type: 'config_changed', configId: '7', newVersion: 9 },
      { type: 'config_changed', configId: '7', author: 'eva@example.com' },
      { type: 'branch_changed', branchId: '1002', kind: 'created' },
      { type: 'branch_changed', branchId: '1002', kind: 'deleted' },
    ]);
    // What has no version of its own is told apart by its event.
    const [changed, metadata, deleted] = [events[0], events[1], events[8]];
    expect(changed).not.toHaveProperty('eventId');
    expect(metadata).toHaveProperty('eventId');
    expect(metadata).not.toHaveProperty('newVersion');
    expect(deleted).toHaveProperty('eventId');
    for (const event of events) expect(judgeEvent(event, new Date()).kind).toBe('change');
  });

  it('leave out what changes nothing, and what others write', async () => {
    for (const event of [
      'storage.tableDetail',
      'storage.tableDataPreview',
      'storage.tableExported',
      'storage.tableSnapshotCreated',
      'storage.tableImportError',
      'storage.tokenVerified',
      'storage.workspaceCreated',
    ])
      api.record({ event, objectType: 'table', objectId: 'in.c-crm.people' });
    api.record({ event: 'ext.keboola.ex-http.', component: 'keboola.ex-http' });
    // Anybody may say that a table was deleted, but not in the name of Storage.
    api.record({
      ...{ event: 'storage.tableDeleted', component: 'keboola.ex-http' },
      ...{ objectType: 'table', objectId: 'in.c-crm.people' },
    });
    expect(await ask()).toMatchObject({ events: [], gap: false });
  });

  it('go on after the last one that is old enough to be the last', async () => {
    const old = ago(120);
    api.change(orders, { at: old });
    api.change(orders);
    const first = await ask();
    expect(first.events).toHaveLength(2);
    const second = await ask({ cursor: first.cursor });
    expect(second.events).toMatchObject([{ newVersion: 3 }]);
    expect(second.cursor).toBe(first.cursor);
  });

  /** All versions that are told, and how often the feed was asked for that. */
  async function versionsOf(from: string) {
    const versions = new Set<number | undefined>();
    let asked = 0;
    for (let cursor = from, more = true; more; asked += 1) {
      const answer = await ask({ cursor });
      expect(answer.gap).toBe(false);
      for (const event of answer.events)
        versions.add(event.type === 'config_changed' ? event.newVersion : undefined);
      ({ cursor, more } = answer);
    }
    return { versions: versions.size, asked };
  }

  it('are asked for in pages, of which none is left out', async () => {
    for (let n = 0; n < 4_100; n++) api.change(orders, { at: ago(5_000 - n) });
    expect(await versionsOf('')).toEqual({ versions: 4_100, asked: 2 });
    expect(api.calls.events).toBe(9);
  });

  it('that are young and many are all told, and told again until none can come before them', async () => {
    api.change(orders, { at: ago(600) });
    const { cursor } = await ask();
    for (let n = 0; n < 1_200; n++) api.change(orders, { at: ago(10) });
    for (let round = 0; round < 2; round++) {
      const answer = await ask({ cursor });
      expect(answer.events).toHaveLength(1_200);
      expect(answer).toMatchObject({ cursor, more: false, gap: false });
    }
  });

  it('of a host that gives the same page for ever are a gap, and not asked for again at once', async () => {
    for (let n = 0; n < 500; n++) api.change(orders, { at: ago(600 - n) });
    const headers = { 'x-storageapi-token': api.token };
    const page = await fetch(`${api.url}/v2/storage/events?limit=500&sortOrder=asc`, { headers });
    api.disturb({ endpoint: 'events', body: await page.text() });
    api.resetCalls();
    const { cursor, more, gap } = await ask();
    expect({ more, gap }).toEqual({ more: false, gap: true });
    expect(await ask({ cursor })).toMatchObject({ more: false, gap: true });
    expect(api.calls.events).toBeLessThan(5);
  });

  it('are asked for in smaller pages if they are large', async () => {
    for (let n = 0; n < 90; n++)
      api.record({ event: 'storage.tableDetail', at: ago(200 - n), message: 'x'.repeat(200_000) });
    api.change(orders, { at: ago(30) });
    let answer = await ask();
    const all = [...answer.events];
    while (answer.more) all.push(...(answer = await ask({ cursor: answer.cursor })).events);
    expect(all).toMatchObject([{ newVersion: 2 }]);
  });

  it('begin where the mirror did, or say that something may be missing', async () => {
    api.change(orders, { at: ago(7_200) });
    const since = ago(3_600);
    api.change(orders, { at: ago(60) });
    const begun = await ask({ cursor: null, since });
    expect(begun).toMatchObject({ events: [], more: true, gap: false });
    expect((await ask({ cursor: begun.cursor })).events).toMatchObject([{ newVersion: 3 }]);
    expect(await ask({ cursor: null })).toMatchObject({ events: [], more: false, gap: true });
  });

  it('that cannot be understood are a gap, and the others are told', async () => {
    api.record({ event: 'storage.componentConfigurationChanged', params: {} });
    api.change(orders);
    expect(await ask()).toMatchObject({ events: [{ newVersion: 2 }], gap: true });
  });

  it('without a place are a gap, and the others are told', async () => {
    api.record({ event: 'storage.tableCreated', created: 'yesterday' });
    api.change(orders);
    expect(await ask()).toMatchObject({ events: [{ newVersion: 2 }], gap: true });
  });

  it('begin near the end also if all of the last ones are young', async () => {
    api.change(orders, { at: ago(7_200) });
    for (let n = 0; n < 100; n++) api.change(orders);
    const begun = await ask({ cursor: null });
    expect(begun).toMatchObject({ more: false, gap: true });
    expect((await ask({ cursor: begun.cursor })).events).toHaveLength(99);
  });

  it('of another branch are its own', async () => {
    api.change({ branchId: 1_001, ...orders });
    expect((await ask()).events).toEqual([]);
    const other = await ask({ branchId: '1001', isDefault: false });
    expect(other.events).toMatchObject([{ branchId: '1001', newVersion: 2 }]);
  });
});

describe('the jobs of a project', () => {
  it('that ended since the last time are told, also those that appear late', async () => {
    api.queue.run({ endsAt: ago(3_600) });
    const cursor = ago(100).toISOString();
    const late = api.queue.run({ endsAt: ago(50), branchId: null });
    const bad = api.queue.run({ status: 'error', branchId: '1001' });
    const answer = await ask({ kind: 'jobs', cursor });
    expect(answer.events).toMatchObject([
      {
        ...late,
        startedAt: expect.any(String) as string,
        finishedAt: expect.any(String) as string,
      },
      { type: 'job_finished', runId: bad.runId, branchId: '1001', status: 'FAILED' },
    ]);
    expect(Date.parse(answer.cursor)).toBeLessThan(Date.now() - 80_000);
    expect(answer.gap).toBe(false);
  });

  it('are not lost if our clock is ahead, or the platform says that one has ended in the future', async () => {
    const cursor = ago(3_600).toISOString();
    expect((await ask({ kind: 'jobs', cursor })).cursor).toBe(cursor);
    api.queue.run({ endsAt: ago(-86_400) });
    const answer = await ask({ kind: 'jobs', cursor });
    expect(Date.parse(answer.cursor)).toBeLessThan(Date.now() - 80_000);
  });

  it('of an unknown branch are a gap', async () => {
    api.queue.run({ endsAt: ago(50), branchId: null });
    const cursor = ago(100).toISOString();
    const answer = await ask({ kind: 'jobs', cursor, branchId: null });
    expect(answer).toMatchObject({ events: [], gap: true });
  });

  it('cost one request each time, besides the address of the queue once', async () => {
    const cursor = new Date().toISOString();
    for (let n = 0; n < 3; n++) await ask({ kind: 'jobs', cursor });
    expect(api.calls).toMatchObject({ index: 1, 'job-search': 3, jobs: 0 });
  });
});

describe('a feed that tells nothing', () => {
  it('says when to ask again, if the platform does', async () => {
    api.disturb({ endpoint: 'events', status: 429, retryAfter: '7', times: 1 });
    const error = await ask().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(TooBusy);
    expect((error as TooBusy).wait).toBe(7_000);
    expect(api.calls.events).toBe(1);
  });

  it.each([
    ['source_token_refused', 403],
    ['source_not_found', 404],
    ['source_unreachable', 500],
  ])('fails as %s with %i', async (code, status) => {
    api.disturb({ endpoint: 'events', status });
    const error = await ask().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(StreamFailure);
    expect(error).toMatchObject({ code });
    expect(api.calls.events).toBe(1);
  });

  it('is that of a token that is no admin’s', async () => {
    expect(await feeds.limits({ signal })).toBeNull();
    const project = smallProject();
    project.token.isMasterToken = false;
    const limited = await startStorageApi({ project });
    expect(await feedsOf(limited).limits({ signal })).toContain('not that of an admin');
    project.token.canReadAllProjectEvents = true;
    expect(await feedsOf(limited).limits({ signal })).toBeNull();
    await limited.close();
  });
});
