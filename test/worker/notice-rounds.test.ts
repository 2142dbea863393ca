import { expect, test, vi } from 'vitest';
import { startNoticeRounds } from '../../worker/notice-rounds.ts';

test('rounds go on after one that failed, which is logged once for each reason, and end when they are stopped', async () => {
  let rounds = 0;
  const logged: string[] = [];
  const running = startNoticeRounds({
    round: () => {
      rounds += 1;
      return rounds <= 3 ? Promise.reject(new Error('away')) : Promise.resolve();
    },
    logger: { warn: ((_data: object, message: string) => void logged.push(message)) as never },
    interval: 1,
  });
  await vi.waitFor(() => expect(rounds).toBeGreaterThan(4), { timeout: 30_000 });
  await running.stop();
  const before = rounds;
  await running.stop();
  expect(rounds).toBe(before);
  expect(logged).toHaveLength(1);
});
