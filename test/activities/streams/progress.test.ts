import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { withHeartbeat, type Execution } from '../../../activities/streams/execution.ts';
import { KeptProgress } from '../../../activities/streams/keep-progress.ts';
import { connect } from '../../../db/connect.ts';
import { listProgress } from '../../../db/streams/progress.ts';
import { testDatabase } from '../../support/postgres.ts';

const { db, url } = await testDatabase();
/** Every attempt to store something here is logged. */
const gone = connect({ url, onError: () => undefined });
await sql`SELECT 1`.execute(gone);
await gone.destroy();

const stream = 'mirror/12345/1000';
const warnings: string[] = [];
const logger = {
  info: () => undefined,
  warn: (_: object, message: string) => void warnings.push(message),
};
const inDatabase = { deps: { db, logger }, stream, work: 'delivery' } as const;
const inNone = { ...inDatabase, deps: { db: gone, logger } };
const notStored = 'The progress of work was not stored.';
const step = 'Reading the project';

beforeEach(() => {
  warnings.length = 0;
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
});
afterEach(() => vi.useRealTimers());

async function seconds(count: number): Promise<void> {
  for (let second = 0; second < count; second++) {
    vi.advanceTimersByTime(1_000);
    // What fails at once has then failed.
    await new Promise((resolve) => setImmediate(resolve));
  }
}

async function shown() {
  return (await listProgress(db, [stream])).get(stream) ?? null;
}

async function untilDone(done: number): Promise<void> {
  const deadline = Date.now() + 10_000;
  while ((await shown())?.done !== done)
    if (Date.now() > deadline) throw new Error(`${done} was never stored.`);
}

describe('kept progress', () => {
  it('is not stored if the work is over within a second', async () => {
    const kept = new KeptProgress(inNone);
    kept.note({ step, done: 1, total: 2 });
    vi.advanceTimersByTime(999);
    await kept.end();
    await seconds(5);
    expect(warnings).toEqual([]);
  });

  it('is stored once a second, however often it changes, and every ten seconds if it does not', async () => {
    const kept = new KeptProgress(inNone);
    for (let done = 1; done <= 300; done++) {
      kept.note({ step, done, total: 300 });
      if (done % 100 === 0) await seconds(1);
    }
    expect(warnings).toEqual([notStored, notStored, notStored]);
    await seconds(9);
    expect(warnings).toHaveLength(3);
    await seconds(1);
    expect(warnings).toHaveLength(4);
    await kept.end();
    expect(warnings).toHaveLength(5);
  });

  it('tells the last amount, and is removed at the end', async () => {
    const kept = new KeptProgress(inDatabase);
    kept.note({ step, done: 1, total: 3 });
    kept.note({ step, done: 2, total: 3 });
    vi.advanceTimersByTime(1_000);
    await untilDone(2);
    expect(await shown()).toMatchObject({ step, done: 2, total: 3 });
    kept.note({ step, done: 3, total: 3 });
    await new Promise((resolve) => setImmediate(resolve));
    vi.advanceTimersByTime(1_000);
    await untilDone(3);
    await kept.end();
    expect(await shown()).toBeNull();
    expect(warnings).toEqual([]);
  });
});

describe('an activity', () => {
  const quiet = new DefaultLogger('ERROR');
  const run = <T>(
    work: (execution: Execution) => Promise<T>,
    shownWork: Parameters<typeof withHeartbeat>[1],
    environment = new MockActivityEnvironment({}, { logger: quiet }),
  ): Promise<T> => environment.run(() => withHeartbeat(work, shownWork));

  it('says how far it is in its heartbeats: at once at a new step, and then every five seconds', async () => {
    const beats: unknown[] = [];
    const environment = new MockActivityEnvironment({}, { logger: quiet });
    environment.on('heartbeat', (details: unknown) => beats.push(details));
    await run(
      async (execution) => {
        execution.step(step);
        for (let done = 1; done <= 7; done++) execution.step(step, { done, total: 9 });
        await seconds(5);
        execution.step('Listing job runs', { done: 500 });
      },
      undefined,
      environment,
    );
    expect(beats).toEqual([step, `${step} (7 of 9)`, 'Listing job runs (500)']);
  });

  it('succeeds if its progress cannot be stored', async () => {
    const done = await run(async (execution) => {
      execution.step(step, { done: 1, total: 2 });
      await seconds(1);
      return 'sent';
    }, inNone);
    expect(done).toBe('sent');
    expect(warnings).toEqual([notStored, 'The progress of work that is over was not removed.']);
  });

  it.each(['fails', 'is cancelled'])('leaves no progress if it %s', async (how) => {
    const environment = new MockActivityEnvironment({}, { logger: quiet });
    const working = run(
      async (execution) => {
        execution.step(step, { done: 1, total: 2 });
        vi.advanceTimersByTime(1_000);
        await untilDone(1);
        if (how === 'is cancelled') environment.cancel();
        execution.signal.throwIfAborted();
        throw new Error('The source is away.');
      },
      inDatabase,
      environment,
    );
    await expect(working).rejects.toThrow(
      how === 'fails' ? 'The source is away.' : 'The activity was cancelled.',
    );
    expect(await shown()).toBeNull();
  });
});
