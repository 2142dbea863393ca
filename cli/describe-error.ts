import { ConfigError } from '../model/config-error.ts';

/**
 * What an error that ended a command says, and the exit code for scripts: 2 if the settings are
 * wrong, otherwise 1. Our own errors say everything in their message; for bugs, the
 * stack helps.
 */
export function describeError(error: unknown): { text: string; exitCode: number } {
  if (!(error instanceof Error)) return { text: String(error), exitCode: 1 };
  if (error instanceof ConfigError)
    return { text: `the settings cannot be used.\n${error.message}`, exitCode: 2 };
  const isDefect =
    error instanceof TypeError || error instanceof RangeError || error instanceof ReferenceError;
  const said = isDefect ? (error.stack ?? error.message) : error.message;
  return { text: said, exitCode: 1 };
}
