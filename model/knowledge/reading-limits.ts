/** How much of a space's repository is read. What is beyond a limit holds the space: see `FailureCode`. */
export interface ReadingLimits {
  /** Files of a space that can be entries. */
  files: number;
  /** Bytes of these files together, each as often as there are paths with its content. */
  text: number;
  /** Milliseconds for reading a branch and storing what was read. The next attempt continues. */
  time: number;
}

/** The defaults: see the table in the README. */
export const defaultReadingLimits: ReadingLimits = {
  files: 50_000,
  text: 256 * 1024 ** 2,
  time: 30 * 60_000,
};
