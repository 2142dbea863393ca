import { StreamFailure } from '../../model/streams/errors.ts';
import { ancestorsOf } from '../../model/text/ancestors.ts';
import { isBranchName } from '../run/branch-name.ts';
import type { CommitFacts } from './caches.ts';
import { CacheBroken, type Session } from '../run/session.ts';
import { saidBy } from '../run/classify-failure.ts';
import { readSeconds } from './ident.ts';

/** A commit of the remote, with what the cache needs to know to build on it. */
export type BaseCommit = { sha: string } & CommitFacts;

/** The start of a branch that does not exist yet. */
export type StartCommit = { branch: string } & BaseCommit;

/** The branch on the remote or, if it does not exist, what it would start from. */
export type TipState =
  | {
      sha: null;
      repositoryEmpty: boolean;
      start: StartCommit | null;
      /** Why the branch cannot be made; `null` if it can. */
      impossible: StreamFailure | null;
    }
  | ({ sha: string; repositoryEmpty: false } & CommitFacts);

/** What a name means at the remote. */
export interface NamedRef {
  sha: string;
  /** `null` if it is a tag. */
  branch: string | null;
}

/** The refs under which the cache keeps the remote's branch and the branch that it starts from. */
const tipRef = 'refs/gitward/tip';
const startRef = 'refs/gitward/start';
const filters = { tip: 'blob:none', history: 'tree:0' } as const;

/**
 * What the next commit is built on: the tip, or the start of a new branch; `null` if there is
 * neither.
 */
export function baseOf(tip: TipState): BaseCommit | null {
  return tip.sha === null ? tip.start : tip;
}

/**
 * The commit that the remote's branch points at, or `null`. Asks one question and fetches nothing.
 */
export function askTip(session: Session): Promise<string | null> {
  return askBranch(session, session.connection.branch);
}

/** The commit that a branch of the remote points at, or `null`. */
export async function askBranch(session: Session, branch: string): Promise<string | null> {
  return (await askBranches(session, [branch])).get(branch) ?? null;
}

/** The commits that these branches of the remote point at, with one question; what does not exist is absent. */
export async function askBranches(
  session: Session,
  branches: readonly string[],
): Promise<Map<string, string>> {
  const args = ['ls-remote', '--end-of-options', 'origin', ...branches.map(headsRef)];
  const answer = (await session.remote('read', args)).toString();
  const found = new Map<string, string>();
  for (const branch of branches) {
    const sha = commitOf(session, headsRef(branch), answer);
    if (sha !== null) found.set(branch, sha);
  }
  return found;
}

/**
 * Finds the branch or the tag that a name means: the branch if there are both, as people say `v2` of either; `refs/heads/…` and
 * `refs/tags/…` say which. `null` if there is neither.
 */
export async function askRef(session: Session, name: string): Promise<NamedRef | null> {
  const [, type, rest = ''] = /^(?:refs\/)?(heads|tags)\/(.+)$/.exec(name) ?? [];
  const named = type === undefined ? [`heads/${name}`, `tags/${name}`] : [`${type}/${rest}`];
  const short = type === undefined ? name : rest;
  if (!isBranchName(short)) return null;
  // An annotated tag is an object of its own; `^{}` is the commit that it is of.
  const refs = named.flatMap((ref) => (ref.startsWith('tags/') ? [`${ref}^{}`, ref] : [ref]));
  const patterns = refs.map((ref) => `refs/${ref}`);
  const answer = await session.remote('read', ['ls-remote', '--end-of-options', 'origin', ...patterns]); // prettier-ignore
  for (const ref of patterns) {
    const sha = commitOf(session, ref, answer.toString());
    if (sha !== null) return { sha, branch: ref.startsWith('refs/heads/') ? short : null };
  }
  return null;
}

/** Reads the tip, and fetches its commit and trees if the cache does not have them. */
export async function readTip(session: Session): Promise<TipState> {
  session.progress('Reading the repository');
  const sha = await askTip(session);
  if (sha === null) {
    const heads = await listHeads(session);
    const impossible = nameTaken(session, heads);
    const start = impossible === null ? await readStart(session, heads) : null;
    return { sha, repositoryEmpty: heads === '', start, impossible };
  }
  const facts = session.cache.commits.get(sha);
  return facts ? { sha, repositoryEmpty: false, ...facts } : fetchTip(session);
}

/** Why the branch cannot be made, if so: Git keeps branches like files, so that `keboola` and `keboola/prod` exclude each other. */
function nameTaken({ connection: { branch, url } }: Session, heads: string): StreamFailure | null {
  const others = heads.split('\n').flatMap((line) => /\trefs\/heads\/(.+)$/.exec(line)?.[1] ?? []);
  const above = new Set(ancestorsOf(branch));
  const taken = others.find((other) => above.has(other) || other.startsWith(`${branch}/`));
  if (taken === undefined) return null;
  return new StreamFailure(
    'branch_name_taken',
    `${url} has a branch ${taken}, so Git cannot make a branch ${branch} beside it: one name would be the folder of the other. ` +
      `Choose another name for the branch, or remove ${taken}.`,
  );
}

/**
 * Lists the remote's branches like `ls-remote`; called only if our branch is absent. Throws
 * `StreamFailure('repository_unreachable')` if the server is not a Git server.
 */
export async function listHeads(session: Session): Promise<string> {
  const { list, speaksGit } = await session.listBranches();
  // Git takes the page of a login or a proxy for its old HTTP protocol, and reads it as an empty
  // repository. If we believed that, we would report an existing branch as gone.
  if (!speaksGit) {
    throw new StreamFailure(
      'repository_unreachable',
      `The server at ${session.connection.url} is not a Git server (perhaps a login page or a proxy). ` +
        'Check the address. Gitward will retry automatically.',
    );
  }
  return list;
}

/**
 * The one of these branches that a branch which does not exist starts from; `null` if it starts
 * from nothing.
 */
async function readStart(session: Session, heads: string): Promise<StartCommit | null> {
  const { startFrom } = session.connection;
  if (startFrom === null || heads === '') return null;
  const named = startFrom !== 'HEAD' && commitOf(session, headsRef(startFrom), heads) !== null;
  const branch = named ? startFrom : await askDefaultBranch(session);
  if (branch === null) return null;
  const sha = commitOf(session, headsRef(branch), heads);
  // The remote's default branch may not have been created yet.
  if (sha === null) return null;
  const facts = session.cache.commits.get(sha);
  if (facts) return { branch, sha, ...facts };
  session.progress('Fetching the branch to begin from');
  return { branch, ...(await fetchCommit(session, headsRef(branch), startRef)) };
}

/** The branch that the remote calls its default; `null` if it does not name one. */
async function askDefaultBranch(session: Session): Promise<string | null> {
  const args = ['ls-remote', '--symref', '--end-of-options', 'origin', 'HEAD'];
  const answer = (await session.remote('read', args)).toString();
  const branch = /^ref: refs\/heads\/([^\t\n]+)\tHEAD$/m.exec(answer)?.[1];
  return branch !== undefined && isBranchName(branch) ? branch : null;
}

/** The commit of one ref in the output of `ls-remote`, or `null`. */
function commitOf({ connection }: Session, wanted: string, listed: string): string | null {
  for (const line of listed.split('\n')) {
    const [sha, ref] = line.split('\t');
    // A pattern also matches names that end with it.
    if (ref !== wanted || sha === undefined) continue;
    if (sha.length === 40) return sha;
    throw new StreamFailure(
      'repository_unsupported',
      `${connection.url} is a SHA-256 repository, which Gitward does not support. Use one with SHA-1.`,
    );
  }
  return null;
}

function headsRef(branch: string): string {
  return `refs/heads/${branch}`;
}

/**
 * Fetches the commit and trees of the tip, and nothing older. Returns the tip that was there at
 * that moment.
 */
export async function fetchTip(session: Session): Promise<TipState> {
  session.progress('Fetching the branch');
  const { ref } = session.connection;
  return { repositoryEmpty: false, ...(await fetchCommit(session, ref, tipRef)) };
}

/** Fetches the commit that a ref points at, with its trees, and records that they are here. */
async function fetchCommit(session: Session, ref: string, into: string): Promise<BaseCommit> {
  await fetchRef(session, ref, into, { depth: 1, filter: filters.tip });
  const log = await session.local(['log', '-1', '--format=%H %T %ct', '--end-of-options', into]);
  const [sha = '', tree = '', seconds] = log.toString().trim().split(' ');
  const facts = { tree, committedAt: readSeconds(seconds) };
  if (sha === '' || tree === '') throw new CacheBroken('The fetched tip cannot be read.');
  session.cache.commits.set(sha, facts);
  return { sha, ...facts };
}

/** Fetches the branch's commits (without trees) down to this depth. */
export async function fetchHistory(session: Session, depth: number): Promise<void> {
  session.progress('Reading the history');
  // `--deepen` does not work: servers (seen with git 2.39) then send nothing if commits have the
  // same second.
  await fetchRef(session, session.connection.ref, tipRef, { depth, filter: filters.history });
}

/** What a server says that cannot send a part of a history. */
const noShallow = /does not support shallow/i;

/** Fetches a ref down to a depth; all of it from a server that knows no depth. */
async function fetchRef(
  session: Session,
  ref: string,
  into: string,
  { depth, filter }: { depth: number; filter: string },
): Promise<void> {
  const fetch = (options: string[]) =>
    session.remote(
      'fetch',
      [
        'fetch',
        '--quiet',
        '--no-tags',
        '--no-write-fetch-head',
        '--no-auto-maintenance',
        '--no-recurse-submodules',
        `--filter=${filter}`,
        ...options,
        '--end-of-options',
        'origin',
        `+${ref}:${into}`,
      ],
      // Only this run may treat absent objects as available later; in all other runs they are an
      // error.
      { 'remote.origin.promisor': 'true', 'remote.origin.partialCloneFilter': filter },
    );
  try {
    await fetch([`--depth=${depth}`]);
  } catch (error) {
    if (!saidBy(error, noShallow)) throw error;
    await fetch([]);
  }
}
