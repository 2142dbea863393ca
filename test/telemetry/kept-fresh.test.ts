import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { KeptFresh } from '../../telemetry/metrics/kept-fresh.ts';

/** Something whose readings end when the test says so. */
function reading(options: { every?: number; patience?: number } = {}) {
  const ends: { succeed: () => void; fail: (error: Error) => void }[] = [];
  const problems: unknown[] = [];
  const fresh = new KeptFresh(
    () => new Promise((succeed, fail) => void ends.push({ succeed, fail })),
    { every: 0, patience: 20, ...options, onProblem: (error) => void problems.push(error) },
  );
  return { fresh, ends, problems };
}

test('however many ask, there is one reading', async () => {
  const { fresh, ends } = reading({ patience: 5_000 });
  const asked = Array.from({ length: 50 }, () => fresh.keep());
  await sleep(5);
  expect(ends).toHaveLength(1);
  ends[0]?.succeed();
  expect(new Set((await Promise.all(asked)).map(({ up }) => up))).toEqual(new Set([true]));
});

test('nobody reads again before it is time', async () => {
  const { fresh, ends } = reading({ every: 100, patience: 5_000 });
  const first = fresh.keep();
  ends[0]?.succeed();
  await first;
  await fresh.keep();
  expect(ends).toHaveLength(1);
  await sleep(110);
  const second = fresh.keep();
  expect(ends).toHaveLength(2);
  ends[1]?.succeed();
  expect((await second).up).toBe(true);
});

test('whoever asks waits for a bounded time, and is told how old the last reading is', async () => {
  const { fresh, ends } = reading();
  const first = fresh.keep();
  ends[0]?.succeed();
  expect(await first).toMatchObject({ up: true });
  await sleep(10);
  const second = await fresh.keep();
  expect(second.up).toBe(false);
  expect(second.age).toBeGreaterThan(25);
  // The reading that took too long goes on, and counts when it is there.
  ends[1]?.succeed();
  await sleep(1);
  const third = fresh.keep();
  ends[2]?.succeed();
  expect(await third).toMatchObject({ up: true });
});

test('a failure is told once, and what was read before keeps its age', async () => {
  const { fresh, ends, problems } = reading();
  for (const at of [0, 1]) {
    const never = fresh.keep();
    ends[at]?.fail(new Error('away'));
    expect(await never).toEqual({ up: false, age: Infinity });
  }
  const back = fresh.keep();
  ends[2]?.succeed();
  await back;
  for (const at of [3, 4]) {
    const failing = fresh.keep();
    ends[at]?.fail(new Error(`away ${at}`));
    const { up, age } = await failing;
    expect([up, age < Infinity]).toEqual([false, true]);
  }
  expect(problems.map(String)).toEqual(['Error: away', 'Error: away 3']);
});
