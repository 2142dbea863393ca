import type { Session } from '../run/session.ts';
import type { CommitMessage } from '../types.ts';
import type { BuiltCommit, Told } from './built-commit.ts';
import { emptyTree, proveCommit } from './commit-proof.ts';
import { commitCommand, commitEnd, done, importCommits } from './import-commit.ts';
import type { BaseCommit } from './read-tip.ts';

/**
 * Makes the same commits once more, each with the proof that it is ours, which needs the trees before and after it. The same
 * commits have the same proofs, and so the same ids.
 */
export function proveCommits<Message extends CommitMessage>(
  session: Session,
  base: BaseCommit | null,
  built: readonly BuiltCommit<Message>[],
  key: Uint8Array,
): Promise<BuiltCommit<Message>[]> {
  const { style } = session.connection;
  const proven = built.map(({ tree, ...told }, index) => {
    const change = { before: (built[index - 1] ?? base)?.tree ?? emptyTree, after: tree };
    const proof = proveCommit(key, told.trailers, change);
    return { ...told, tree, trailers: { ...told.trailers, proof } };
  });
  return importCommits(session, function* (ref): Generator<Uint8Array, Told<Message>[]> {
    for (const [index, commit] of proven.entries()) {
      yield* commitCommand(ref, index, commit, { base: base?.sha ?? null, style });
      yield Buffer.from(`M 040000 ${commit.tree} ""\n`);
      yield commitEnd(index);
    }
    yield done;
    return proven.map(({ message, trailers, committedAt }) => ({ message, trailers, committedAt }));
  });
}
