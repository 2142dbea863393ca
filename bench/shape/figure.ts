/** What values are in. `times` is a ratio. Bytes are shown in multiples of 1,000. */
export type Unit = 'ms' | 'bytes' | 'count' | 'times';

/** What a figure is compared with: what it is, and its median in the figure's unit. */
export interface Compared {
  name: string;
  value: number;
}

/** One thing that was measured. */
export interface Figure {
  /** What is measured. Figures of one group and name that differ in `at` are a series. */
  name: string;
  /** The heading under which it stands with others of its bench; figures of a group share a plot. */
  group?: string;
  unit: Unit;
  /** The median of the rounds. */
  value: number;
  /** The least and the most of the rounds. */
  spread: readonly [least: number, most: number];
  rounds: number;
  /** The 95th percentile, where there are enough rounds for one. */
  percentile95?: number;
  /** Where in a series it stands: a number of something, such as 1,000 files. */
  at?: { of: string; value: number };
  /** What it cannot be less than: the same result without anything around it. */
  floor?: Compared;
  /** The same result by other means. */
  peers?: readonly Compared[];
  /** What the value should be at most. */
  target?: number;
  /** What else is to be said, such as the answers that were counted. */
  note?: string;
}

/** How many times the floor it is; `null` without a floor. */
export function timesFloor({ value, floor }: Figure): number | null {
  return floor === undefined || floor.value === 0 ? null : value / floor.value;
}

/** Whether the target is met; `null` without one. A value that is no number meets none. */
export function meetsTarget({ value, target }: Figure): boolean | null {
  return target === undefined ? null : Number.isFinite(value) && value <= target;
}
