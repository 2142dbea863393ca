import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** One run of schemathesis. */
export interface RunOptions {
  /** Its command. */
  command: string;
  /** Where its files are put. */
  directory: string;
  url: string;
  token: string;
  seed: number;
  /** How many requests are made up for each operation, besides those for each rule of its schema. */
  examples: number;
  phases: readonly string[];
  /** Only operations whose path matches; `null`: all. */
  only: string | null;
  description: object;
  settings: string;
}

/** What a run found. */
export interface RunOutcome {
  /** A line for each kind of fault, with its operations. */
  faults: string[];
  /** What schemathesis tells of them, with the requests; empty without faults. */
  details: string;
}

/** Runs schemathesis once; throws if it could not run at all. */
export async function runSchemathesis(options: RunOptions): Promise<RunOutcome> {
  const { command, directory, url, token, seed, examples, phases, only } = options;
  const [description, settings, report] = ['openapi.json', 'settings.toml', 'report.json'].map(
    (name) => join(directory, name),
  ) as [string, string, string];
  await writeFile(description, JSON.stringify(options.description));
  await writeFile(settings, options.settings);
  const child = spawn(
    command,
    [
      ...['--config-file', settings, 'run', description, '--url', url],
      ...['--header', `Authorization: Bearer ${token}`, '--phases', phases.join(',')],
      ...['--seed', String(seed), '--max-examples', String(examples), '--continue-on-failure'],
      ...['--request-timeout', '70', '--generation-database', 'none', '--no-color', '--no-shrink'],
      ...['--suppress-health-check', 'all', '--report', 'json', '--report-json-path', report],
      ...(only === null ? [] : ['--include-path-regex', only]),
    ],
    // The requests are for this machine, whatever else is reached through a proxy.
    { cwd: directory, env: { ...process.env, NO_PROXY: '*' }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  await writeFile(join(directory, 'output.txt'), output);
  if (code !== 0 && code !== 1)
    throw new Error(`schemathesis ended with ${String(code)}:\n${output.slice(-3_000)}`);
  const { failures, errors } = JSON.parse(await readFile(report, 'utf8')) as Report;
  const faults = [
    ...failures.map(
      ({ title, count, operations }) => `${title} (${count}): ${operations.join(', ')}`,
    ),
    ...errors.map((error) => `Error: ${JSON.stringify(error).slice(0, 500)}`),
  ];
  return { faults, details: faults.length === 0 ? '' : shortened(output) };
}

interface Report {
  failures: { title: string; count: number; operations: string[] }[];
  errors: unknown[];
}

/** The part about failures; a made-up text may be as long as a whole request. */
function shortened(output: string): string {
  const [, told = output] =
    /\n(=+ (?:FAILURES|ERRORS) =+[^]*?)\n=+ (?:WARNINGS|SUMMARY) =/.exec(output) ?? [];
  return told
    .split('\n')
    .map((line) => (line.length > 400 ? `${line.slice(0, 400)} …` : line))
    .join('\n');
}
