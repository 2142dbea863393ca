import { ConfigError } from '../config.ts';

/**
 * What a person reads of an error that ended a command, and the exit code for scripts: 2 where the
 * settings are wrong, else 1. An error of ours says all in its message; of a defect the stack helps.
 */
export function describeError(error: unknown): { text: string; exitCode: number } {
  if (!(error instanceof Error)) return { text: `gitward: ${String(error)}`, exitCode: 1 };
  if (error instanceof ConfigError)
    return { text: `gitward: the settings cannot be used.\n${error.message}`, exitCode: 2 };
  const isDefect =
    error instanceof TypeError || error instanceof RangeError || error instanceof ReferenceError;
  const said = isDefect ? (error.stack ?? error.message) : error.message;
  return { text: `gitward: ${said}`, exitCode: 1 };
}
