import { noValue, otherValues } from '../label-limits.ts';
import { amount, type Unit } from './amount.ts';

export const sectionNames = ['adoption', 'reliability', 'security', 'ai'] as const;

/** What one dashboard shows, read from the database. */
export interface HealthSection {
  name: (typeof sectionNames)[number];
  figures: HealthFigure[];
  breakdowns: Breakdown[];
  /** What is not shown, and why. */
  notKnown: { title: string; why: string }[];
}

/** A number, what it means, and whether it is as it should be. */
export interface HealthFigure {
  /** The metric that says the same, or for which it stands; `null`: none does. */
  metric: string | null;
  title: string;
  meaning: string;
  unit: Unit;
  /** `null`: there was nothing to tell it from. */
  value: number | null;
  /** The value as people write it. */
  text: string;
  target: Target | null;
  /** Whether the target is met; `null` without a target or a value. */
  isMet: boolean | null;
}

/** What a figure should be. */
export interface Target {
  is: 'at_least' | 'at_most';
  value: number;
  text: string;
}

/** A figure by what it is made of, the most first. */
export interface Breakdown {
  title: string;
  rows: { label: string; text: string }[];
}

/** The values of labels that stand for others. */
export const labelWords: Record<string, string> = {
  [noValue]: 'Not said',
  [otherValues]: 'All others',
};

/** What a figure is made of. */
export type GivenFigure = Omit<HealthFigure, 'target' | 'isMet' | 'text'> & {
  atLeast?: number;
  atMost?: number;
  /** What is said where there is no value. */
  none?: string;
};

/** A figure with its value in words, and judged by its target. */
export function figure({
  atLeast,
  atMost,
  none = 'Nothing yet',
  ...given
}: GivenFigure): HealthFigure {
  const { value, unit } = given;
  const target = targetOf(unit, atLeast, atMost);
  return {
    ...given,
    text: value === null ? none : amount(value, unit),
    target,
    isMet:
      target === null || value === null
        ? null
        : target.is === 'at_least'
          ? value >= target.value
          : value <= target.value,
  };
}

function targetOf(unit: Unit, atLeast?: number, atMost?: number): Target | null {
  const value = atLeast ?? atMost;
  if (value === undefined) return null;
  return { is: atLeast === undefined ? 'at_most' : 'at_least', value, text: amount(value, unit) };
}

/** A figure by what it is made of: rows with the same label are taken together. */
export function breakdown<Row>(
  title: string,
  rows: readonly Row[],
  of: { label: (row: Row) => string; value: (row: Row) => number; unit?: Unit },
): Breakdown {
  const values = new Map<string, number>();
  for (const row of rows)
    values.set(of.label(row), (values.get(of.label(row)) ?? 0) + of.value(row));
  return {
    title,
    rows: [...values]
      .sort(([one, few], [other, many]) => many - few || one.localeCompare(other))
      .map(([label, value]) => ({ label, text: amount(value, of.unit ?? 'count') })),
  };
}

/** The sum of what each item has. */
export function sum<Item>(items: readonly Item[], of: (item: Item) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}
