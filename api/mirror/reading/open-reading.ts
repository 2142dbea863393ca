import type { FastifyRequest } from 'fastify';
import pTimeout from 'p-timeout';
import { findMirror, listMirrorStreams, type Mirror } from '../../../db/mirror/mirrors.ts';
import { openRemote } from '../../../db/streams/open-remote.ts';
import { listPushed } from '../../../db/streams/pushed-commits.ts';
import type { Clone } from '../../../git/clones/clone-types.ts';
import type { CommitLine } from '../../../git/clones/reading-types.ts';
import { mirrorStream, type MirrorKey } from '../../../model/mirror/ids.ts';
import type { PlatformLayout } from '../../../platforms/platform.ts';
import type { TreeFiles } from '../../../platforms/reading/layout-reading.ts';
import type { ApiDeps } from '../../http/deps.ts';
import { momentOf } from '../../http/moment.ts';
import { ApiProblem, mirrorNotFound } from '../../http/problem.ts';
import { mirrorKeyOf, requireProject } from '../project-source.ts';
import type { ReadingCache } from './reading-cache.ts';
import type { Slots } from '../../http/slots.ts';
import { createTreeFiles } from './tree-files.ts';

/** How long an answer waits unless it says otherwise, how long making a clone may take, and how long one request may read; in milliseconds. */
const usualPatience = 45_000;
const longestFetch = 600_000;
const longestReading = 20_000;

/** What the routes that read a mirror need. */
export interface ReadingDeps extends ApiDeps {
  readingCache: ReadingCache;
  /** For what starts processes of git. */
  slots: Slots;
}

/** A commit of the mirror's branch that a request reads. */
export interface ReadCommit {
  sha: string;
  position: number;
  committedAt: Date;
}

/** A mirror whose clone is open. */
export interface MirrorReading {
  key: MirrorKey;
  row: Mirror;
  layout: PlatformLayout;
  clone: Clone;
  /** The first-parent line that ends with the newest commit that is read. */
  line: CommitLine;
  /** The positions of the first commit of the project in the line, and of the newest one. */
  first: number;
  head: ReadCommit;
  /** Why what is read may not be the newest; `null` if it is what the mirror last delivered. */
  stale: { code: string; message: string; asOf: string | null } | null;
  /** The place of a path of the mirror in the repository. */
  inRepository: (path: string) => string;
  /** The commit at a moment; the newest one without. Throws 404 if there is none. */
  commitAt(at: string | undefined): ReadCommit;
  /** The commit at a position of the line; `null` if it is from before the mirror. */
  commitOf(position: number): ReadCommit | null;
  files(commit: ReadCommit): TreeFiles;
}

/**
 * Opens the mirror that a request names, in its clone: it is fetched if it lacks the newest commit that
 * the mirror delivered. If the remote cannot be asked, the clone is read as it is. Throws 404 if there
 * is no such mirror, 409 `nothing_delivered` before its first commit, 503 `timed_out` while the first
 * fetch takes long (it goes on, so a later request finds it done) and if one reading does, and
 * `StreamFailure` if there is no clone and the branch cannot be fetched. `patience`: how long it waits, in milliseconds.
 */
export async function readMirror<T>(
  deps: ReadingDeps,
  request: FastifyRequest<{ Params: { project: string; branch: string } }>,
  use: (reading: MirrorReading) => Promise<T>,
  { patience = usualPatience }: { patience?: number } = {},
): Promise<T> {
  const key = await mirrorKeyOf(deps, request);
  const { sourceKind } = await requireProject(deps, key.projectId);
  const row = await findMirror(deps.db, key);
  if (row === null) throw mirrorNotFound(key.projectId, key.branchId);
  const { deliveredSha } = row;
  if (deliveredSha === null) throw nothingDelivered(key);
  const remote = await openRemote(deps, row);
  const { layout } = deps.platforms.of(sourceKind);
  const late = new AbortController();
  const signal = AbortSignal.any([AbortSignal.timeout(longestFetch), late.signal]);
  const wanted = { commit: deliveredSha, orKept: true } as const;
  const reading = deps.clones.withClone(
    remote,
    wanted,
    async (clone) => {
      const timer = setTimeout(() => late.abort(tookTooLong()), longestReading);
      try {
        return await use(await openReading(deps, { key, row, layout, clone, deliveredSha }));
      } finally {
        clearTimeout(timer);
      }
    },
    { signal },
  );
  // If it fails after we have answered, the next request gets the error.
  return pTimeout(reading, { milliseconds: patience, message: beingFetched(key) });
}

async function openReading(
  deps: ReadingDeps,
  {
    key,
    row,
    layout,
    clone,
    deliveredSha,
  }: Pick<MirrorReading, 'key' | 'row' | 'layout' | 'clone'> & { deliveredSha: string },
): Promise<MirrorReading> {
  const isHere = await clone.has(deliveredSha);
  const newest = isHere ? deliveredSha : clone.tip;
  if (newest === null) throw branchGone(row);
  const line = await clone.line(newest);
  const first = await firstPosition(deps, key, line, isHere ? line.length - 1 : null);
  if (first === null) throw historyLost(row);
  const inRepository = (path: string): string =>
    [row.subdirectory, path].filter((part) => part !== '').join('/');

  const commitThere = (position: number): ReadCommit => ({
    sha: line.shaAt(position),
    position,
    committedAt: new Date(line.timeAt(position)),
  });
  const commitOf = (position: number): ReadCommit | null =>
    position < first || position >= line.length ? null : commitThere(position);
  const head = commitThere(line.length - 1);

  return {
    ...{ key, row, layout, clone, line, first, head, inRepository, commitOf },
    stale: staleness(clone, row, isHere),
    commitAt(at) {
      if (at === undefined) return head;
      const moment = momentOf(at, '/at');
      const position =
        'commit' in moment ? line.positionOf(moment.commit) : line.positionAt(moment.at);
      const found = position === null ? null : commitOf(position);
      if (found === null) throw commitNotFound(key, at, commitThere(first));
      return found;
    },
    files: ({ sha }) =>
      createTreeFiles({ clone, sha, branchId: key.branchId, inRepository }, deps.readingCache),
  };
}

const pageOfPushed = 1_000;
const mostPages = 100;

/**
 * Where the history of the project begins in the line: with the first commit that Gitward made for it
 * there. What is older may be of another project that was mirrored to the same place.
 */
async function firstPosition(
  { db, readingCache }: Pick<ReadingDeps, 'db' | 'readingCache'>,
  key: MirrorKey,
  line: CommitLine,
  delivered: number | null,
): Promise<number | null> {
  const stream = mirrorStream(key);
  const known = readingCache.startOf(stream);
  const kept = known === undefined ? null : line.positionOf(known);
  if (kept !== null) return kept;
  const streams = await listMirrorStreams(db, key.projectId);
  for (let page = 0; page < mostPages; page += 1) {
    const offset = page * pageOfPushed;
    const shas = await listPushed(db, streams, { offset, limit: pageOfPushed });
    const positions = shas.flatMap((sha) => line.positionOf(sha) ?? []);
    if (positions.length > 0) {
      const first = Math.min(...positions);
      readingCache.keepStart(stream, line.shaAt(first));
      return first;
    }
    if (shas.length < pageOfPushed) break;
  }
  return delivered;
}

function staleness(clone: Clone, row: Mirror, isHere: boolean): MirrorReading['stale'] {
  if (isHere) return null;
  const asOf = clone.asOf?.toISOString() ?? null;
  if (clone.staleBecause !== null) {
    const { code, message } = clone.staleBecause;
    return { code, message, asOf };
  }
  const message = `The branch ${row.repositoryBranch} does not have the commit that the mirror delivered last. Its newest commit is shown.`;
  return { code: 'history_lost', message, asOf };
}

function nothingDelivered({ projectId, branchId }: MirrorKey): ApiProblem {
  return new ApiProblem(
    409,
    'nothing_delivered',
    `The mirror has not delivered a commit yet, so there is nothing to read. GET /v1/projects/${projectId}/mirrors/${branchId} says what it waits for.`,
  );
}

function branchGone({ repositoryBranch: branch }: Mirror): ApiProblem {
  const detail = `The branch ${branch} does not exist in the repository, and what was there is not kept here.`;
  return new ApiProblem(409, 'branch_gone', detail);
}

function historyLost({ repositoryBranch: branch }: Mirror): ApiProblem {
  const detail = `The branch ${branch} was rewritten and has none of the mirror's commits. The status of the mirror says what to do.`;
  return new ApiProblem(409, 'history_lost', detail);
}

function commitNotFound(key: MirrorKey, at: string, first: ReadCommit): ApiProblem {
  const since = `the first one is ${first.sha}, of ${first.committedAt.toISOString()}`;
  const detail = `${mirrorStream(key)} has no commit at ${at}: ${since}.`;
  return new ApiProblem(404, 'commit_not_found', detail);
}

function tookTooLong(): ApiProblem {
  return new ApiProblem(
    503,
    'timed_out',
    `Reading the repository took longer than ${longestReading / 1_000} s and was ended. Ask for less, or try again.`,
    [],
    10,
  );
}

function beingFetched(key: MirrorKey): ApiProblem {
  return new ApiProblem(
    503,
    'timed_out',
    `The repository of ${mirrorStream(key)} is being fetched. Try again in a minute.`,
    [],
    60,
  );
}
