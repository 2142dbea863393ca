import { texts } from '../../../texts/index.ts';
import type { Score } from './score-queries.ts';

const { prompts: words } = texts;
const plain = new Intl.NumberFormat('en', { maximumFractionDigits: 3 });

/** What the scores of a version say, in words: the average of numbers, and how often each label was given. */
export function scoreWords({ mean, deviation, min, max, labels, count }: Score): string {
  const said = Object.entries(labels)
    .sort(([, one], [, other]) => other - one)
    .map(([label, times]) => `${label} ${plain.format(times)}×`);
  if (mean === null) return said.join(', ');
  const spread =
    count > 1 && deviation !== null ? ` ${words.deviation(plain.format(deviation))}` : '';
  const range =
    min !== null && max !== null && min !== max
      ? `, ${words.range(plain.format(min), plain.format(max))}`
      : '';
  return [`${words.mean(plain.format(mean))}${spread}${range}`, ...said].join(', ');
}

/** The share of each arm of an experiment, in percent; those of all arms together are 100. */
export function sharesOf(arms: readonly { weight: number }[]): number[] {
  const all = arms.reduce((sum, { weight }) => sum + weight, 0);
  return arms.map(({ weight }) => (all === 0 ? 0 : (weight / all) * 100));
}

/** The scores that were given in an environment for one of the arms of its experiment. */
export function scoresOfArm(scores: readonly Score[], environment: string, arm: string): Score[] {
  return scores.filter((one) => one.environment === environment && one.arm === arm);
}
