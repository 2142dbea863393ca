import type { CommitMessage } from '../types.ts';

/** A commit that exists only in the cache so far. */
export interface BuiltCommit<Message = CommitMessage> extends Told<Message> {
  sha: string;
  tree: string;
}

/** What is known about a commit from building it. */
export interface Told<Message> {
  message: Message;
  /** The committer date, in seconds. */
  committedAt: number;
}
