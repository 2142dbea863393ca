import { meetsTarget, type Figure } from '../shape/figure.ts';
import type { BenchResult, Results, Run } from '../shape/results.ts';
import { grouped, type Group } from './grouped.ts';
import { html, nothing, type Html } from './html.ts';
import { plotsOf } from './plots.ts';
import { style } from './style.ts';
import { countTargets } from './targets.ts';
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

/** No script runs, and nothing is fetched, whatever the texts say. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** The page: what was measured, with plots and tables, in one file that needs nothing else. */
export function pageOf({ benches }: Results): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>What Gitward's benches measured</title>
        <style>
          ${style}
        </style>
      </head>
      <body>
        <main>
          <h1>What Gitward's benches measured</h1>
          ${runs(benches)}
          <p class="quiet">
            Values are medians; the thin line on a bar is from the least to the most of the rounds.
            A floor is what the same result cannot cost less than; a peer is another way to it. A
            dashed red line is a target.
          </p>
          ${overview(benches)} ${benches.map((result) => section(result, differ(benches)))}
        </main>
      </body>
    </html> `.markup;
}

/** What all benches have in common; if they ran at several times, each says its own. */
function runs(benches: readonly BenchResult[]): Html {
  const machines = [...new Set(benches.map(({ run }) => machineText(run.machine)))];
  const [first] = benches;
  return html`${machines.map((text) => html`<p>${text}</p>`)}
  ${first === undefined || differ(benches) ? nothing : runMarkup(first.run)}`;
}

/** Whether the benches are of several runs. */
function differ(benches: readonly BenchResult[]): boolean {
  return new Set(benches.map(({ run }) => machineText(run.machine) + runText(run))).size > 1;
}

function runMarkup(run: Run): Html {
  const noise = noiseText(run);
  return html`<p class="quiet">${runText(run)}</p>
    ${noise === null ? nothing : html`<p class="warning">${noise}</p>`}`;
}

function overview(benches: readonly BenchResult[]): Html {
  return html`<section>
    <h2>Overview</h2>
    <div class="wide" role="region" aria-label="Overview" tabindex="0">
      <table>
        <tr>
          <th>bench</th>
          <th>targets met</th>
          <th>outcome</th>
        </tr>
        ${benches.map(
          (result) =>
            html`<tr>
              <td><a href="#${result.name}">${result.name}</a></td>
              <td>${targets(result)}</td>
              <td class="outcome ${result.state}">${outcomeText(result)}</td>
            </tr>`,
        )}
      </table>
    </div>
  </section>`;
}

function targets(result: BenchResult): Html {
  const counted = countTargets([result]);
  if (counted.set === 0) return nothing;
  const kind = counted.met === counted.set ? 'met' : 'missed';
  return html`<span class="${kind}">${counted.met} of ${counted.set}</span>`;
}

function section(result: BenchResult, saysRun: boolean): Html {
  return html`<section id="${result.name}">
    <h2>${result.name}</h2>
    <p>${result.measures}</p>
    ${saysRun ? runMarkup(result.run) : nothing}
    <p class="quiet"><code>npm run bench -- ${result.name} ${optionsText(result.options)}</code></p>
    ${result.state === 'measured' ? nothing : html`<p class="${result.state}">${outcomeText(result)}</p>`}
    ${grouped(result.figures).map((group) => groupMarkup(result, group))}
  </section>`;
}

function groupMarkup(result: BenchResult, { heading, figures }: Group): Html {
  return html`${heading === null ? nothing : html`<h3>${heading}</h3>`} ${plotsOf(figures)}
  ${tableOf(figures, `${result.name}: ${heading ?? 'figures'}`)}`;
}

const columns: readonly [
  heading: string,
  kind: string,
  has: (figure: Figure) => boolean,
  cell: (figure: Figure) => Html | string,
][] = [
  ['figure', 'name', () => true, ({ name }) => name],
  ['at', 'number', ({ at }) => at !== undefined, atText],
  ['median', 'number', () => true, ({ value, unit }) => valueText(value, unit)],
  ['least – most', 'spread', (figure) => spreadText(figure) !== '', spreadText],
  ['rounds', 'number', ({ rounds }) => rounds > 1, ({ rounds }) => String(rounds)],
  ['floor (times)', 'floor', ({ floor }) => floor !== undefined, floorText],
  ['peers', 'peers', (figure) => peersText(figure) !== '', peersText],
  ['target', 'target', ({ target }) => target !== undefined, targetCell],
  ['note', 'note', ({ note }) => note !== undefined, ({ note = '' }) => note],
];

/** Longer tables are opened by whoever wants to read them. */
const longest = 12;

function tableOf(figures: readonly Figure[], name: string): Html {
  const used = columns.filter(([, , has]) => figures.some(has));
  const cells = (figure: Figure) =>
    used.map(([, kind, , cell]) => html`<td class="${kind}">${cell(figure)}</td>`);
  const table = html`<div class="wide" role="region" aria-label="${name}" tabindex="0">
    <table>
      <tr>
        ${used.map(([heading, kind]) => html`<th class="${kind}">${heading}</th>`)}
      </tr>
      ${figures.map(
        (figure) =>
          html`<tr>
            ${cells(figure)}
          </tr>`,
      )}
    </table>
  </div>`;
  if (figures.length <= longest) return table;
  return html`<details>
    <summary>All ${figures.length} figures</summary>
    ${table}
  </details>`;
}

function targetCell(figure: Figure): Html {
  const met = meetsTarget(figure);
  if (met === null || figure.target === undefined) return nothing;
  const text = `≤ ${valueText(figure.target, figure.unit)} ${met ? '✓ met' : '✗ missed'}`;
  return html`<span class="${met ? 'met' : 'missed'}">${text}</span>`;
}
