import type { GitTextTools } from './clone-types.ts';

/** What Git's text tools need. */
export interface GitTextToolsOptions {
  /** A directory of ours: git's home, and the place of the short-lived files that it compares. */
  directory: string;
  /** Where git is looked for; the usual places unless told. */
  searchPath?: string;
}

/** See `GitTextTools`. */
export function createGitTextTools(options: GitTextToolsOptions): GitTextTools {
  const notBuilt = () => Promise.reject(new Error(`Not built yet: ${options.directory}`));
  return { merge: notBuilt, diff: notBuilt };
}
