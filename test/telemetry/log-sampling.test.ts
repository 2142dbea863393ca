import { describe, expect, it, test } from 'vitest';
import { isSampled, LogSampling, sampleRate } from '../../telemetry/log-sampling.ts';

describe('of how many successes the log tells one', () => {
  test.each([
    ['as set, while nothing waits', 10, 0, 10],
    ['as set, while 200 changes wait', 10, 200, 10],
    ['of twice as many, if more wait', 10, 201, 20],
    ['of twice as many, while 400 wait', 10, 400, 20],
    ['of four times as many, if more wait', 10, 401, 40],
    ['of 32 times as many, if 6,400 wait', 10, 6_400, 320],
    ['of 512 times as many, if 100,000 wait', 10, 100_000, 5_120],
    ['not of more than that', 10, 1_000_000_000, 5_120],
    ['of all, whatever waits, if that is set', 1, 1_000_000, 1],
  ])('%s', (_what, oneIn, backlog, rate) => {
    expect(sampleRate(oneIn, backlog)).toBe(rate);
  });

  it('so that, counted by their rates, the lines stand for all', () => {
    const keys = Array.from({ length: 20_000 }, (_, index) => `1-2-a-${index}`);
    for (const rate of [1, 10, 320]) {
      const told = keys.filter((key) => isSampled(key, rate)).length * rate;
      expect(Math.abs(told / keys.length - 1)).toBeLessThan(rate === 320 ? 0.5 : 0.1);
    }
  });

  it('what is told at a rate is told at each lower one, too', () => {
    const keys = Array.from({ length: 5_000 }, (_, index) => `change ${index}`);
    const at = (rate: number) => keys.filter((key) => isSampled(key, rate));
    expect(at(20).length).toBeGreaterThan(0);
    expect(at(10)).toEqual(expect.arrayContaining(at(20)));
    expect(at(1)).toEqual(keys);
  });
});

describe('the sampling of a process', () => {
  it('follows the backlog, which is not counted more often because more is logged', async () => {
    let counted = 0;
    const sampling = new LogSampling(10, () => {
      counted += 1;
      return Promise.resolve(800);
    });
    sampling.decide('first');
    await Promise.resolve();
    const rates = Array.from({ length: 1_000 }, (_, index) => sampling.decide(`${index}`));
    expect(new Set(rates)).toEqual(new Set([null, 40]));
    expect(counted).toBe(1);
  });

  it('stays as it is while the database does not answer', async () => {
    const sampling = new LogSampling(2, () => Promise.reject(new Error('away')));
    sampling.decide('first');
    await Promise.resolve();
    const rates = Array.from({ length: 100 }, (_, index) => sampling.decide(`${index}`));
    expect(new Set(rates)).toEqual(new Set([null, 2]));
  });

  it('counts nothing if everything is told', () => {
    const sampling = new LogSampling(1, () => Promise.reject(new Error('counted')));
    expect(sampling.decide('any')).toBe(1);
  });
});
