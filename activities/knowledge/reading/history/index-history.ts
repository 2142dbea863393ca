import type { Db } from '../../../../db/connect.ts';
import { listGitEntries } from '../../../../db/knowledge/entry-writes.ts';
import { listViasOfBatches } from '../../../../db/knowledge/save-marks.ts';
import {
  insertCommits,
  listFilesAtEndOfLine,
  type IndexedCommit,
  type IndexedVersion,
} from '../../../../db/knowledge/history/space-commits.ts';
import {
  lockHistoryAt,
  noteHistory,
  type SpaceHistory,
} from '../../../../db/knowledge/history/space-histories.ts';
import type { Space } from '../../../../db/knowledge/spaces.ts';
import { findPushed } from '../../../../db/streams/pushed-commits.ts';
import type { Clone, LoggedCommit } from '../../../../git/clones/clone-types.ts';
import type { Via } from '../../../../model/knowledge/entry.ts';
import { spaceStream } from '../../../../model/knowledge/ids.ts';
import { mostInHistory, tooManyFilesAt } from '../file-paths.ts';
import { startHistory } from './history-start.ts';
import { HistoryStep, type HistoryStepInput } from './history-step.ts';

/** What {@link indexHistory} needs. */
export interface IndexHistoryInput extends HistoryStepInput {
  row: Space;
  /** The first-parent line of the commit that is read, newest first. */
  line: readonly string[];
  /** The commit up to which the branch is read. */
  to: string;
}

/** Commits that are processed together: their blobs are read at once, and they are stored in one transaction. */
const COMMITS_AT_ONCE = 500;
/** As soon as they have this many changes, fewer commits are processed together. */
const CHANGES_AT_ONCE = 10_000;

/**
 * Brings the index of versions up to a commit, in one pass over the new part of the first-parent line; returns where it
 * ends. It only ever holds the lock of the history, for some hundred commits at a time: saves are accepted in the
 * meantime, and if it is lost on the way, the next one continues from there.
 */
export async function indexHistory(db: Db, input: IndexHistoryInput): Promise<SpaceHistory> {
  const { row, clone, to } = input;
  let history = await startHistory(db, row, input.line);
  if (history.sha === to) return history;
  const step = new HistoryStep(await knownFiles(db, row, history), input);
  const most = mostInHistory(input.limits);
  const filter = {
    wants: (path: string) => step.wants(path),
    most,
    tooMany: (sha: string) => tooManyFilesAt(sha, most),
  };
  const range = { from: history.sha, to, folder: row.root, filter };
  for await (const commits of stretches(clone, range)) {
    const vias = await listVias(db, row.id, commits);
    const { commits: indexed, versions, end } = await step.take(commits, vias, history);
    history = await append(db, row.id, history, { end, indexed, versions });
  }
  // The last commits may have changed nothing below the root.
  return append(db, row.id, history, { end: { ...history, sha: to }, indexed: [], versions: [] });
}

/** The files at the end of the history: from the entries if they match that commit, or else from the history itself. */
function knownFiles(
  db: Db,
  row: Space,
  { sha }: SpaceHistory,
): Promise<[path: string, id: string][]> {
  return sha !== null && sha === row.syncedSha && !row.partlyRead
    ? listGitEntries(db, row.id)
    : listFilesAtEndOfLine(db, row.id);
}

async function* stretches(
  clone: Clone,
  range: Parameters<Clone['log']>[0],
): AsyncGenerator<LoggedCommit[]> {
  let commits: LoggedCommit[] = [];
  let changes = 0;
  for await (const commit of clone.log(range)) {
    commits.push(commit);
    changes += commit.changes.length;
    if (commits.length < COMMITS_AT_ONCE && changes < CHANGES_AT_ONCE) continue;
    yield commits;
    commits = [];
    changes = 0;
  }
  if (commits.length > 0) yield commits;
}

/** How each of our own commits was made; the other commits are pushes. */
async function listVias(
  db: Db,
  spaceId: string,
  commits: readonly LoggedCommit[],
): Promise<Map<string, Via>> {
  const shas = commits.map(({ sha }) => sha);
  const pushed = await findPushed(db, spaceStream(spaceId), shas);
  const vias = await listViasOfBatches(db, spaceId, [...pushed.values()].flat());
  return new Map(
    [...pushed].flatMap(([sha, batches]) => {
      const via = batches.map((batch) => vias.get(batch)).find((one) => one !== undefined);
      return via === undefined ? [] : [[sha, via]];
    }),
  );
}

async function append(
  db: Db,
  spaceId: string,
  seen: SpaceHistory,
  {
    end,
    indexed,
    versions,
  }: { end: SpaceHistory; indexed: IndexedCommit[]; versions: IndexedVersion[] },
): Promise<SpaceHistory> {
  if (end.sha === seen.sha) return seen;
  await db.transaction().execute(async (trx) => {
    await lockHistoryAt(trx, spaceId, seen);
    await insertCommits(trx, spaceId, indexed, versions);
    await noteHistory(trx, spaceId, end);
  });
  return end;
}
