import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gitward } from '../../model/streams/author.ts';
import type { StreamId } from '../../model/streams/ids.ts';
import { fetchHistory } from './read-tip.ts';
import type { Session } from '../run/session.ts';
import { parseTrailers } from './trailers.ts';
import type { FindRecorded, StreamCommit, StreamHistory } from '../types.ts';

/** How many commits a walk looks at before it gives up. */
export const historyLimit = 5_000;

/** How much deeper the cache becomes each time that a walk reaches its end. */
const deepenSteps = [20, 100, 500, 2_000];

interface WalkedCommit {
  sha: string;
  committedAt: Date;
  byGitward: boolean;
  message: string;
}

/** What {@link findStream} looks for; see `Tip.findStream`. */
export interface WantedStream {
  stream: StreamId;
  knownSha: string | null;
  findRecorded: FindRecorded;
}

/** See `Tip.findStream` in `types.ts`. */
export async function findStream(
  session: Session,
  tip: string,
  wanted: WantedStream,
): Promise<StreamHistory> {
  const { knownSha } = wanted;
  if (tip === knownSha) return { newer: [], knownFound: true, complete: false };
  const newer: StreamCommit[] = [];
  const walk = firstParents(session, tip);
  let step = await walk.next();
  for (; step.done !== true; step = await walk.next()) {
    const end = step.value.findIndex(({ sha }) => sha === knownSha);
    const found = await ofStream(end < 0 ? step.value : step.value.slice(0, end), wanted);
    // Without a known commit, the newest commit that is certainly ours shows where the stream is.
    const last = knownSha === null ? found.findIndex(({ recorded }) => recorded !== null) : -1;
    newer.push(...(last < 0 ? found : found.slice(0, last + 1)));
    if (end >= 0 || last >= 0) return { newer, knownFound: end >= 0, complete: false };
  }
  // Someone may have merged our branch into theirs: then all our commits are there, but not along
  // first parents.
  if (knownSha !== null && (await isAncestor(session, knownSha, tip))) {
    const between = await readCommits(session, [
      `--max-count=${historyLimit}`,
      `${knownSha}..${tip}`,
    ]);
    return { newer: await ofStream(between, wanted), knownFound: true, complete: false };
  }
  return { newer, knownFound: false, complete: step.value === 'root' };
}

/**
 * Whether a commit is the tip or one of its ancestors, following all parents. Deepens the cache
 * until the limit or `since`, an ancestor of the commit, is reached.
 */
export async function isAncestor(
  session: Session,
  sha: string,
  tip: string,
  since: string | null = null,
): Promise<boolean> {
  for (let round = 0; ; round += 1) {
    if (await reaches(session, tip, sha)) return true;
    if (since !== null && (await reaches(session, tip, since))) return false;
    if (!(await deepenOnce(session, tip, round))) return false;
  }
}

/**
 * Yields the commits from the tip along first parents, one array for each step; returns how the
 * walk ended.
 */
async function* firstParents(
  session: Session,
  tip: string,
): AsyncGenerator<WalkedCommit[], 'root' | 'limit'> {
  let next = tip;
  let seen = 0;
  let round = 0;
  for (;;) {
    const range = ['--first-parent', `--max-count=${historyLimit + 1}`, next];
    const commits = await readCommits(session, range);
    // The first commit is the last one of the previous round.
    const more = seen === 0 ? commits : commits.slice(1);
    const within = more.slice(0, historyLimit - seen);
    yield within;
    if (within.length < more.length) return 'limit';
    seen += within.length;
    next = within.at(-1)?.sha ?? next;
    if (!(await shallowCommits(session)).has(next)) return 'root';
    if (!(await deepenOnce(session, tip, round))) return 'limit';
    round += 1;
  }
}

/** Deepens the cache by one step; `false` if it is complete or the limit is reached. */
async function deepenOnce(session: Session, tip: string, round: number): Promise<boolean> {
  if ((await shallowCommits(session)).size === 0) return false;
  const count = ['rev-list', '--count', '--first-parent', '--end-of-options', tip];
  const depth = Number((await session.local(count)).toString());
  if (depth >= historyLimit || round >= 2 * deepenSteps.length) return false;
  const step = deepenSteps[Math.min(round, deepenSteps.length - 1)] ?? historyLimit;
  await fetchHistory(session, depth + step);
  return true;
}

/** The commits at which the cache ends although the branch continues. */
async function shallowCommits({ cache }: Session): Promise<Set<string>> {
  try {
    const text = await readFile(join(cache.directory, 'shallow'), 'utf8');
    return new Set(text.split('\n').filter((line) => line !== ''));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return new Set();
    throw error;
  }
}

async function reaches(session: Session, tip: string, sha: string): Promise<boolean> {
  const has = await session.local(
    ['cat-file', '--batch-check=%(objecttype)'],
    [Buffer.from(`${sha}\n`)],
  );
  if (has.toString().trim() !== 'commit') return false;
  const unreached = ['rev-list', '--max-count=1', '--end-of-options', sha, `^${tip}`];
  return (await session.local(unreached)).length === 0;
}

async function readCommits(session: Session, range: readonly string[]): Promise<WalkedCommit[]> {
  const log = await session.local([
    'log',
    '-z',
    '--encoding=UTF-8',
    '--format=%H%n%ct%n%cn%n%ce%n%B',
    ...range,
    '--',
  ]);
  return log
    .toString()
    .split('\0')
    .filter((text) => text !== '')
    .map((text) => {
      const [sha = '', seconds, name, email, ...message] = text.split('\n');
      return {
        sha,
        committedAt: new Date(Number(seconds) * 1000),
        byGitward: name === gitward.name && email === gitward.email,
        message: message.join('\n'),
      };
    });
}

/**
 * The commits that were recorded as the stream's own, whether or not we can read them, and the
 * commits that claim to be of the stream.
 */
async function ofStream(
  commits: readonly WalkedCommit[],
  { stream, findRecorded }: WantedStream,
): Promise<StreamCommit[]> {
  const byGitward = commits.filter((commit) => commit.byGitward);
  if (byGitward.length === 0) return [];
  const batches = await findRecorded(byGitward.map(({ sha }) => sha));
  return byGitward.flatMap(({ sha, committedAt, message }): StreamCommit[] => {
    const said = parseTrailers(message);
    const trailers = said?.stream === stream ? said : null;
    const recorded = batches.get(sha);
    if (recorded !== undefined) return [{ sha, committedAt, trailers, recorded }];
    return trailers === null ? [] : [{ sha, committedAt, trailers, recorded: null }];
  });
}
