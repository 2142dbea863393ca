import type { StreamTrailers } from '../../model/streams/commit.ts';
import type { CommitMessage } from '../types.ts';

/** A commit that exists only in the cache so far. */
export interface BuiltCommit<Message = CommitMessage> extends Told<Message> {
  sha: string;
  tree: string;
}

/** What is known about a commit from building it. */
export interface Told<Message> {
  message: Message;
  trailers: StreamTrailers;
  /** The committer date, in seconds. */
  committedAt: number;
}
