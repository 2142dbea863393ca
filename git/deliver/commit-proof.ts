import { createHmac, timingSafeEqual } from 'node:crypto';
import type { StreamTrailers } from '../../model/streams/commit.ts';

/** Of a commit without a parent. */
export const emptyTree = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

/** The ids of the trees before and after a commit. */
export interface TreeChange {
  before: string;
  after: string;
}

/**
 * What proves that we made a commit, also to a database that was restored and has forgotten it: 64 hex digits. Only who has the key
 * can make it, and it is of no use for any other change: not for a commit that was amended, or into which another was squashed.
 */
export function proveCommit(
  key: Uint8Array,
  { stream, installation, batches, through, reason }: StreamTrailers,
  { before, after }: TreeChange,
): string {
  const proven = JSON.stringify([stream, installation, batches, through, reason, before, after]);
  return createHmac('sha256', key).update(proven).digest('hex');
}

/** Whether the trailers of a commit that made this change have their proof. */
export function isProven(key: Uint8Array, trailers: StreamTrailers, change: TreeChange): boolean {
  const { proof = '' } = trailers;
  const expected = proveCommit(key, trailers, change);
  return proof.length === expected.length && timingSafeEqual(Buffer.from(proof), Buffer.from(expected)); // prettier-ignore
}
