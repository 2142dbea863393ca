/** The codes of a {@link Hold}, which are stable: the API shows them as an entry's `failure`. */
export const holdCodes = ['path_blocked', 'public_repository', 'file_refused'] as const;

/** Why an entry's waiting saves are not sent for now. Those of other entries are. */
export interface Hold {
  /**
   * `path_blocked`: its file would replace something else in the repository. `public_repository`: it is about persons,
   * and the repository is not known to be private. `file_refused`: the Git host refuses what is in its file.
   */
  code: (typeof holdCodes)[number];
  /** What is in the way, and what to do. */
  message: string;
}
