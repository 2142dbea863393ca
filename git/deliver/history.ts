import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fetchHistory } from './read-tip.ts';
import type { Session } from '../run/session.ts';
import { StreamCommits, type OfStream } from './stream-commits.ts';
import type { StreamCommit, StreamHistory } from '../types.ts';

/** How many commits a walk looks at before it gives up. */
export const historyLimit = 5_000;

/** How much deeper the cache becomes each time that a walk reaches its end. */
const deepenSteps = [20, 100, 500, 2_000];

/** What {@link findStream} looks for; see `Tip.findStream`. */
export interface WantedStream extends OfStream {
  knownSha: string | null;
}

/** See `Tip.findStream` in `types.ts`. */
export async function findStream(
  session: Session,
  tip: string,
  wanted: WantedStream,
): Promise<StreamHistory> {
  const { knownSha } = wanted;
  if (tip === knownSha) return { newer: [], knownFound: true, merged: false, complete: false };
  const commits = new StreamCommits(session, wanted);
  const newer: StreamCommit[] = [];
  const line = new Set<string>();
  const walk = firstParents(session, tip);
  let step = await walk.next();
  for (; step.done !== true; step = await walk.next()) {
    const end = knownSha === null ? -1 : step.value.indexOf(knownSha);
    const walked = end < 0 ? step.value : step.value.slice(0, end);
    for (const sha of walked) line.add(sha);
    const found = await commits.among(walked);
    // Without a known commit, the newest commit that is certainly ours shows where the stream is.
    const last = knownSha === null ? found.findIndex(({ recorded }) => recorded !== null) : -1;
    newer.push(...(last < 0 ? found : found.slice(0, last + 1)));
    if (last >= 0) return { newer, knownFound: false, merged: false, complete: false };
    if (end >= 0 && knownSha !== null) {
      // Those that were merged count only if they are certainly ours: others may be of another installation's branch.
      const aside = (await commitsBetween(session, knownSha, tip)).filter((sha) => !line.has(sha));
      const merged = (await commits.among(aside)).filter(({ recorded }) => recorded !== null);
      return sinceKnown([...newer, ...merged], line);
    }
  }
  // Someone may have merged our branch into theirs: then all our commits are there, but not along
  // first parents.
  if (knownSha !== null && (await isAncestor(session, knownSha, tip)))
    return sinceKnown(await commits.among(await commitsBetween(session, knownSha, tip)), line);
  return { newer, knownFound: false, merged: false, complete: step.value === 'root' };
}

/** The history since the known commit; `line` is the line of first parents. */
function sinceKnown(newer: StreamCommit[], line: ReadonlySet<string>): StreamHistory {
  const merged = newer.some(({ sha }) => !line.has(sha));
  return { newer, knownFound: true, merged, complete: false };
}

/** The commits that the tip has and a known one does not, newest first whatever their dates say. */
function commitsBetween(session: Session, known: string, tip: string): Promise<string[]> {
  return listCommits(session, ['--topo-order', `--max-count=${historyLimit}`, `${known}..${tip}`]);
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
): AsyncGenerator<string[], 'root' | 'limit'> {
  let next = tip;
  let seen = 0;
  let round = 0;
  for (;;) {
    const range = ['--first-parent', `--max-count=${historyLimit + 1}`, next];
    const commits = await listCommits(session, range);
    // The first commit is the last one of the previous round.
    const more = seen === 0 ? commits : commits.slice(1);
    const within = more.slice(0, historyLimit - seen);
    yield within;
    if (within.length < more.length) return 'limit';
    seen += within.length;
    next = within.at(-1) ?? next;
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

async function listCommits(session: Session, range: readonly string[]): Promise<string[]> {
  const list = await session.local(['rev-list', ...range, '--']);
  return list
    .toString()
    .split('\n')
    .filter((sha) => sha !== '');
}
