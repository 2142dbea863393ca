import type { Db } from '../../../db/connect.ts';
import { listCommitsOfSaves } from '../../../db/knowledge/lost-saves.ts';
import { listEntriesOfBatches } from '../../../db/knowledge/save-marks.ts';
import { listLastChanges } from '../../../db/knowledge/history/space-commits.ts';
import type { Space } from '../../../db/knowledge/spaces.ts';
import { readFingerprintKey } from '../../../db/streams/installation.ts';
import type { Clone } from '../../../git/clones/clone-types.ts';
import { kindsOf } from '../../../knowledge/kinds/kinds.ts';
import { pathKey } from '../../../model/text/path-key.ts';
import { guardSettings } from '../../../model/text/secrets-in-text.ts';
import { TextGuard } from '../../../secrets/text-guard.ts';
import type { ActivityDependencies } from '../../streams/dependencies.ts';
import type { Execution } from '../../streams/execution.ts';
import { turnTaker } from '../../streams/taking-turns.ts';
import { readLine } from './history/history-start.ts';
import { indexHistory } from './history/index-history.ts';
import { matchFiles } from './match-files.ts';
import { findOwnCommits, type OwnCommits } from './own-commits.ts';
import { DeclaredIds } from './declared-ids.ts';
import { EntryContents } from './entry-contents.ts';
import { measureFiles } from './measure-files.ts';
import { readPassedTexts } from './passed-texts.ts';
import { readBranch } from './read-branch.ts';
import { requireExpected } from './require-expected.ts';
import { RebaseMemo } from './rebase-memo.ts';
import type { PreparedReading } from './take-over.ts';

/** Milliseconds. A save makes about ten queries, and each of them may have to wait until our turn ends. */
const shortTurn = 5;

/** What {@link prepareReading} needs. */
export interface PrepareReadingInput {
  row: Space;
  clone: Clone;
  /** The commit that is read. */
  sha: string;
  /** Whether our last commit is no longer in the branch, and a person approved that. */
  lost: boolean;
  execution: Execution;
}

/**
 * Reads everything that a reading needs from Git, indexes the history, and finds out which file belongs to which entry.
 * This may take long, and is done without the space's lock.
 */
export async function prepareReading(
  deps: ActivityDependencies,
  { row, clone, sha, lost, execution }: PrepareReadingInput,
): Promise<PreparedReading> {
  const { db } = deps;
  const pause = turnTaker(execution, shortTurn);
  const ids = new DeclaredIds(clone, pause);
  execution.step('reading the branch');
  const branch = await readBranch(deps, { row, clone, sha });
  const sizes = await measureFiles(deps, { row, clone, pause }, branch);
  execution.step('indexing the history');
  const line = await readLine(clone, sha, [row.syncedSha]);
  const kinds = kindsOf(branch.ownKinds);
  const { takenPosition, position } = await indexHistory(db, {
    row,
    kinds,
    clone,
    line,
    to: sha,
    ids,
    limits: deps.readingLimits,
    pause,
  });
  const own = await findOwnCommits(db, row.id, newOf(line, row.syncedSha));
  const changes = await matchFiles(db, { row, reading: branch, sizes, ids });
  await requireExpected(db, row, changes);
  const changed = new Set(changes.map(({ id }) => id));
  const saved = await listEntriesOfBatches(db, row.id, [...own.commitOf.keys()]);
  const savedOnly = saved.filter((id) => !changed.has(id));
  const { lostCommits, kept } = lost ? await findLost(db, row, clone, sha) : nothingLost;
  const lastChanges = await listLastChanges(db, row.id, takenPosition);
  const written = new Set([...changed, ...savedOnly]);
  const contents = new EntryContents(clone, pause);
  const passed = { spaceId: row.id, after: takenPosition, kinds, contents };
  return {
    row,
    space: {
      sha,
      kinds: branch.ownKinds,
      problems: branch.problems,
      ...branch.held,
      ...branch.rules,
      deliveredSha: lost ? (own.newest ?? kept[0] ?? null) : deliveredSha(row, line, own),
    },
    lostCommits,
    everything: branch.everything,
    changes,
    savedOnly,
    touchedOnly: new Map([...lastChanges].filter(([id]) => !written.has(id))),
    position,
    context: {
      spaceId: row.id,
      root: row.root,
      kinds,
      own,
      lastChanges,
      fileKeys: new Set(
        changes.flatMap(({ path, file }) => (file === null ? [] : [pathKey(path)])),
      ),
      contents,
      passed: await readPassedTexts(db, passed),
      guard: new TextGuard(guardSettings(row.rules), await readFingerprintKey(db, deps.sealer)),
      memo: new RebaseMemo(),
      mergeTexts: deps.texts.merge,
    },
    pause,
  };
}

const nothingLost = { lostCommits: [] as string[], kept: [] as string[] };

/** The commits in which saves were delivered: those that the branch no longer has, and those that it kept, newest first. */
async function findLost(
  db: Db,
  { id }: Pick<Space, 'id'>,
  clone: Clone,
  sha: string,
): Promise<typeof nothingLost> {
  const commits = await listCommitsOfSaves(db, id);
  const missing = await clone.missingFrom(sha, commits);
  return {
    lostCommits: commits.filter((commit) => missing.has(commit)),
    kept: commits.filter((commit) => !missing.has(commit)),
  };
}

/** The commits of a line that are newer than the synced one; all of them if that is not on the line. */
function newOf(line: readonly string[], synced: string | null): readonly string[] {
  const at = synced === null ? -1 : line.indexOf(synced);
  return at === -1 ? line : line.slice(0, at);
}

/** Our newest commit on the branch. A known one that is in the branch but not on its first-parent line is kept. */
function deliveredSha(
  { syncedSha, deliveredSha: before }: Space,
  line: readonly string[],
  { newest }: OwnCommits,
): string | null {
  const goesOn = syncedSha !== null && line.includes(syncedSha);
  return before !== null && !goesOn ? before : (newest ?? before);
}
