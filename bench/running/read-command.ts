import { parseArgs, type ParseArgsConfig } from 'node:util';
import type { Bench, OptionValues } from '../shape/bench.ts';
import { BadOption } from '../shape/option.ts';

/** What was asked for on the command line. */
export interface Command {
  /** What to run: each bench with its options. All, if none was named. */
  runs: readonly { bench: Bench; options: OptionValues }[];
  quick: boolean;
  /** Only make the page again. */
  report: boolean;
  help: boolean;
  /** The folder for the results and the page, as it was given; `null` if it was not. */
  to: string | null;
}

const own = {
  quick: { type: 'boolean' },
  report: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  to: { type: 'string' },
} as const;

/** Reads arguments. Throws {@link BadOption} if they are not understood. */
export function readCommand(args: readonly string[], benches: readonly Bench[]): Command {
  const { values, positionals } = parse(args, benches);
  const unknown = positionals.find((name) => !benches.some((bench) => bench.name === name));
  if (unknown !== undefined)
    throw new BadOption(
      `There is no bench ${JSON.stringify(unknown)}, only ${benches.map(({ name }) => name).join(', ')}.`,
    );
  const { quick = false, report = false, help = false, to = null, ...given } = values;
  const chosen =
    positionals.length === 0 ? benches : benches.filter(({ name }) => positionals.includes(name));
  for (const name of Object.keys(given))
    if (!chosen.some((bench) => Object.hasOwn(bench.options, name)))
      throw new BadOption(
        `--${name} is no option of ${chosen.map((bench) => bench.name).join(', ')}.`,
      );
  const options = (bench: Bench) => optionsOf(bench, quick === true, given);
  return {
    runs: chosen.map((bench) => ({ bench, options: options(bench) })),
    ...{ quick: quick === true, report: report === true, help: help === true },
    to: typeof to === 'string' ? to : null,
  };
}

function parse(args: readonly string[], benches: readonly Bench[]) {
  const options: NonNullable<ParseArgsConfig['options']> = { ...own };
  for (const bench of benches)
    for (const name of Object.keys(bench.options)) options[name] = { type: 'string' };
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw new BadOption(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

function optionsOf(bench: Bench, quick: boolean, given: Record<string, unknown>): OptionValues {
  const values: OptionValues = {};
  for (const [name, option] of Object.entries(bench.options)) {
    const text = given[name];
    values[name] = quick ? option.quick : option.default;
    if (typeof text === 'string')
      try {
        values[name] = option.read(text);
      } catch (error) {
        if (!(error instanceof BadOption)) throw error;
        throw new BadOption(`--${name} (${option.says}): ${error.message}`, { cause: error });
      }
  }
  return values;
}

/** What `--help` prints. */
export function helpText(benches: readonly Bench[]): string {
  const lines = benches.flatMap((bench) => [
    '',
    bench.name,
    `  ${bench.measures}`,
    ...Object.entries(bench.options).map(
      ([name, option]) =>
        `  ${`--${name} ${shown(option.default)}`.padEnd(28)} ${option.says} (quick: ${shown(option.quick)})`,
    ),
  ]);
  return [
    'npm run bench -- [names] [options]',
    '',
    'Runs the benches that are named, or all, one after the other, and adds what they measured to bench/results.json and bench/report.html.',
    '',
    '  --quick       small sizes: a few minutes for everything',
    '  --report      makes the page from the results again, without measuring',
    '  --to FOLDER   the folder for the results and the page',
    '  --help        this text',
    ...lines,
  ].join('\n');
}

function shown(value: OptionValues[string]): string {
  if (value === '') return '""';
  return typeof value === 'string' ? value : String(value);
}
