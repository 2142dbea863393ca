import { StreamFailure } from '../../model/streams/errors.ts';
import { parseBlame } from './blame.ts';
import type { CatFile } from '../cat-file.ts';
import { cutFields } from '../run/cut-fields.ts';
import { gitMissing, outOfMemory, tooMuchMemory } from '../run/classify-failure.ts';
import type { CloneLimits } from '../../model/streams/clone-limits.ts';
import type { Clone, PathFilter } from './clone-types.ts';
import { createLineReads, type LineState } from './line-reads.ts';
import { createTreeReads } from './tree-reads.ts';
import { streamLog } from './log-stream.ts';
import { GitProcessError, type RunGit } from '../run/run-git.ts';
import { CacheBroken } from '../run/session.ts';
import type { StreamGit } from '../run/stream-git.ts';
import { treeChanges } from './tree-changes.ts';

/** One of our repositories, and what is needed to read it. */
export interface CloneReader {
  directory: string;
  tip: string | null;
  /** See `Clone`. */
  asOf: Date | null;
  staleBecause: StreamFailure | null;
  lineState: LineState;
  /** Aborted when the clones are closed. */
  closing: AbortSignal;
  run: RunGit;
  streamGit: StreamGit;
  catFile: CatFile;
  limits: CloneLimits;
  signal: AbortSignal;
}

const localLimit = 120_000;
const blameLimit = 10_000;
const graphLimit = 600_000;
const maxBytes = 1024 * 1024;
/** In bytes; RFC 5321 allows 254. */
const longestEmail = 1_000;

/** The interface of a clone for its users. Methods throw {@link CacheBroken} if git fails in it. */
export function readClone({
  directory: cwd,
  tip,
  asOf,
  staleBecause,
  lineState: state,
  closing,
  run,
  streamGit,
  catFile,
  limits,
  signal,
}: CloneReader): Clone {
  const call = { cwd, signal };
  const trees = { ...call, treeFiles: limits.treeFiles };
  const objects = createTreeReads(catFile, signal);
  const lines = createLineReads({
    ...{ cwd, signal, streamGit, commits: limits.commits, state },
    // Nobody waits for it, so it does not end with whoever was the first to need it.
    writeGraph: async () => {
      const args = ['commit-graph', 'write', '--reachable', '--changed-paths', '--split'];
      await run({ cwd, args, timeLimit: graphLimit, signal: closing });
    },
  });

  async function local(args: string[]): Promise<string> {
    const { stdout } = await run({ ...call, args, timeLimit: localLimit });
    return stdout.toString();
  }

  async function has(sha: string): Promise<boolean> {
    const [info] = await catFile.infos([sha]);
    signal.throwIfAborted();
    return info?.type === 'commit';
  }

  async function requireCommits(...shas: (string | null)[]): Promise<void> {
    for (const sha of shas) if (sha !== null && !(await has(sha))) throw notHere(sha);
  }

  async function isAncestor(sha: string, of: string): Promise<boolean> {
    if (!(await has(sha)) || !(await has(of))) return false;
    // `rev-list` with an excluded commit is wrong where commits are dated before their parents.
    const heads = await local(['merge-base', '--independent', '--end-of-options', sha, of]);
    return sha === of || !heads.includes(sha);
  }

  async function missingFrom(of: string, shas: Iterable<string>): Promise<Set<string>> {
    const missing = new Set(shas);
    if (missing.size === 0 || !(await has(of))) return missing;
    const ancestors = streamGit({ cwd, signal, args: ['rev-list', '--end-of-options', of] });
    for await (const lines of cutFields(ancestors, 'line', 40)) {
      for (const line of lines) missing.delete(line.toString('latin1'));
      if (missing.size === 0) break;
    }
    return missing;
  }

  async function namedBy({ from, to, most }: Parameters<Clone['namedBy']>[0]) {
    await requireCommits(from, to);
    const format = ['--format=tformat:%H%n%ae%n%ce', '--no-show-signature', `--max-count=${most}`];
    const range = ['--end-of-options', to, `^${from}`, '--'];
    const fields: string[] = [];
    const log = streamGit({ cwd, signal, args: ['log', ...format, ...range] });
    for await (const lines of cutFields(log, 'line', longestEmail))
      fields.push(...lines.map((line) => line.toString()));
    const commits = [];
    for (let at = 0; at + 2 < fields.length; at += 3) {
      const [sha = '', ...emails] = fields.slice(at, at + 3);
      commits.push({ sha, emails });
    }
    return commits;
  }

  async function blobAt(sha: string, path: string): Promise<string | null> {
    if (!isTreePath(path) || !(await has(sha))) return null;
    const text = await local(['ls-tree', '-z', '--full-tree', sha, '--', path]);
    const [, id, found] = /^100\d{3} blob ([0-9a-f]{40})\t([^\0]*)\0$/.exec(text) ?? [];
    return id !== undefined && found === path ? id : null;
  }

  return {
    tip,
    asOf,
    staleBecause,
    commitFacts: (sha) => guarded(objects.commitFacts(sha)),
    entryAt: (sha, path) => guarded(objects.entryAt(sha, path)),
    entriesOf: (treeId) => guarded(objects.entriesOf(treeId)),
    filesBelow: (treeId, most) => guarded(objects.filesBelow(treeId, most)),
    line: (to) => guarded(requireCommits(to).then(() => lines.line(to))),
    differences: (from, to, folders, most) =>
      guarded(requireCommits(from, to).then(() => lines.differences(from, to, folders, most))),
    touching: (to, path, most) =>
      guarded(requireCommits(to).then(() => lines.touching(to, path, most))),
    has: (sha) => guarded(has(sha)),
    isAncestor: (sha, of) => guarded(isAncestor(sha, of)),
    missingFrom: (of, shas) => guarded(missingFrom(of, shas)),
    namedBy: (range) => guarded(namedBy(range)),
    firstParents: (to, limit) =>
      guarded(
        has(to).then(async (here) => {
          if (!here) return [];
          const most = `--max-count=${limit ?? limits.commits + 1}`;
          const list = await local(['rev-list', '--first-parent', most, '--end-of-options', to]);
          const shas = list.split('\n').filter((sha) => sha !== '');
          if (limit === undefined && shas.length > limits.commits) throw tooManyCommits(limits);
          return shas;
        }),
      ),
    changes: (from, to, folder, filter = everything) =>
      guarded(
        requireCommits(from, to).then(() =>
          treeChanges(streamGit, trees, { from, to, folder }, filter),
        ),
      ),
    log: ({ from, to, folder, filter = everything }) =>
      guardedEach(async function* () {
        await requireCommits(from, to);
        yield* streamLog(streamGit, { ...trees, folder, filter }, { from, to });
      }),
    sizes: (ids) =>
      guarded(
        catFile.infos([...ids]).then((infos) => {
          signal.throwIfAborted();
          return new Map(infos.map(({ id, size }) => [id, size]));
        }),
      ),
    blobs: (ids, most = maxBytes) => guardedEach(() => catFile.blobs(ids, most, signal)),
    blobAt: (sha, path) => guarded(blobAt(sha, path)),
    blame: (sha, path) =>
      guarded(
        (async () => {
          const blobId = await blobAt(sha, path);
          const [info] = blobId === null ? [] : await catFile.infos([blobId]);
          if (info === undefined) return [];
          if (info.size > maxBytes) throw notBlamed(path, 'it is larger than 1 MiB');
          const args = ['blame', '--porcelain', '--first-parent', '--encoding=UTF-8', sha, '--'];
          try {
            const blame = await run({ ...call, args: [...args, path], timeLimit: blameLimit });
            return parseBlame(blame.stdout);
          } catch (error) {
            if (error instanceof GitProcessError && error.outcome !== 'failed')
              throw notBlamed(path, 'it took longer than 10 s');
            throw error;
          }
        })(),
      ),
  };
}

const everything: PathFilter = {
  wants: () => true,
  most: Infinity,
  tooMany: () => new Error('A listing without a limit was too long.'),
};

/**
 * Whether a tree can contain the path: git takes others for its own directory, or normalises them.
 */
function isTreePath(path: string): boolean {
  if (path.includes('\0')) return false;
  return path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}

/**
 * Turns git's failure in a clone into what it means: the clone is damaged, or git is not installed.
 */
export function brokenBy(error: unknown): unknown {
  if (!(error instanceof GitProcessError)) return error;
  if (error.outcome === 'not_started') return gitMissing(error);
  if (outOfMemory(error)) return tooMuchMemory(error);
  return new CacheBroken(error.message, { cause: error });
}

function guarded<T>(task: Promise<T>): Promise<T> {
  return task.catch((error: unknown) => {
    throw brokenBy(error);
  });
}

async function* guardedEach<T>(each: () => AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* each();
  } catch (error) {
    throw brokenBy(error);
  }
}

function notHere(sha: string): StreamFailure {
  return new StreamFailure(
    'repository_error',
    `The commit ${sha.slice(0, 64)} is not in the branch as Gitward fetched it. Sync the space, and try again.`,
  );
}

function tooManyCommits({ commits }: CloneLimits): StreamFailure {
  return new StreamFailure(
    'too_many_commits',
    `The branch has more than ${commits.toLocaleString('en')} commits. Use a branch with a shorter history, or raise GITWARD_MAX_COMMITS.`,
  );
}

function notBlamed(path: string, why: string): StreamFailure {
  return new StreamFailure(
    'repository_timeout',
    `Who wrote the lines of ${JSON.stringify(path)} was not found out: ${why}.`,
  );
}
