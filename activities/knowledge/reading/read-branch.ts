import { hasOtherSpellings } from '../../../db/knowledge/entry-paths.ts';
import { listGitFiles } from '../../../db/knowledge/entry-writes.ts';
import type { Space } from '../../../db/knowledge/spaces.ts';
import type { Clone, PathChange } from '../../../git/clones/clone-types.ts';
import { clashingPaths } from '../../../knowledge/entries/clashing-paths.ts';
import { kindsOf } from '../../../knowledge/kinds/kinds.ts';
import type { Kind } from '../../../model/knowledge/entry.ts';
import {
  joinedProblems,
  ProblemList,
  problemsOf,
} from '../../../model/knowledge/space-problems.ts';
import type { SpaceProblems } from '../../../model/knowledge/space-problems.ts';
import type { ActivityDependencies } from '../../streams/dependencies.ts';
import { FilePaths, filesWanted } from './file-paths.ts';
import { hasAcceptedRules, isRulesChange, readOwnRules, type OwnRules } from './own-rules.ts';
import { isSchemaChange, readOwnKinds, type OwnKinds } from './own-kinds.ts';

/** A file of an entry on the branch. */
export interface FoundFile {
  path: string;
  kind: Kind;
  blobId: string;
}

/** How the branch differs from what the database knows. */
export interface BranchReading {
  sha: string;
  /** The kinds that the repository adds. */
  ownKinds: Kind[];
  problems: SpaceProblems;
  /** What of the schema files needs an admin's word. */
  held: Pick<OwnKinds, 'heldKinds' | 'acceptedKinds'>;
  /** The rules of review from the repository. */
  rules: OwnRules;
  found: FoundFile[];
  /** Paths of entries that no longer exist. */
  removed: string[];
  /** Whether `found` also contains unchanged files, because they had been read with other rules. */
  everything: boolean;
}

/** What {@link readBranch} needs. */
export interface ReadBranchInput {
  row: Space;
  clone: Clone;
  /** The commit that is read. */
  sha: string;
}

type Deps = Pick<ActivityDependencies, 'db' | 'readingLimits'>;

/**
 * Reads what a commit has that the database does not know about: the differences from the commit that was read last or,
 * if those are not enough (the first time, a rewritten branch, changed schemas or rules, a reading that was only partly taken
 * over, or on request), everything. Reads no contents. Throws `StreamFailure` (`too_many_files`) if there are more
 * files than the limits allow.
 */
export async function readBranch(deps: Deps, input: ReadBranchInput): Promise<BranchReading> {
  const { row, sha } = input;
  const step = await ordinaryStep(deps, input);
  if (step !== null)
    return {
      sha,
      ownKinds: row.kinds,
      problems: step.badPaths ? await pathProblemsAnew(deps, input) : row.problems,
      held: { heldKinds: row.heldKinds, acceptedKinds: null },
      rules: { reviewRules: row.reviewRules, heldRules: row.heldRules, acceptedRules: null },
      ...sorted(step.changes, step.paths),
      everything: false,
    };
  const own = await readOwnKinds(deps, input);
  const everything = row.rereadWanted || JSON.stringify(own.kinds) !== JSON.stringify(row.kinds);
  const kinds = kindsOf(own.kinds);
  const { problems: ofRules, ...rules } = await readOwnRules(deps, input, kinds);
  const paths = new FilePaths(row.root, kinds);
  const there = await listFiles(deps, input, paths);
  return {
    sha,
    ownKinds: own.kinds,
    problems: joinedProblems(joinedProblems(own.problems, ofRules), there.problems),
    rules,
    held: { heldKinds: own.heldKinds, acceptedKinds: own.acceptedKinds },
    ...sorted(await unknownOf(deps, row, there.files, everything), paths),
    everything,
  };
}

/** The differences from the commit read last; `null` if they are not enough or that commit no longer exists. */
async function ordinaryStep(
  { db, readingLimits }: Deps,
  { row, clone, sha }: ReadBranchInput,
): Promise<{ changes: PathChange[]; paths: FilePaths; badPaths: boolean } | null> {
  const { syncedSha: synced, rereadWanted: reread, partlyRead } = row;
  if (
    synced === null ||
    reread ||
    partlyRead ||
    hasAcceptedRules(row) ||
    !(await clone.has(synced))
  )
    return null;
  const paths = new FilePaths(row.root, kindsOf(row.kinds));
  const seen = { settings: false, badPaths: false };
  const filter = filesWanted(readingLimits, (path) => {
    if (paths.kindOf(path) !== null) return true;
    seen.settings ||= isSchemaChange(row.root, path) || isRulesChange(row.root, path);
    seen.badPaths ||= paths.wouldBe(path) !== null;
    return false;
  });
  const changes = await clone.changes(synced, sha, row.root, filter);
  if (seen.settings) return null;
  const badPaths = seen.badPaths || (await areClashing(db, row.id, changes));
  return { changes, paths, badPaths };
}

/** Whether changed files are in each other's way on some systems, or in that of others: or were, until they were removed. */
async function areClashing(
  db: Deps['db'],
  spaceId: string,
  changes: readonly PathChange[],
): Promise<boolean> {
  const changed = changes.map(({ path }) => path);
  return clashingPaths(changed).length > 0 || hasOtherSpellings(db, spaceId, changed);
}

/** All files that can be entries, and the problems with their paths, and with those that cannot. */
async function listFiles(
  { readingLimits }: Deps,
  { row, clone, sha }: ReadBranchInput,
  paths: FilePaths,
): Promise<{ files: PathChange[]; problems: SpaceProblems }> {
  const list = new ProblemList();
  const filter = filesWanted(readingLimits, (path) => {
    if (paths.kindOf(path) !== null) return true;
    const kind = paths.wouldBe(path);
    if (kind !== null)
      list.add({ kind: kind.name, path, message: 'The path is too long, or not UTF-8.' });
    return false;
  });
  const files = await clone.changes(null, sha, row.root, filter);
  for (const { path, message } of clashingPaths(files.map((file) => file.path)))
    list.add({ kind: paths.kindOf(path)?.name ?? null, path, message });
  return { files, problems: list.problems };
}

/** Only the first problems are known by their paths, so those of a change cannot be told from the others. */
async function pathProblemsAnew(deps: Deps, input: ReadBranchInput): Promise<SpaceProblems> {
  const { row } = input;
  const there = await listFiles(deps, input, new FilePaths(row.root, kindsOf(row.kinds)));
  return joinedProblems(problemsOf(row.problems, 'schemas'), there.problems);
}

/** How the files that are there differ from those in the database; with `everything`, all of them do. */
async function unknownOf(
  { db }: Deps,
  row: Space,
  there: readonly PathChange[],
  everything: boolean,
): Promise<PathChange[]> {
  const known = await listGitFiles(db, row.id);
  const paths = new Set(there.map(({ path }) => path));
  return [
    ...there.filter(({ path, blobId }) => everything || known.get(path) !== blobId),
    ...[...known.keys()].filter((path) => !paths.has(path)).map((path) => ({ path, blobId: null })),
  ];
}

function sorted(
  changes: readonly PathChange[],
  paths: FilePaths,
): Pick<BranchReading, 'found' | 'removed'> {
  const found: FoundFile[] = [];
  const removed: string[] = [];
  for (const { path, blobId } of changes) {
    const kind = paths.kindOf(path);
    if (blobId === null || kind === null) removed.push(path);
    else found.push({ path, kind, blobId });
  }
  return { found, removed };
}
