import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { connect } from '../../db/connect.ts';
import {
  findForgottenMirrors,
  findForgottenOperations,
  findForgottenSpaces,
} from '../../db/streams/relay.ts';
import { listMirroredProjects } from '../../db/mirror/feeds.ts';
import { TemporalUnavailable } from '../../temporal/mirror/mirror-workflows.ts';
import { startRelay, type Relay, type RelayOptions } from '../../worker/relay.ts';
import { idleWorkflows } from '../support/idle-workflows.ts';
import { testDatabase } from '../support/postgres.ts';

const { db, url } = await testDatabase();
const relays: Relay[] = [];
const after = { change: 60_000, delivery: 60_000 };
const patience = { timeout: 30_000 };

beforeEach(async () => {
  await sql`TRUNCATE projects, spaces, outages, batches CASCADE`.execute(db);
  await sql`INSERT INTO projects (id, name, source_kind) VALUES ('p', 'P', 'sample')`.execute(db);
});
afterEach(async () => {
  for (const relay of relays.splice(0)) await relay.stop();
});

/** An idle mirror, created long ago. */
async function mirror(branch: string, set: Record<string, unknown> = {}): Promise<void> {
  await db
    .insertInto('mirrors')
    .values({
      projectId: 'p',
      branchId: branch,
      repositoryUrl: 'https://git.example/p.git',
      repositoryBranch: branch,
      subdirectory: '',
      policy: '{}',
      initializedAt: new Date(),
      replacedSecrets: '[]',
      warnings: '[]',
      updatedAt: new Date(Date.now() - 3_600_000),
      ...set,
    })
    .execute();
}

async function change(branch: string, secondsAgo: number): Promise<void> {
  await sql`INSERT INTO change_events
    (project_id, branch_id, sequence, type, version_identifier, occurred_at, received_at, body)
    VALUES ('p', ${branch}, 1, 'config_changed', 'c@1', now(), now() - make_interval(secs => ${secondsAgo}), '')`.execute(
    db,
  );
}

async function batch(branch: string, secondsAgo: number, state: string): Promise<void> {
  await sql`INSERT INTO batches
    (id, stream, ordinal, window_key, reason, through, message, authored_at, window_closed_at, state, created_at)
    VALUES (gen_random_uuid(), ${`mirror/p/${branch}`}, 1, 'w', 'changes', 1, '{}', now(), now(), ${state},
      now() - make_interval(secs => ${secondsAgo}))`.execute(db);
}

async function forgotten(): Promise<string[]> {
  return (await findForgottenMirrors(db, after)).map(({ branchId }) => branchId);
}

test('an idle mirror is not forgotten', async () => {
  await mirror('quiet');
  await batch('quiet', 3_600, 'delivered');
  expect(await forgotten()).toEqual([]);
});

test('mirrors with old changes, old batches, an unfinished resync or an open outage are forgotten', async () => {
  await mirror('changes');
  await change('changes', 61);
  await mirror('batch');
  await batch('batch', 61, 'waiting');
  await mirror('resync', { resyncReason: 'policy' });
  await mirror('initial', { initializedAt: null });
  await mirror('outage');
  await outage('mirror/p/outage');
  expect(await forgotten()).toEqual(['batch', 'changes', 'initial', 'outage', 'resync']);
});

test('a mirror whose work is recent is not forgotten', async () => {
  await mirror('changes');
  await change('changes', 30);
  await mirror('batch');
  await batch('batch', 30, 'waiting');
  await mirror('initial', { initializedAt: null, updatedAt: new Date() });
  expect(await forgotten()).toEqual([]);
});

test('paused and ended mirrors are left alone, and an ended one needs no Schedule', async () => {
  await mirror('paused', { resyncReason: 'policy', pausedAt: new Date() });
  expect(await listMirroredProjects(db)).toEqual([{ projectId: 'p', watched: false }]);
  await db.deleteFrom('mirrors').execute();
  await mirror('ended', {
    resyncReason: 'policy',
    endedAt: new Date(),
    endedBecause: 'disabled',
  });
  expect(await forgotten()).toEqual([]);
  expect(await listMirroredProjects(db)).toEqual([]);
});

/** An idle space, created long ago. */
async function space(id: string, set: Record<string, unknown> = {}): Promise<void> {
  await db
    .insertInto('spaces')
    .values({
      id,
      name: id,
      repositoryUrl: 'https://git.example/k.git',
      repositoryBranch: id,
      root: 'knowledge',
      rules: JSON.stringify({ publicKinds: [], index: true, notify: { emails: [] } }),
      lastSequence: 0,
      syncedAt: new Date(),
      updatedAt: new Date(Date.now() - 3_600_000),
      ...set,
    })
    .execute();
}

async function save(spaceId: string, secondsAgo: number, state = 'waiting'): Promise<void> {
  await sql`INSERT INTO saves (id, space_id, sequence, entry_id, kind, path, action, person, via, state, created_at)
    VALUES (gen_random_uuid(), ${spaceId}, 1, 'e', 'skill', 'e.md', 'edit', '{}', 'api', ${state},
      now() - make_interval(secs => ${secondsAgo}))`.execute(db);
}

/** An open outage whose next attempt is due in so many seconds. */
async function outage(stream: string, dueIn = 300): Promise<void> {
  await sql`INSERT INTO outages (id, stream, lane, since, attempts, code, message, last_attempt_at, next_attempt_at)
    VALUES (gen_random_uuid(), ${stream}, 'repository', now(), 1, 'repository_timeout', '', now(),
      now() + make_interval(secs => ${dueIn}))`.execute(db);
}

async function operation(id: string, spaceId: string, state: string, secondsAgo: number) {
  await sql`INSERT INTO operations (id, space_id, type, dry_run, settings, person, state, updated_at)
    VALUES (${id}, ${spaceId}, 'export', false, '{}', '{}', ${state},
      now() - make_interval(secs => ${secondsAgo}))`.execute(db);
}

async function forgottenSpaces(): Promise<string[]> {
  const spaces = await findForgottenSpaces(db, { save: 10_000, reading: 60_000, look: 180_000 });
  return spaces.map(({ id }) => id);
}

test('neither an idle space nor one whose work is recent is forgotten', async () => {
  await space('quiet');
  await save('quiet', 3_600, 'delivered');
  await space('saved');
  await save('saved', 5);
  await space('new', { syncedAt: null, updatedAt: new Date() });
  await space('reread', { rereadWanted: true, updatedAt: new Date() });
  expect(await forgottenSpaces()).toEqual([]);
});

test('spaces with old saves, a missed reading, an open outage or overdue polls are forgotten', async () => {
  await space('saved');
  await save('saved', 11);
  await space('new', { syncedAt: null });
  await space('reread', { rereadWanted: true });
  await space('outage');
  await outage('space/outage');
  await space('unseen', { syncedAt: new Date(Date.now() - 200_000) });
  expect(await forgottenSpaces()).toEqual(['new', 'outage', 'reread', 'saved', 'unseen']);
});

test('paused and ended spaces are left alone', async () => {
  for (const mark of ['pausedAt', 'endedAt']) {
    await space(mark, { syncedAt: null, [mark]: new Date() });
    await save(mark, 60);
    await outage(`space/${mark}`);
  }
  expect(await forgottenSpaces()).toEqual([]);
});

test('an operation without progress is forgotten; one that has progress or has ended is not', async () => {
  const [waiting = '', running = '', ...others] = Array.from({ length: 5 }, () => randomUUID());
  await space('sales');
  await operation(waiting, 'sales', 'waiting', 61);
  await operation(running, 'sales', 'running', 61);
  for (const [index, id] of others.entries())
    await operation(id, 'sales', ['running', 'done', 'failed'][index] ?? '', index === 0 ? 30 : 61);
  const found = await findForgottenOperations(db, 60_000);
  expect(found.sort()).toEqual([waiting, running].sort());
});

const noSpaces = { signal: () => Promise.resolve(), runOperation: () => Promise.resolve() };

function relay(
  mirrors: Partial<RelayOptions['mirrors']>,
  lines: string[] = [],
  spaces: RelayOptions['spaces'] = noSpaces,
  housekeeping = { ensureSchedule: () => Promise.resolve() },
  times: Pick<RelayOptions, 'scheduleInterval'> = {},
) {
  const logger = pino({ level: 'info' }, { write: (line: string) => void lines.push(line) });
  const own = connect({ url, poolSize: 2, onError: () => undefined });
  const timings = {
    ...{ window: 30_000, saveWindow: 3_000, pollInterval: 60_000, watchInterval: 15_000 },
  };
  const started = startRelay({
    ...{ db: own, spaces, housekeeping, logger, timings, interval: 20, ...times },
    mirrors: { ...idleWorkflows, ...mirrors },
    watchedPlatforms: ['keboola'],
  });
  const stopping = {
    async stop() {
      await started.stop();
      await own.destroy();
    },
  };
  relays.push(stopping);
  return stopping;
}

test('the relay rings each forgotten mirror once, and ensures the Schedules', async () => {
  await mirror('a', { resyncReason: 'policy' });
  await mirror('b');
  const signal = vi.fn(() => Promise.resolve());
  const ensureSchedules = vi.fn(() => Promise.resolve());
  const ensureSchedule = vi.fn(() => Promise.resolve());
  relay({ signal, ensureSchedules }, [], noSpaces, { ensureSchedule });
  await vi.waitFor(
    () => expect(ensureSchedules).toHaveBeenCalledWith('p', { watched: false }),
    patience,
  );
  expect(ensureSchedule).toHaveBeenCalledTimes(1);
  await sleep(200);
  expect(signal.mock.calls).toEqual([[{ projectId: 'p', branchId: 'a' }, 'doorbell']]);
});

test('Schedules that were looked at are left alone until something changes', async () => {
  await mirror('a', { initializedAt: new Date(Date.now() - 7_200_000) });
  const ensureSchedules = vi.fn(() => Promise.resolve());
  const housekeeping = { ensureSchedule: vi.fn(() => Promise.resolve()) };
  relay({ ensureSchedules }, [], noSpaces, housekeeping, { scheduleInterval: 10 });
  await vi.waitFor(() => expect(housekeeping.ensureSchedule.mock.calls.length).toBeGreaterThan(3));
  expect(ensureSchedules.mock.calls).toEqual([['p', { watched: false }]]);
  await sql`INSERT INTO feeds (project_id, kind, branch_id, state, answered_at)
    VALUES ('p', 'events', 'a', 'works', now())`.execute(db);
  await vi.waitFor(() => expect(ensureSchedules).toHaveBeenCalledTimes(2), patience);
  expect(ensureSchedules).toHaveBeenLastCalledWith('p', { watched: true });
});

test('a workflow that does not try again, as it should in an outage, is told to read its row', async () => {
  await mirror('waits');
  await outage('mirror/p/waits', -30);
  await mirror('works');
  await outage('mirror/p/works', -61);
  await sql`INSERT INTO stream_progress (stream, work, step, started_at, updated_at)
    VALUES ('mirror/p/works', 'delivery', 'Pushing', now(), now())`.execute(db);
  await mirror('forgot');
  await outage('mirror/p/forgot', -61);
  await space('forgot-too');
  await outage('space/forgot-too', -61);
  const signal = vi.fn(() => Promise.resolve());
  const spaces = { ...noSpaces, signal: vi.fn(() => Promise.resolve()) };
  relay({ signal, ensureSchedules: () => Promise.resolve() }, [], spaces);
  await vi.waitFor(() => expect(spaces.signal).toHaveBeenCalledTimes(2), patience);
  const told = (branchId: string, name: string) => [{ projectId: 'p', branchId }, name];
  expect(signal.mock.calls).toEqual([
    told('forgot', 'mirrorChanged'),
    told('forgot', 'doorbell'),
    told('waits', 'doorbell'),
    told('works', 'doorbell'),
  ]);
  expect(spaces.signal.mock.calls).toEqual([
    ['forgot-too', 'spaceChanged'],
    ['forgot-too', 'doorbell'],
  ]);
});

test('the relay rings each forgotten space, and starts operations that have no progress', async () => {
  await space('quiet');
  await space('saved');
  await save('saved', 11);
  const id = randomUUID();
  await operation(id, 'quiet', 'running', 61);
  const signal = vi.fn(() => Promise.resolve());
  const runOperation = vi.fn(() => Promise.resolve());
  const mirrors = { signal: vi.fn(), ensureSchedules: () => Promise.resolve() };
  relay(mirrors, [], { signal, runOperation });
  await vi.waitFor(() => expect(runOperation).toHaveBeenCalled(), patience);
  await sleep(200);
  expect(signal.mock.calls).toEqual([['saved', 'doorbell']]);
  expect(runOperation.mock.calls).toEqual([[id]]);
  expect(mirrors.signal).not.toHaveBeenCalled();
});

test('only one relay works at a time, and another takes over when it stops', async () => {
  await mirror('a', { resyncReason: 'policy' });
  const first = vi.fn(() => Promise.resolve());
  const second = vi.fn(() => Promise.resolve());
  const ensureSchedules = () => Promise.resolve();
  const holder = relay({ signal: first, ensureSchedules });
  await vi.waitFor(() => expect(first).toHaveBeenCalledOnce(), patience);
  relay({ signal: second, ensureSchedules });
  await sleep(300);
  expect(second).not.toHaveBeenCalled();
  await holder.stop();
  await vi.waitFor(() => expect(second).toHaveBeenCalledOnce(), patience);
});

test('a relay reports once that Temporal is unreachable, keeps trying, and reports when it is back', async () => {
  await mirror('a', { resyncReason: 'policy' });
  const lines: string[] = [];
  let away = true;
  const signal = vi.fn(() =>
    away ? Promise.reject(new TemporalUnavailable('no answer')) : Promise.resolve(),
  );
  relay({ signal, ensureSchedules: () => Promise.resolve() }, lines);
  await vi.waitFor(() => expect(signal.mock.calls.length).toBeGreaterThan(3), patience);
  away = false;
  await vi.waitFor(() => expect(lines.join('')).toContain('rings again'), patience);
  expect(lines.filter((line) => line.includes('cannot ring'))).toHaveLength(1);
});
