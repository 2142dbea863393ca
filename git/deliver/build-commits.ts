import { randomUUID } from 'node:crypto';
import type { CommitStyle } from '../../model/streams/commit-style.ts';
import { formatMessage } from './commit-message.ts';
import { formatIdent, wholeSeconds } from './ident.ts';
import { CacheBroken, type Session } from '../run/session.ts';
import type { BuiltCommit, Told } from './built-commit.ts';
import { signCommits } from './sign-commits.ts';
import { checkTreePath } from './tree-path.ts';
import { baseOf, type BaseCommit, type TipState } from './read-tip.ts';
import type { CommitMessage, FileChange, PlannedCommit } from '../types.ts';

const pieceSize = 64 * 1024;
const emptyTree = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

/** The result of building planned commits; both lists are in the order of the plan. */
export interface BuiltCommits<Message> {
  /** For each planned commit, the id of the commit that contains it; see `BuiltPlan.commits`. */
  commits: (string | null)[];
  messages: Message[];
}

/**
 * Builds the planned commits on the tip (or on the start of a new branch), each on top of the one
 * before, with a single `git fast-import`. The same plan on the same commit gives the same ids. A
 * commit that would change nothing is left out; the commit before it takes its place, which is
 * `null` if the branch has none.
 */
export async function buildCommits<Message extends CommitMessage>(
  session: Session,
  tip: TipState,
  planned: readonly PlannedCommit<Message>[],
): Promise<BuiltCommits<Message>> {
  if (planned.length === 0) return { commits: [], messages: [] };
  session.progress('Writing the commits');
  const base = baseOf(tip);
  let plan = planned;
  let built = await importCommits(session, base, plan);
  const messages = built.map(({ message }) => message);
  for (;;) {
    const kept = plan.filter((_, index) => {
      const parentTree = built[index - 1]?.tree ?? base?.tree ?? emptyTree;
      return built[index]?.tree !== parentTree;
    });
    if (kept.length === plan.length) break;
    plan = kept;
    built = plan.length === 0 ? [] : await importCommits(session, base, plan);
  }
  const { signingKey } = session.connection;
  if (signingKey !== null) {
    const signed = await signCommits(
      session,
      { parent: base?.sha ?? null, plan, built },
      signingKey,
    );
    built = built.map((commit, index) => ({ ...commit, sha: signed[index] ?? commit.sha }));
  }
  for (const { sha, tree, committedAt } of built)
    session.cache.commits.set(sha, { tree, committedAt });
  return { commits: holders(tip.sha, planned, plan, built), messages };
}

/** For each planned commit, the id of the commit that contains it. */
function holders(
  tip: string | null,
  planned: readonly PlannedCommit[],
  kept: readonly PlannedCommit[],
  built: readonly { sha: string }[],
): (string | null)[] {
  let holder = tip;
  return planned.map((commit) => {
    const index = kept.indexOf(commit);
    if (index >= 0) holder = built[index]?.sha ?? holder;
    return holder;
  });
}

async function importCommits<Message extends CommitMessage>(
  session: Session,
  base: BaseCommit | null,
  plan: readonly PlannedCommit<Message>[],
): Promise<BuiltCommit<Message>[]> {
  // Each attempt has its own ref, so that a failed attempt leaves nothing in the way.
  const ref = `refs/gitward/attempts/${randomUUID()}`;
  const { stdout, fed } = await session.feed(
    ['fast-import', '--quiet', '--done', '--date-format=raw'],
    inLargePieces(importStream(ref, base, plan, session.connection.style)),
  );
  const lines = stdout.toString().split('\n');
  return fed.map((told, index) => {
    const sha = lines[index * 2] ?? '';
    const tree = /^040000 tree ([0-9a-f]{40})\t/.exec(lines[index * 2 + 1] ?? '')?.[1];
    if (!/^[0-9a-f]{40}$/.test(sha) || tree === undefined)
      throw new CacheBroken('git fast-import did not return the id of the commit that it created.');
    return { sha, tree, ...told };
  });
}

/**
 * The input of `git fast-import`, which answers with the id and the tree id of each commit. The
 * files come before their commit, so the message may depend on them. Returns the message of each
 * commit and its committer date, which is never before its parent's.
 */
function* importStream<Message extends CommitMessage>(
  ref: string,
  base: BaseCommit | null,
  plan: readonly PlannedCommit<Message>[],
  style: CommitStyle,
): Generator<Uint8Array, Told<Message>[]> {
  const told: Told<Message>[] = [];
  let blobs = plan.length;
  let committedAt = base?.committedAt ?? 0;
  for (const [index, { write, trailers }] of plan.entries()) {
    const files = yield* fileStream(write(), blobs);
    blobs = files.blobs;
    const { message } = files;
    const authoredAt = wholeSeconds(message.authoredAt);
    committedAt = Math.max(committedAt, authoredAt);
    told.push({ message, committedAt });
    const mark = `:${index + 1}`;
    const author = formatIdent(message.author, authoredAt);
    const committer = formatIdent(style.committer, committedAt);
    yield Buffer.from(`commit ${ref}\nmark ${mark}\nauthor ${author}\ncommitter ${committer}\n`);
    yield* data(Buffer.from(formatMessage(message, trailers, style)));
    if (index === 0 && base !== null) yield Buffer.from(`from ${base.sha}\n`);
    for (const line of files.lines) yield Buffer.from(line);
    yield Buffer.from(`\nget-mark ${mark}\nls ${mark} ""\n`);
  }
  yield Buffer.from('done\n');
  return told;
}

/**
 * Writes the blobs of one commit's files, numbered from the last one on. Returns the lines of the
 * commit that refer to them, and its message.
 */
function* fileStream<Message extends CommitMessage>(
  writing: Iterable<FileChange, Message>,
  lastBlob: number,
): Generator<Uint8Array, { message: Message; lines: string[]; blobs: number }> {
  const removed: string[] = [];
  const written: string[] = [];
  let blobs = lastBlob;
  const changes = writing[Symbol.iterator]();
  for (;;) {
    const next = changes.next();
    // Removals come first, because the path of a file may become a folder.
    if (next.done === true) return { message: next.value, lines: [...removed, ...written], blobs };
    const { path, content, executable = false } = next.value;
    checkTreePath(path);
    if (content === null) {
      removed.push(`D ${quotePath(path)}\n`);
      continue;
    }
    blobs += 1;
    yield Buffer.from(`blob\nmark :${blobs}\n`);
    yield* data(content);
    written.push(`M ${executable ? '100755' : '100644'} :${blobs} ${quotePath(path)}\n`);
  }
}

function* data(bytes: Uint8Array): Generator<Uint8Array> {
  yield Buffer.from(`data ${bytes.byteLength}\n`);
  yield bytes;
  yield Buffer.from('\n');
}

/**
 * Joins the bytes into pieces that are large enough to be written one by one. Returns what `pieces`
 * returns.
 */
function* inLargePieces<Told>(pieces: Generator<Uint8Array, Told>): Generator<Uint8Array, Told> {
  let gathered: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const next = pieces.next();
    if (next.done === true) {
      if (size > 0) yield Buffer.concat(gathered, size);
      return next.value;
    }
    gathered.push(next.value);
    size += next.value.byteLength;
    if (size < pieceSize) continue;
    yield Buffer.concat(gathered, size);
    gathered = [];
    size = 0;
  }
}

/** A path in the C-style quotes of fast-import; only these characters need an escape. */
function quotePath(path: string): string {
  const escaped = path.replace(/["\\\n]/g, (char) => (char === '\n' ? '\\n' : `\\${char}`));
  return `"${escaped}"`;
}
