import type { FailureCode } from '../streams/errors.ts';

/** How a path differs: Git does not have it, Git has something else, or only Git has it. */
export interface PathDifference {
  path: string;
  kind: 'missing' | 'different' | 'unexpected';
}

/** Whether Git equals the source. Paths are relative to the mirror's place. */
export interface Verification {
  /**
   * `unsettled`: changes were on their way while source and Git were read, so comparing the two says
   * nothing. `failed`: one of them could not be read, so there is no verdict.
   */
  outcome: 'identical' | 'different' | 'unsettled' | 'failed';
  /** Why it `failed`; `null` otherwise. */
  failure: { code: FailureCode; message: string } | null;
  /** ISO 8601 in UTC. */
  checkedAt: string;
  /** The tip that was compared; `null` if the branch does not exist. */
  commit: string | null;
  /** How many files the source makes. */
  files: number;
  /** How many paths differ. */
  differenceCount: number;
  /** The first of them, ordered by path. */
  differences: PathDifference[];
}

const DIFFERENCES_KEPT = 200;

/** The paths where the present tree (path → blob id) differs from the expected one. */
export function pathDifferences(
  expected: ReadonlyMap<string, { blobId: string }>,
  present: ReadonlyMap<string, string>,
): Pick<Verification, 'differenceCount' | 'differences'> {
  const differences: PathDifference[] = [];
  for (const [path, { blobId }] of expected) {
    const there = present.get(path);
    if (there !== blobId)
      differences.push({ path, kind: there === undefined ? 'missing' : 'different' });
  }
  for (const path of present.keys())
    if (!expected.has(path)) differences.push({ path, kind: 'unexpected' });
  differences.sort((a, b) => (a.path < b.path ? -1 : 1));
  return {
    differenceCount: differences.length,
    differences: differences.slice(0, DIFFERENCES_KEPT),
  };
}

/** A verification without a verdict, and why there is none. */
export function failedVerification(
  checkedAt: string,
  { code, message }: { code: FailureCode; message: string },
): Verification {
  return {
    outcome: 'failed',
    failure: { code, message },
    checkedAt,
    commit: null,
    files: 0,
    differenceCount: 0,
    differences: [],
  };
}
