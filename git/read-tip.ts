import { StreamFailure } from '../model/errors.ts';
import type { CommitFacts } from './caches.ts';
import { CacheBroken, type Session } from './session.ts';

/** The branch on the remote, with what the cache needs to build on it. */
export type TipState =
  { sha: null; repositoryEmpty: boolean } | ({ sha: string; repositoryEmpty: false } & CommitFacts);

/** Where the cache keeps the remote's branch. */
const tipRef = 'refs/gitward/tip';
const filters = { tip: 'blob:none', history: 'tree:0' } as const;

/** The commit that the remote's branch points at, or `null`; one question, nothing is fetched. */
export async function askTip(session: Session): Promise<string | null> {
  const { connection } = session;
  const answer = await session.remote('read', [
    'ls-remote',
    '--end-of-options',
    'origin',
    connection.ref,
  ]);
  for (const line of answer.toString().split('\n')) {
    const [sha, ref] = line.split('\t');
    // The pattern also matches names that end in it.
    if (ref !== connection.ref || sha === undefined) continue;
    if (sha.length === 40) return sha;
    throw new StreamFailure(
      'repository_error',
      `${connection.url} is a SHA-256 repository, which Gitward does not support. Use one with SHA-1.`,
    );
  }
  return null;
}

/** Reads the tip, and fetches its commit and trees where the cache does not have them. */
export async function readTip(session: Session): Promise<TipState> {
  session.progress('reading the tip');
  const sha = await askTip(session);
  if (sha === null) return { sha, repositoryEmpty: await isEmpty(session) };
  const facts = session.cache.commits.get(sha);
  return facts ? { sha, repositoryEmpty: false, ...facts } : fetchTip(session);
}

/** Whether the remote has no branch at all; asked only where ours is absent. */
async function isEmpty(session: Session): Promise<boolean> {
  const { list, speaksGit } = await session.listBranches();
  // Git takes the page of a login or a proxy for its old HTTP protocol, and reads it as an empty
  // repository; believing that would report a branch as gone that is there.
  if (!speaksGit) {
    throw new StreamFailure(
      'repository_unreachable',
      `What answers at ${session.connection.url} is not a Git server (a login page or a proxy, perhaps). ` +
        'Check the address; Gitward tries again by itself.',
    );
  }
  return list === '';
}

/** Fetches the tip's commit and trees, and nothing older; answers what was there at that moment. */
export async function fetchTip(session: Session): Promise<TipState> {
  session.progress('fetching the tip');
  await fetchBranch(session, 1, filters.tip);
  const log = await session.local(['log', '-1', '--format=%H %T %ct', '--end-of-options', tipRef]);
  const [sha = '', tree = '', seconds] = log.toString().trim().split(' ');
  const facts = { tree, committedAt: Number(seconds) };
  if (sha === '' || tree === '') throw new CacheBroken('The fetched tip cannot be read.');
  session.cache.commits.set(sha, facts);
  return { sha, repositoryEmpty: false, ...facts };
}

/** Fetches the branch's commits (no trees) down to this depth. */
export async function fetchHistory(session: Session, depth: number): Promise<void> {
  session.progress('reading history');
  // Not `--deepen`: with it, servers (seen with git 2.39) send nothing where commits share a second.
  await fetchBranch(session, depth, filters.history);
}

async function fetchBranch(session: Session, depth: number, filter: string): Promise<void> {
  const { ref } = session.connection;
  await session.remote(
    'fetch',
    [
      'fetch',
      '--quiet',
      '--no-tags',
      '--no-write-fetch-head',
      '--no-auto-maintenance',
      '--no-recurse-submodules',
      `--depth=${depth}`,
      `--filter=${filter}`,
      '--end-of-options',
      'origin',
      `+${ref}:${tipRef}`,
    ],
    // Only this run believes that absent objects can be had later: in all others they are an error.
    { 'remote.origin.promisor': 'true', 'remote.origin.partialCloneFilter': filter },
  );
}
