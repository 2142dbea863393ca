import { stripVTControlCharacters } from 'node:util';
import { meetsTarget, type Figure } from '../shape/figure.ts';
import type { BenchResult } from '../shape/results.ts';
import { grouped } from './grouped.ts';
import { countTargets, targetsText } from './targets.ts';
import {
  atText,
  floorText,
  machineText,
  noiseText,
  optionsText,
  outcomeText,
  peersText,
  runText,
  spreadText,
  valueText,
} from './words.ts';

const columns: readonly [heading: string, of: (figure: Figure) => string, right?: true][] = [
  ['figure', ({ name }) => name],
  ['at', atText, true],
  ['median', ({ value, unit }) => valueText(value, unit), true],
  ['least – most', spreadText],
  ['floor', floorText],
  ['peers', peersText],
  ['target', targetText],
  ['note', ({ note = '' }) => note],
];

/** What is printed at the end: a table for each bench, with floor, peers and targets, and what the run came to. */
export function summaryText(results: readonly BenchResult[]): string {
  const [first] = results;
  if (first === undefined) return 'Nothing was measured.\n';
  const noise = noiseText(first.run);
  const parts = [
    ...results.map(benchText),
    [
      machineText(first.run.machine),
      runText(first.run),
      ...(noise === null ? [] : [`WARNING: ${noise}`]),
    ].join('\n'),
    table(
      results.map((result) => [
        result.name,
        targetsText(countTargets([result])),
        outcomeText(result),
      ]),
    ),
  ];
  return `${parts.map(printable).join('\n\n')}\n`;
}

function benchText(result: BenchResult): string {
  const options = optionsText(result.options);
  const head = [`■ ${result.name} ${options}`.trimEnd(), `  ${result.measures}`];
  if (result.state !== 'measured') head.push(`  ${outcomeText(result)}`);
  const groups = grouped(result.figures).map(
    ({ heading, figures }) => `${heading === null ? '' : `  ${heading}\n`}${figuresText(figures)}`,
  );
  return [head.join('\n'), ...groups].join('\n\n');
}

function figuresText(figures: readonly Figure[]): string {
  const used = columns.filter(([, of]) => figures.some((figure) => of(figure) !== ''));
  return table(
    [
      used.map(([heading]) => heading),
      ...figures.map((figure) => used.map(([, of]) => of(figure))),
    ],
    used.map(([, , right = false]) => right),
  );
}

function targetText(figure: Figure): string {
  const met = meetsTarget(figure);
  if (met === null || figure.target === undefined) return '';
  return `≤ ${valueText(figure.target, figure.unit)} ${met ? 'met' : 'MISSED'}`;
}

function table(rows: readonly (readonly string[])[], right: readonly boolean[] = []): string {
  const clean = rows.map((row) => row.map(oneLine));
  const widths = (clean[0] ?? []).map((_, column) =>
    Math.max(...clean.map((row) => row[column]?.length ?? 0)),
  );
  return clean
    .map((row) =>
      row
        .map((cell, at) =>
          right[at] === true ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0),
        )
        .join('   ')
        .trimEnd(),
    )
    .map((line) => `    ${line}`)
    .join('\n');
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

/** Without what would move the cursor or change colors: words of servers are among them. */
function printable(text: string): string {
  return stripVTControlCharacters(text).replaceAll(/(?!\n)\p{Cc}/gu, '');
}
