/** The long work on a stream whose progress is shown; a stream may do each at most once at a time. */
export type LongWork = 'window' | 'delivery' | 'verification';

/** How much of a step is done; without `total` if nobody knows yet how much there is. */
export interface Amount {
  done: number;
  total?: number;
}

/** The current step of long work in plain words, and how much of it is done: `null` if that is not known. */
export interface Progress {
  step: string;
  done: number | null;
  total: number | null;
}

/** A step and its amount as one line, such as `Reading the project (1240 of 10000)`. */
export function progressLine({ step, done, total }: Progress): string {
  if (done === null) return step;
  return total === null ? `${step} (${done})` : `${step} (${done} of ${total})`;
}
