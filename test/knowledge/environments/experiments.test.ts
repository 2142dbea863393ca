import { describe, expect, it, test } from 'vitest';
import { chooseArm, readExperiments, type Experiment } from '../../../knowledge/environments/experiments.ts'; // prettier-ignore
import type { JsonValue } from '../../../model/knowledge/entry.ts';

const keys = Array.from({ length: 10_000 }, (_, number) => `conversation-${number}`);
const where = { space: 'sales', environment: 'production', prompt: 'first-call' };

function experiment(weights: Record<string, number>): Experiment {
  const arms = Object.entries(weights).map(([name, weight]) => ({ name, weight, commit: null, variant: null })); // prettier-ignore
  return { arms };
}

function choices(weights: Record<string, number>, place = where): string[] {
  const of = experiment(weights);
  return keys.map((key) => chooseArm(of, { ...place, key })?.name ?? '');
}

function counts(chosen: readonly string[]): Record<string, number> {
  const found: Record<string, number> = {};
  for (const name of chosen) found[name] = (found[name] ?? 0) + 1;
  return found;
}

describe('10,000 sticky choices', () => {
  it.each([
    { a: 50, b: 50 },
    { a: 90, b: 10 },
    { a: 1, b: 2, c: 7 },
    { a: 0.01, b: 0.99 },
    { a: 1, b: 0 },
  ])('match the weights %j', (weights) => {
    const found = counts(choices(weights));
    const sum = Object.values(weights).reduce((one, other) => one + other, 0);
    for (const [name, weight] of Object.entries(weights)) {
      const share = weight / sum;
      // Four standard deviations of a fair choice.
      const off = 4 * Math.sqrt(keys.length * share * (1 - share));
      expect(Math.abs((found[name] ?? 0) - keys.length * share)).toBeLessThanOrEqual(off);
    }
  });

  it('are the same each time, and on each machine', () => {
    expect(choices({ a: 1, b: 1 })).toEqual(choices({ a: 1, b: 1 }));
    expect(choices({ a: 1, b: 1 })).toEqual(choices({ b: 1, a: 1 }));
    expect(choices({ a: 1, b: 1 }).slice(0, 12).join('')).toBe('baaaaaababaa');
  });

  it('are independent in each space, environment and prompt', () => {
    const here = choices({ a: 1, b: 1 });
    for (const other of [{ space: 'x' }, { environment: 'x' }, { prompt: 'x' }]) {
      const there = choices({ a: 1, b: 1 }, { ...where, ...other });
      const same = here.filter((name, index) => name === there[index]).length;
      expect(Math.abs(same - 5_000)).toBeLessThan(200);
    }
  });

  it('move as little as they can when weights change', () => {
    const before = choices({ a: 50, b: 50 });
    const after = choices({ a: 40, b: 60 });
    const moved = before.filter((name, index) => name !== after[index]);
    expect(new Set(moved)).toEqual(new Set(['a']));
    expect(Math.abs(moved.length - 1_000)).toBeLessThan(150);
    const third = choices({ a: 50, b: 50, c: 25 });
    expect(before.filter((name, at) => third[at] !== 'c' && name !== third[at])).toEqual([]);
  });
});

describe('an experiment in a file', () => {
  const read = (value: JsonValue) => {
    const faults: string[] = [];
    const experiments = readExperiments(value, (path, message) => {
      faults.push(`${path.join('/')} ${message}`);
      return null;
    });
    return { experiments, faults };
  };

  it('has arms with a commit or a variant', () => {
    const { experiments, faults } = read({
      'first-call': { arms: [{ name: 'now' }, { name: 'b', commit: 'A'.repeat(40), weight: 3 }] },
    });
    expect(faults).toEqual([]);
    expect(experiments.get('first-call')).toEqual({
      arms: [
        { name: 'now', commit: null, variant: null, weight: 1 },
        { name: 'b', commit: 'a'.repeat(40), variant: null, weight: 3 },
      ],
    });
  });

  test.each([
    ['x', 'experiments must be a map of prompts'],
    [{ p: null }, 'experiments/p must have "arms", a list of 1 to 20'],
    [{ p: { arms: [] } }, 'experiments/p must have "arms", a list of 1 to 20'],
    [{ p: { arms: ['a'] } }, 'experiments/p has an arm that is no map'],
    [
      { p: { arms: [{ weight: 1 }] } },
      'experiments/p has an arm without a name of at most 100 characters',
    ],
    [{ p: { arms: [{ name: 'a' }, { name: 'a' }] } }, 'experiments/p has two arms with one name'],
    [{ p: { arms: [{ name: 'a', weight: 0 }] } }, 'experiments/p has no arm with a weight above 0'],
    [
      { p: { arms: [{ name: 'a', weight: -1 }] } },
      'experiments/p has an arm "a" whose weight is no number from 0 to 1,000,000',
    ],
    [
      { p: { arms: [{ name: 'a', commit: 'main' }] } },
      'experiments/p has an arm "a" whose commit is no commit: 40 hex digits',
    ],
    [
      { p: { arms: [{ name: 'a', variant: 3 }] } },
      'experiments/p has an arm "a" whose variant is no text',
    ],
  ] as [JsonValue, string][])('%j is wrong', (value, fault) => {
    const { experiments, faults } = read(value);
    expect(faults).toEqual([fault]);
    expect(experiments.size).toBe(0);
  });
});
