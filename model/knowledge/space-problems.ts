/** Something in the repository that prevents a file from being used. */
export interface SpaceProblem {
  /** The kind of the file; `null` if it is a schema file or the rules. */
  kind: string | null;
  path: string;
  message: string;
}

/** The problems of a space: how many there are, and the first of them. A push may bring any number. */
export interface SpaceProblems {
  /** For each kind, how many there are; `''` for schema files and rules. */
  counts: Record<string, number>;
  first: SpaceProblem[];
}

/** How many problems are kept. */
const mostKept = 100;
/** How many characters of a path are kept. */
const longestShown = 200;

/** Collects problems while a branch is read. */
export class ProblemList {
  readonly #problems: SpaceProblems = { counts: {}, first: [] };

  add({ kind, path, message }: SpaceProblem): void {
    const { counts, first } = this.#problems;
    counts[kind ?? ''] = (counts[kind ?? ''] ?? 0) + 1;
    if (first.length < mostKept) first.push({ kind, path: shortened(path), message });
  }

  get problems(): SpaceProblems {
    return this.#problems;
  }
}

/** The problems of both. */
export function joinedProblems(one: SpaceProblems, other: SpaceProblems): SpaceProblems {
  return {
    counts: summed(one.counts, other.counts),
    first: [...one.first, ...other.first].slice(0, mostKept),
  };
}

function summed(one: Record<string, number>, other: Record<string, number>): typeof one {
  const kinds = new Set([...Object.keys(one), ...Object.keys(other)]);
  return Object.fromEntries(
    [...kinds].map((kind) => [kind, (one[kind] ?? 0) + (other[kind] ?? 0)]),
  );
}

/** Those of schema files and rules, or all others. */
export function problemsOf(
  { counts, first }: SpaceProblems,
  which: 'schemas' | 'files',
): SpaceProblems {
  const belongs = (kind: string | null) => ((kind ?? '') === '') === (which === 'schemas');
  return {
    counts: Object.fromEntries(Object.entries(counts).filter(([kind]) => belongs(kind))),
    first: first.filter(({ kind }) => belongs(kind)),
  };
}

/** What somebody may see who may only read these kinds (`null`: everything). */
export function problemsSeen(
  { counts, first }: SpaceProblems,
  kinds: readonly string[] | null,
): { count: number; first: { path: string; message: string }[] } {
  const sees = (kind: string | null) => kinds === null || (kind !== null && kinds.includes(kind));
  const seen = Object.entries(counts).filter(([kind]) => sees(kind === '' ? null : kind));
  return {
    count: seen.reduce((sum, [, count]) => sum + count, 0),
    first: first.filter(({ kind }) => sees(kind)).map(({ path, message }) => ({ path, message })),
  };
}

function shortened(path: string): string {
  const characters = Array.from(path.slice(0, 2 * longestShown));
  if (characters.length <= longestShown && path.length <= 2 * longestShown) return path;
  return `${characters.slice(0, longestShown - 1).join('')}…`;
}
