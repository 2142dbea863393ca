import { meetsTarget, type Figure } from '../shape/figure.ts';
import type { BenchResult, Results } from '../shape/results.ts';
import { grouped, type Group } from './grouped.ts';
import { html, nothing, type Html } from './html.ts';
import { plotsOf } from './plots.ts';
import { style } from './style.ts';
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
          ${machines(benches)}
          <p class="quiet">
            Values are medians; the thin line on a bar is from the least to the most of the rounds.
            A floor is what the same result cannot cost less than; a peer is another way to it. A
            dashed red line is a target.
          </p>
          ${overview(benches)} ${benches.map((result) => section(result))}
        </main>
      </body>
    </html> `.markup;
}

function machines(benches: readonly BenchResult[]): Html {
  const all = [...new Set(benches.map(({ run }) => machineText(run.machine)))];
  return html`${all.map((text) => html`<p>${text}</p>`)}`;
}

function overview(benches: readonly BenchResult[]): Html {
  return html`<section>
    <h2>Overview</h2>
    <div class="wide" role="region" aria-label="Overview" tabindex="0">
      <table>
        <tr>
          <th>bench</th>
          <th>targets</th>
          <th>outcome</th>
        </tr>
        ${benches.map(
          (result) =>
            html`<tr>
              <td><a href="#${result.name}">${result.name}</a></td>
              <td>${targets(result)}</td>
              <td class="${result.state}">${outcomeText(result)}</td>
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
  return html`<span class="${kind}">${targetsText(counted)}</span>`;
}

function section(result: BenchResult): Html {
  const noise = noiseText(result.run);
  return html`<section id="${result.name}">
    <h2>${result.name}</h2>
    <p>${result.measures}</p>
    <p class="quiet">${runText(result.run)}</p>
    <p class="quiet"><code>npm run bench -- ${result.name} ${optionsText(result.options)}</code></p>
    ${noise === null ? nothing : html`<p class="warning">${noise}</p>`}
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

function tableOf(figures: readonly Figure[], name: string): Html {
  const used = columns.filter(([, , has]) => figures.some(has));
  return html`<div class="wide" role="region" aria-label="${name}" tabindex="0">
    <table>
      <tr>
        ${used.map(([heading, kind]) => html`<th class="${kind}">${heading}</th>`)}
      </tr>
      ${figures.map(
        (figure) =>
          html`<tr>
            ${used.map(([, kind, , cell]) => html`<td class="${kind}">${cell(figure)}</td>`)}
          </tr>`,
      )}
    </table>
  </div>`;
}

function targetCell(figure: Figure): Html {
  const met = meetsTarget(figure);
  if (met === null || figure.target === undefined) return nothing;
  const text = `≤ ${valueText(figure.target, figure.unit)} ${met ? '✓ met' : '✗ missed'}`;
  return html`<span class="${met ? 'met' : 'missed'}">${text}</span>`;
}
