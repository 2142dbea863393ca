import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { benches, loadBench } from './benches.ts';
import { pageOf } from './report/page.ts';
import { summaryText } from './report/summary.ts';
import { atText, noiseText, outcomeText, valueText } from './report/words.ts';
import { describeRun } from './running/describe-run.ts';
import { helpText, readCommand, type Command } from './running/read-command.ts';
import { runBench } from './running/run-bench.ts';
import { BadOption } from './shape/option.ts';
import { readResults } from './shape/read-results.ts';
import { merge, type BenchResult, type Results } from './shape/results.ts';

/*
 * `npm run bench`: runs benches one after the other, prints a summary, and writes results and a page. `--help` says the rest.
 */

const names = Object.keys(benches);
const all = await Promise.all(names.map(loadBench));

try {
  const command = readCommand(process.argv.slice(2), all);
  if (command.help) console.log(helpText(all));
  else await carryOut(command);
} catch (error) {
  if (!(error instanceof BadOption)) throw error;
  console.error(`${error.message}\n\`npm run bench -- --help\` lists benches and options.`);
  process.exitCode = 2;
}

async function carryOut(command: Command): Promise<void> {
  const folder = command.to === null ? import.meta.dirname : resolve(command.to);
  const files = { results: join(folder, 'results.json'), page: join(folder, 'report.html') };
  const earlier = await readResults(files.results);
  if (command.report) {
    if (earlier === null)
      throw new BadOption(`There is no ${files.results}: measure first, without --report.`);
    await writeWhole(files.page, pageOf(earlier));
    console.log(`The page is ${files.page}.`);
    return;
  }
  await mkdir(folder, { recursive: true });
  const results = await measure(command, async (soFar) => {
    const merged = merge(earlier?.benches ?? [], soFar, names);
    await writeWhole(files.results, jsonOf(merged));
    await writeWhole(files.page, pageOf(merged));
  });
  console.log(`\n${summaryText(results)}\nResults: ${files.results}\nPage: ${files.page}`);
  if (results.some(({ state }) => state === 'failed')) process.exitCode = 1;
}

/** Runs them, and hands over what there is after each. */
async function measure(
  { runs, quick }: Command,
  onResults: (results: readonly BenchResult[]) => Promise<void>,
): Promise<BenchResult[]> {
  const run = describeRun({ quick });
  const noise = noiseText(run);
  if (noise !== null) console.warn(`WARNING: ${noise}`);
  const results: BenchResult[] = [];
  for (const { bench, options } of runs) {
    console.log(`\n${bench.name} …`);
    const result = await runBench(bench, options, {
      run,
      onFigure: (figure) => {
        const { group = '', name, value, unit } = figure;
        const words = [group, name, atText(figure)].filter((word) => word !== '');
        console.log(`  ${words.join(', ')}: ${valueText(value, unit)}`);
      },
    });
    console.log(`${bench.name}: ${outcomeText(result)}`);
    results.push(result);
    await onResults(results);
  }
  return results;
}

function jsonOf(results: Results): string {
  return `${JSON.stringify(results, null, 2)}\n`;
}

/** Replaces the file as a whole: whoever ends in the middle leaves what was there. */
async function writeWhole(file: string, text: string): Promise<void> {
  const beside = `${file}.${process.pid}.tmp`;
  await writeFile(beside, text);
  await rename(beside, file);
}
