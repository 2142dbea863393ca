import type { CommitReason } from '../../streams/commit.ts';
import type { UnlinkedObject } from '../../platform/tree.ts';
import type { Change } from '../events.ts';

/** What a commit message is made from. None of it is trusted. */
export interface MessageInput {
  reason: CommitReason;
  projectName: string;
  branchName: string;
  /** The changes in the commit, in order; may be empty. */
  changes: readonly Change[];
  /** What the platform calls things. */
  words: MessageWords;
  /** An object's name; `null` if it no longer exists or was never known. */
  configurationName: (componentId: string, configId: string) => string | null;
  /** How many plain-text secrets were left out of the whole tree. */
  replacedSecrets: number;
  /** Of what the layout leaves out: the objects that are new or changed in this commit. */
  unlinked: readonly UnlinkedObject[];
}

/** What a platform calls things. */
export interface MessageWords {
  /** The word for a kind of objects, such as `extractor`. */
  wordFor: (kind: string) => string;
  /** The line above the list of what the layout leaves out. */
  leftOut: string;
}
