import type { StreamTrailers } from '../model/streams/commit.ts';
import type { CommitMessage, FileChange, PlannedCommit } from './types.ts';

/** A commit whose changes and message are known before it is built. */
export function plannedCommit(
  changes: readonly FileChange[],
  message: CommitMessage,
  trailers: StreamTrailers,
): PlannedCommit {
  return {
    *write() {
      yield* changes;
      return message;
    },
    trailers,
  };
}
