import type { Command } from 'commander';

/** Options that say which version is read. */
export interface ReadOptions {
  env?: string;
  at?: string;
  key?: string;
}

/** Adds the options of {@link ReadOptions}, except `--key`. */
export function readAt(command: Command): Command {
  return command
    .option('--env <name>', 'as this environment has it')
    .option('--at <when>', 'as of a commit (its first digits are enough), a date, or 1w, 1m, 6m');
}

/** Adds `--key`. */
export function withKey(command: Command): Command {
  return command.option('--key <key>', 'for whom an arm of an experiment is chosen');
}

/** The query of a request that reads a version. */
export function queryOf({ env, at, key }: ReadOptions) {
  return { env, at, key };
}
