import type { Figure, Unit } from '../shape/figure.ts';

/** What rounds say of a figure. */
export type Measured = Pick<Figure, 'value' | 'spread' | 'rounds' | 'percentile95'>;

/** Fewer rounds than this have no 95th percentile: it would be the most of them. */
const roundsForPercentile = 20;

/** The middle one, or between the two in the middle. `NaN` of nothing. */
export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? Number.NaN;
  return Number.isInteger(middle) ? ((sorted[middle - 1] ?? Number.NaN) + upper) / 2 : upper;
}

/** The median of rounds, between what they were, and their 95th percentile if they are many. Throws if there was none. */
export function measured(rounds: readonly number[]): Measured {
  if (rounds.length === 0) throw new Error('Nothing was measured.');
  const sorted = rounds.toSorted((a, b) => a - b);
  const of = {
    value: median(sorted),
    spread: [sorted[0] ?? Number.NaN, sorted.at(-1) ?? Number.NaN] as const,
    rounds: sorted.length,
  };
  if (sorted.length < roundsForPercentile) return of;
  return { ...of, percentile95: sorted[Math.ceil(sorted.length * 0.95) - 1] ?? Number.NaN };
}

/** A figure of rounds. */
export function figure(
  name: string,
  unit: Unit,
  rounds: readonly number[],
  more: Partial<Figure> = {},
): Figure {
  return { name, unit, ...measured(rounds), ...more };
}

/** How long it takes, in milliseconds. */
export async function timed(work: () => unknown): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

/** How long each of so many rounds takes, in milliseconds. */
export async function timedRounds(
  rounds: number,
  work: (round: number) => unknown,
): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) times.push(await timed(() => work(round)));
  return times;
}

/**
 * What each contender returns in so many rounds, in which they take turns: a noisy machine is noisy for all of them. Another one begins each
 * round. Rounds that warm up come before, as round 0 and below: they fill caches, and do not count.
 */
export async function takeTurns<N extends string, T>(
  contenders: Record<N, (round: number) => Promise<T>>,
  { rounds, warmUps = 1 }: { rounds: number; warmUps?: number },
): Promise<Record<N, T[]>> {
  const names = Object.keys(contenders) as N[];
  const results = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<N, T[]>;
  for (let round = 1 - warmUps; round <= rounds; round += 1)
    for (const index of names.keys()) {
      const name = names[(index + round + warmUps) % names.length]!;
      const result = await contenders[name](round);
      if (round > 0) results[name].push(result);
    }
  return results;
}
