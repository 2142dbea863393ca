import { randomUUID } from 'node:crypto';
import { gitward } from '../../model/streams/author.ts';
import { commitMessage } from './commit-message.ts';
import { formatIdent, wholeSeconds } from './ident.ts';
import { CacheBroken, type Session } from '../run/session.ts';
import { checkTreePath } from './tree-path.ts';
import { baseOf, type BaseCommit, type TipState } from './read-tip.ts';
import type { PlannedCommit } from '../types.ts';

const pieceSize = 64 * 1024;
const emptyTree = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

/** A commit that is in the cache and nowhere else yet. */
interface BuiltCommit {
  sha: string;
  tree: string;
  committedAt: number;
}

/**
 * Builds the planned commits on the tip (or on what a new branch begins from), each on the one
 * before, with one `git fast-import`. The same plan on the same commit gives the same ids. A commit that
 * would change nothing is left out: the one before it stands in its place, which is `null` where the
 * branch has none.
 */
export async function buildCommits(
  session: Session,
  tip: TipState,
  planned: readonly PlannedCommit[],
): Promise<(string | null)[]> {
  session.progress('building commits');
  const base = baseOf(tip);
  let plan = planned;
  for (;;) {
    const built = plan.length === 0 ? [] : await importCommits(session, base, plan);
    const kept = plan.filter((_, index) => {
      const parentTree = built[index - 1]?.tree ?? base?.tree ?? emptyTree;
      return built[index]?.tree !== parentTree;
    });
    if (kept.length === plan.length) {
      for (const { sha, ...facts } of built) session.cache.commits.set(sha, facts);
      return holders(tip.sha, planned, plan, built);
    }
    plan = kept;
  }
}

/** For each planned commit the id of the one that holds it. */
function holders(
  tip: string | null,
  planned: readonly PlannedCommit[],
  kept: readonly PlannedCommit[],
  built: readonly BuiltCommit[],
): (string | null)[] {
  let holder = tip;
  return planned.map((commit) => {
    const index = kept.indexOf(commit);
    if (index >= 0) holder = built[index]?.sha ?? holder;
    return holder;
  });
}

async function importCommits(
  session: Session,
  base: BaseCommit | null,
  plan: readonly PlannedCommit[],
): Promise<BuiltCommit[]> {
  // An own ref for each attempt: nothing of an attempt that came to nothing is in the way.
  const ref = `refs/gitward/attempts/${randomUUID()}`;
  const dates = committerDates(base, plan);
  const answer = await session.local(
    ['fast-import', '--quiet', '--done', '--date-format=raw'],
    inLargePieces(importStream(ref, base?.sha ?? null, plan, dates)),
  );
  const lines = answer.toString().split('\n');
  return dates.map((committedAt, index) => {
    const sha = lines[index * 2] ?? '';
    const tree = /^040000 tree ([0-9a-f]{40})\t/.exec(lines[index * 2 + 1] ?? '')?.[1];
    if (!/^[0-9a-f]{40}$/.test(sha) || tree === undefined)
      throw new CacheBroken('git fast-import did not name the commit that it made.');
    return { sha, tree, committedAt };
  });
}

/** Each commit's committer date, in seconds: never before its parent's. */
function committerDates(base: BaseCommit | null, plan: readonly PlannedCommit[]): number[] {
  let latest = base?.committedAt ?? 0;
  return plan.map(({ authoredAt }) => (latest = Math.max(latest, wholeSeconds(authoredAt))));
}

/**
 * What `git fast-import` reads; for each commit it answers the commit's id and its tree's. The files come
 * before their commit, whose message may tell of them.
 */
function* importStream(
  ref: string,
  tip: string | null,
  plan: readonly PlannedCommit[],
  dates: readonly number[],
): Generator<Uint8Array> {
  let blobs = plan.length;
  for (const [index, commit] of plan.entries()) {
    const removed: string[] = [];
    const written: string[] = [];
    for (const { path, content } of commit.changes) {
      checkTreePath(path);
      if (content === null) {
        removed.push(`D ${quotePath(path)}\n`);
        continue;
      }
      blobs += 1;
      yield Buffer.from(`blob\nmark :${blobs}\n`);
      yield* data(content);
      written.push(`M 100644 :${blobs} ${quotePath(path)}\n`);
    }
    const mark = `:${index + 1}`;
    const author = formatIdent(commit.author, wholeSeconds(commit.authoredAt));
    const committer = formatIdent(gitward, dates[index] ?? 0);
    yield Buffer.from(`commit ${ref}\nmark ${mark}\nauthor ${author}\ncommitter ${committer}\n`);
    yield* data(Buffer.from(commitMessage(commit)));
    if (index === 0 && tip !== null) yield Buffer.from(`from ${tip}\n`);
    // Removals first: a file's path may become a folder's.
    for (const line of removed) yield Buffer.from(line);
    for (const line of written) yield Buffer.from(line);
    yield Buffer.from(`\nget-mark ${mark}\nls ${mark} ""\n`);
  }
  yield Buffer.from('done\n');
}

function* data(bytes: Uint8Array): Generator<Uint8Array> {
  yield Buffer.from(`data ${bytes.byteLength}\n`);
  yield bytes;
  yield Buffer.from('\n');
}

/** The same bytes in pieces that are worth a write each. */
function* inLargePieces(pieces: Iterable<Uint8Array>): Generator<Uint8Array> {
  let gathered: Uint8Array[] = [];
  let size = 0;
  for (const piece of pieces) {
    gathered.push(piece);
    size += piece.byteLength;
    if (size < pieceSize) continue;
    yield Buffer.concat(gathered, size);
    gathered = [];
    size = 0;
  }
  if (size > 0) yield Buffer.concat(gathered, size);
}

/** A path in the C-style quotes of fast-import; everything but these stands for itself. */
function quotePath(path: string): string {
  const escaped = path.replace(/["\\\n]/g, (char) => (char === '\n' ? '\\n' : `\\${char}`));
  return `"${escaped}"`;
}
