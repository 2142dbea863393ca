import type { AddressPolicy } from '../network/address-policy.ts';
import type { GitClones } from './clone-types.ts';

/** What keeping copies needs. */
export interface GitClonesOptions {
  /** A directory for the copies; may be shared with other processes, and may be emptied at any time. */
  cacheDirectory: string;
  policy: AddressPolicy;
  /** Where git is looked for; the usual places unless told. */
  searchPath?: string;
  logger?: { warn(fields: object, message: string): void };
}

/** Copies that also end. */
export interface ClosableGitClones extends GitClones {
  /** Ends the processes that read; the copies stay, for the next process. */
  close(): Promise<void>;
}

/** See `GitClones`. */
export function createGitClones(options: GitClonesOptions): Promise<ClosableGitClones> {
  const notBuilt = () => Promise.reject(new Error(`Not built yet: ${options.cacheDirectory}`));
  return Promise.resolve({
    withClone: notBuilt,
    askTip: notBuilt,
    close: () => Promise.resolve(),
  });
}
