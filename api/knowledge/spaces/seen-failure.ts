import { holdCodes, type Hold } from '../../../model/knowledge/hold.ts';

const ownWords: ReadonlySet<string> = new Set(
  holdCodes.filter((code) => code !== ('file_refused' satisfies Hold['code'])),
);

interface Failure {
  code: string;
  message: string;
}

const untold = 'The reason is told to those who may read all kinds of the space.';

/**
 * A failure of a space or an operation for a caller who may read these kinds (`null`: all). The
 * words of a Git host, or our own, may name entries of any kind.
 */
export function failureSeen<T extends Failure>(failure: T, kinds: readonly string[] | null): T {
  return kinds === null ? failure : { ...failure, message: untold };
}

/**
 * Why an entry's saves are not sent, for a caller who may read it. What holds them is about this
 * entry, unless the words are those of the Git host; any other failure is about everything that waits in the space.
 */
export function entryFailureSeen<T extends Failure>(
  failure: T | null,
  kinds: readonly string[] | null,
): T | null {
  if (failure === null || ownWords.has(failure.code)) return failure;
  return failureSeen(failure, kinds);
}
