import type { CommitStyle } from '../../model/streams/commit-style.ts';
import { wholeSeconds } from './ident.ts';
import type { Session } from '../run/session.ts';
import type { BuiltCommit, Told } from './built-commit.ts';
import { emptyTree } from './commit-proof.ts';
import { commitCommand, commitEnd, data, done, importCommits } from './import-commit.ts';
import { proveCommits } from './prove-commits.ts';
import { signCommits } from './sign-commits.ts';
import { checkTreePath } from './tree-path.ts';
import { baseOf, type BaseCommit, type TipState } from './read-tip.ts';
import type { CommitMessage, FileChange, PlannedCommit } from '../types.ts';

const pieceSize = 64 * 1024;

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
  let built = await importPlan(session, base, plan);
  const messages = built.map(({ message }) => message);
  for (;;) {
    const kept = plan.filter((_, index) => {
      const parentTree = built[index - 1]?.tree ?? base?.tree ?? emptyTree;
      return built[index]?.tree !== parentTree;
    });
    if (kept.length === plan.length) break;
    plan = kept;
    built = plan.length === 0 ? [] : await importPlan(session, base, plan);
  }
  const { signingKey, proofKey } = session.connection;
  if (built.length > 0 && proofKey !== null)
    built = await proveCommits(session, base, built, proofKey);
  if (signingKey !== null) {
    const signed = await signCommits(session, base?.sha ?? null, built, signingKey);
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

function importPlan<Message extends CommitMessage>(
  session: Session,
  base: BaseCommit | null,
  plan: readonly PlannedCommit<Message>[],
): Promise<BuiltCommit<Message>[]> {
  const { style } = session.connection;
  return importCommits(session, (ref) => inLargePieces(importStream(ref, base, plan, style)));
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
    committedAt = Math.max(committedAt, wholeSeconds(message.authoredAt));
    const commit = { message, trailers, committedAt };
    told.push(commit);
    yield* commitCommand(ref, index, commit, { base: base?.sha ?? null, style });
    for (const line of files.lines) yield Buffer.from(line);
    yield commitEnd(index);
  }
  yield done;
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
