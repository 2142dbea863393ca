import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { connect } from '../../db/connect.ts';
import { findForgottenMirrors, findMirroredProjects } from '../../db/relay.ts';
import { TemporalUnavailable } from '../../temporal/mirror-workflows.ts';
import { startRelay, type Relay } from '../../worker/relay.ts';
import { testDatabase } from '../support/postgres.ts';

const { db, url } = await testDatabase();
const relays: Relay[] = [];
const after = { change: 60_000, delivery: 60_000 };

beforeEach(async () => {
  await sql`TRUNCATE projects, outages, batches CASCADE`.execute(db);
  await sql`INSERT INTO projects (id, name, source_kind) VALUES ('p', 'P', 'sample')`.execute(db);
});
afterEach(async () => {
  for (const relay of relays.splice(0)) await relay.stop();
});

/** A mirror in quiet times, made long ago. */
async function mirror(branch: string, set: Record<string, unknown> = {}): Promise<void> {
  await db
    .insertInto('mirrors')
    .values({
      project_id: 'p',
      branch_id: branch,
      repository_url: 'https://git.example/p.git',
      repository_branch: branch,
      subdirectory: '',
      policy: '{}',
      initialized_at: new Date(),
      replaced_secrets: '[]',
      warnings: '[]',
      updated_at: new Date(Date.now() - 3_600_000),
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

test('a mirror in quiet times is not forgotten', async () => {
  await mirror('quiet');
  await batch('quiet', 3_600, 'delivered');
  expect(await forgotten()).toEqual([]);
});

test('old changes, old batches, an unfinished resync and an open outage are', async () => {
  await mirror('changes');
  await change('changes', 61);
  await mirror('batch');
  await batch('batch', 61, 'waiting');
  await mirror('resync', { resync_reason: 'policy' });
  await mirror('initial', { initialized_at: null });
  await mirror('outage');
  await sql`INSERT INTO outages (id, stream, lane, since, attempts, code, message, last_attempt_at)
    VALUES (gen_random_uuid(), 'mirror/p/outage', 'source', now(), 1, 'source_timeout', '', now())`.execute(
    db,
  );
  expect(await forgotten()).toEqual(['batch', 'changes', 'initial', 'outage', 'resync']);
});

test('what has only begun is not', async () => {
  await mirror('changes');
  await change('changes', 30);
  await mirror('batch');
  await batch('batch', 30, 'waiting');
  await mirror('initial', { initialized_at: null, updated_at: new Date() });
  expect(await forgotten()).toEqual([]);
});

test('paused and ended mirrors are left alone, and an ended one needs no Schedule', async () => {
  await mirror('paused', { resync_reason: 'policy', paused_at: new Date() });
  expect(await findMirroredProjects(db)).toEqual(['p']);
  await db.deleteFrom('mirrors').execute();
  await mirror('ended', {
    resync_reason: 'policy',
    ended_at: new Date(),
    ended_because: 'disabled',
  });
  expect(await forgotten()).toEqual([]);
  expect(await findMirroredProjects(db)).toEqual([]);
});

function relay(mirrors: Parameters<typeof startRelay>[0]['mirrors'], lines: string[] = []) {
  const logger = pino({ level: 'info' }, { write: (line: string) => void lines.push(line) });
  const own = connect({ url, poolSize: 2, onError: () => undefined });
  const started = startRelay({ db: own, mirrors, logger, window: 30_000, interval: 20 });
  const stopping = {
    async stop() {
      await started.stop();
      await own.destroy();
    },
  };
  relays.push(stopping);
  return stopping;
}

test('it rings each forgotten mirror once, and sees to the Schedules', async () => {
  await mirror('a', { resync_reason: 'policy' });
  await mirror('b');
  const signal = vi.fn(() => Promise.resolve());
  const ensureSchedules = vi.fn(() => Promise.resolve());
  relay({ signal, ensureSchedules });
  await vi.waitFor(() => expect(ensureSchedules).toHaveBeenCalledWith('p'));
  await sleep(200);
  expect(signal.mock.calls).toEqual([[{ projectId: 'p', branchId: 'a' }, 'doorbell']]);
});

test('one relays at a time, and another takes over', async () => {
  await mirror('a', { resync_reason: 'policy' });
  const first = vi.fn(() => Promise.resolve());
  const second = vi.fn(() => Promise.resolve());
  const ensureSchedules = () => Promise.resolve();
  const holder = relay({ signal: first, ensureSchedules });
  await vi.waitFor(() => expect(first).toHaveBeenCalledOnce());
  relay({ signal: second, ensureSchedules });
  await sleep(300);
  expect(second).not.toHaveBeenCalled();
  await holder.stop();
  await vi.waitFor(() => expect(second).toHaveBeenCalledOnce());
});

test('while Temporal is away it says so once, goes on trying, and says when it is back', async () => {
  await mirror('a', { resync_reason: 'policy' });
  const lines: string[] = [];
  let away = true;
  const signal = vi.fn(() =>
    away ? Promise.reject(new TemporalUnavailable('no answer')) : Promise.resolve(),
  );
  relay({ signal, ensureSchedules: () => Promise.resolve() }, lines);
  await vi.waitFor(() => expect(signal.mock.calls.length).toBeGreaterThan(3));
  away = false;
  await vi.waitFor(() => expect(lines.join('')).toContain('rings again'));
  expect(lines.filter((line) => line.includes('cannot ring'))).toHaveLength(1);
});
