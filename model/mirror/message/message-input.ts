import type { CommitReason } from '../../streams/commit.ts';
import type { UnlinkedObject } from '../../platform/tree.ts';
import type { Change } from '../events.ts';

/** What a commit's message is made of. Nothing in it is trusted. */
export interface MessageInput {
  reason: CommitReason;
  projectName: string;
  branchName: string;
  /** The changes that the commit holds, in their order; may be empty. */
  changes: readonly Change[];
  /** The platform's words. */
  words: MessageWords;
  /** An object's name; `null` where it is gone or was never known. */
  configurationName: (componentId: string, configId: string) => string | null;
  /** How many values in clear were left out of the whole tree. */
  replacedSecrets: number;
  /** What the layout leaves out and the commit writes: of all that is left out, what is new or changed. */
  unlinked: readonly UnlinkedObject[];
}

/** What a platform calls things. */
export interface MessageWords {
  /** The word for a kind of objects, such as `extractor`. */
  wordFor: (kind: string) => string;
  /** What is said before what the layout leaves out is listed. */
  leftOut: string;
}
