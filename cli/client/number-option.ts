import { InvalidArgumentError, type Command } from 'commander';

/** Parses a positive integer option; Commander reports the error for any other value. */
export function positive(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 1)
    throw new InvalidArgumentError('Give a whole number of at least 1.');
  return number;
}

/** Adds the option `--limit` to a command that lists something; it defaults to `fallback`. */
export function limited(command: Command, fallback = 20): Command {
  return command.option('--limit <number>', 'maximum number of items', positive, fallback);
}
