import { randomUUID } from 'node:crypto';
import type { CommitStyle } from '../../model/streams/commit-style.ts';
import { CacheBroken, type Session } from '../run/session.ts';
import type { CommitMessage } from '../types.ts';
import type { BuiltCommit, Told } from './built-commit.ts';
import { formatMessage } from './commit-message.ts';
import { formatIdent, wholeSeconds } from './ident.ts';

/**
 * Makes commits, each on top of the one before, with a single `git fast-import`. `input` writes all of them on a ref, as
 * {@link commitCommand} does, each followed by its files and {@link commitEnd}, and returns what is known of them.
 */
export async function importCommits<Message extends CommitMessage>(
  session: Session,
  input: (ref: string) => Iterable<Uint8Array, Told<Message>[]>,
): Promise<BuiltCommit<Message>[]> {
  // Each attempt has its own ref, so that a failed attempt leaves nothing in the way.
  const ref = `refs/gitward/attempts/${randomUUID()}`;
  const { stdout, fed } = await session.feed(
    ['fast-import', '--quiet', '--done', '--date-format=raw'],
    input(ref),
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

/** The beginning of a commit, which is the one with this index; the first one is on `base` (`null`: on nothing). */
export function* commitCommand(
  ref: string,
  index: number,
  { message, trailers, committedAt }: Told<CommitMessage>,
  { base, style }: { base: string | null; style: CommitStyle },
): Generator<Uint8Array> {
  const author = formatIdent(message.author, wholeSeconds(message.authoredAt));
  const committer = formatIdent(style.committer, committedAt);
  const mark = markOf(index);
  yield Buffer.from(`commit ${ref}\nmark ${mark}\nauthor ${author}\ncommitter ${committer}\n`);
  yield* data(Buffer.from(formatMessage(message, trailers, style)));
  if (index === 0 && base !== null) yield Buffer.from(`from ${base}\n`);
}

/** The end of a commit; git answers with its id and its tree's. */
export function commitEnd(index: number): Uint8Array {
  const mark = markOf(index);
  return Buffer.from(`\nget-mark ${mark}\nls ${mark} ""\n`);
}

/** The end of the input. */
export const done: Uint8Array = Buffer.from('done\n');

/** Bytes of a known length. */
export function* data(bytes: Uint8Array): Generator<Uint8Array> {
  yield Buffer.from(`data ${bytes.byteLength}\n`);
  yield bytes;
  yield Buffer.from('\n');
}

function markOf(index: number): string {
  return `:${index + 1}`;
}
