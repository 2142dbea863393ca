import type { TreeDifference } from './difference.ts';

/** How a path differs: Git lacks it, Git has something else, or Git has it and the source does not. */
export interface PathDifference {
  path: string;
  kind: 'missing' | 'different' | 'unexpected';
}

/** Whether Git equals the source. Paths are relative to the mirror's place. */
export interface Verification {
  /**
   * `unsettled`: changes were on their way while source and Git were read, so that neither says
   * anything of the other.
   */
  outcome: 'identical' | 'different' | 'unsettled';
  /** ISO 8601 in UTC. */
  checkedAt: string;
  /** The tip that was compared; `null` where there is no such branch. */
  commit: string | null;
  /** How many files the source makes. */
  files: number;
  /** How many paths differ. */
  differenceCount: number;
  /** The first of them, in the order of paths. */
  differences: PathDifference[];
}

const DIFFERENCES_KEPT = 200;

/** The paths that differ, from what would have to be written and removed. */
export function pathDifferences(
  { written, removed }: TreeDifference,
  present: ReadonlyMap<string, string>,
): Pick<Verification, 'differenceCount' | 'differences'> {
  const differences: PathDifference[] = [
    ...written.map(({ path }) => ({
      path,
      kind: present.has(path) ? ('different' as const) : ('missing' as const),
    })),
    ...removed.map((path) => ({ path, kind: 'unexpected' as const })),
  ];
  differences.sort((a, b) => (a.path < b.path ? -1 : 1));
  return {
    differenceCount: differences.length,
    differences: differences.slice(0, DIFFERENCES_KEPT),
  };
}
