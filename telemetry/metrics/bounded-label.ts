import { otherValues } from '../../model/telemetry/label-limits.ts';

/** The longest value of a label; ids and hosts are shorter. */
const longest = 128;

/** A value of a label, from wherever it comes. */
export function labelValue(text: string): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 1)}…`;
}

/** A label of which a process tells a limited number of values apart, since each is a series. */
export class BoundedLabel {
  readonly #most: number;
  #values = new Set<string>();

  /** `most` is the number of values; `null`: all. */
  constructor(most: number | null) {
    this.#most = most ?? Infinity;
  }

  /** The value to count under: this one, as long as there is room. */
  of(value: string): string {
    if (this.#values.has(value)) return labelValue(value);
    if (this.#values.size >= this.#most) return otherValues;
    this.#values.add(value);
    return labelValue(value);
  }

  /**
   * Tells these values apart from now on, and others only as long as there is room. Returns those that no longer have
   * any: their series are to be dropped, which looks to Prometheus like a process that has ended.
   */
  prefer(values: readonly string[]): ReadonlySet<string> {
    const before = this.#values;
    this.#values = new Set(values);
    for (const value of before) this.of(value);
    return new Set([...before].filter((value) => !this.#values.has(value)).map(labelValue));
  }
}
