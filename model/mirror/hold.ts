import { listed, type Listed } from '../streams/listed.ts';

/** What approving would do to the files in a mirror's folders; paths are below its place. */
export interface ApprovalEffect {
  /** Files of the last commit that are missing now and would be written again. */
  adds: Listed<string>;
  /** Files that somebody changed since, whose contents would be lost. */
  replaces: Listed<string>;
  /** Files that the mirror did not write. */
  removes: Listed<string>;
  /** Files that are there before the mirror has written any: only a preview says which stay as they are. */
  unjudged: Listed<string>;
}

/**
 * Compares what a mirror last wrote (`null`: nothing yet) with what is in its folders; both are path → blob id. After an
 * approval, its folders match the platform exactly. `above`: what stands where a folder above them has to be.
 */
export function approvalEffect(
  written: ReadonlyMap<string, string> | null,
  present: ReadonlyMap<string, string>,
  above: readonly string[] = [],
): ApprovalEffect {
  const there = [...present.keys()].sort();
  if (written === null)
    return {
      adds: listed([]),
      replaces: listed(above),
      removes: listed([]),
      unjudged: listed(there),
    };
  const isOther = (path: string) => written.has(path) && written.get(path) !== present.get(path);
  return {
    adds: listed([...written.keys()].filter((path) => !present.has(path)).sort()),
    replaces: listed([...above, ...there.filter(isOther)]),
    removes: listed(there.filter((path) => !written.has(path))),
    unjudged: listed([]),
  };
}

/** Commits of a line, newest first, and whether there are more. */
export interface NewestCommits {
  shas: string[];
  hasMore: boolean;
}

/**
 * The newest commits of a line (newest first) that came after the newest one of ours, at most `most`. `isWhole` says
 * whether the line was read to its root.
 */
export function commitsSinceOurs(
  line: readonly string[],
  ours: { has(sha: string): boolean },
  { most, isWhole }: { most: number; isWhole: boolean },
): NewestCommits {
  const newestOfOurs = line.findIndex((sha) => ours.has(sha));
  const since = newestOfOurs === -1 ? line : line.slice(0, newestOfOurs);
  const isCut = newestOfOurs === -1 && !isWhole;
  return { shas: since.slice(0, most), hasMore: since.length > most || isCut };
}
