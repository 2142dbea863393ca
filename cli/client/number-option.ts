import { InvalidArgumentError, type Command } from 'commander';

/** A whole number of an option; Commander tells what is wrong with another value. */
export function positive(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 1)
    throw new InvalidArgumentError('Give a whole number from 1 on.');
  return number;
}

/** Gives a command that lists something the option `--limit`; without it the list has `fallback` items at most. */
export function limited(command: Command, fallback = 20): Command {
  return command.option('--limit <number>', 'how many at most', positive, fallback);
}
