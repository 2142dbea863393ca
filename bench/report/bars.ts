import { meetsTarget, type Figure } from '../shape/figure.ts';
import { html, nothing, type Html } from './html.ts';
import { percent, scaleOf, type Scale } from './scale.ts';
import { atText, valueText } from './words.ts';

/** What part of the width the longest bar has: the rest is for what is written behind it. */
const widest = 0.55;
/** From this on, bars of a plot would be too short to be seen, and stand on powers of ten. */
const decades = 100;
/** A target that is so many times what was measured, or more, is not drawn: it would leave nothing of the bars. */
const farAway = 5;

const [barHeight, otherHeight, gap] = [14, 9, 3];

/** A row for each figure: its bar with its spread, the floor's and the peers' below it, and the target as a line. */
export function barsOf(figures: readonly Figure[]): Html {
  const values = figures.flatMap(({ value, floor, peers = [] }) => [
    value,
    ...(floor === undefined ? [] : [floor.value]),
    ...peers.map((peer) => peer.value),
  ]);
  const most = Math.max(...values.filter(Number.isFinite));
  const targets = figures.flatMap(({ target = Infinity }) =>
    target < most * farAway ? [target] : [],
  );
  const scale = scaleOf([...values, ...targets], decades);
  return html`<div class="bars">
    ${figures.map((figure) => row(figure, scale))}
    ${scale.isLog ? html`<p class="scale">Each step to the right is tenfold (logarithmic).</p>` : nothing}
  </div>`;
}

function row(figure: Figure, scale: Scale): Html {
  const { name, value, unit, floor, peers = [] } = figure;
  const others = [
    ...(floor === undefined ? [] : [{ ...floor, kind: 'floor' }]),
    ...peers.map((peer, at) => ({ ...peer, kind: `peer${Math.min(at, 3)}` })),
  ];
  const height = barHeight + others.length * (otherHeight + gap) + 2 * gap;
  const ended = figure.rounds === 1 ? value : Math.max(value, figure.spread[1]);
  const missed = meetsTarget(figure) === false;
  const said = `${name} ${atText(figure)}: ${valueText(value, unit)}`;
  return html`<div class="row">
    <div class="label">
      ${name}${figure.at === undefined ? nothing : html` <span>${atText(figure)}</span>`}
    </div>
    <svg height="${height}" role="img" aria-label="${said}">
      ${target(figure, scale, height)}
      ${bar({ value, scale, y: gap, height: barHeight, kind: missed ? 'missed' : 'own' })}
      ${whisker(figure, scale)}
      ${behind(ended, scale, gap + barHeight / 2, valueText(value, unit), 'value')}
      ${others.map((other, at) => {
        const y = gap + barHeight + gap + at * (otherHeight + gap);
        const words = `${valueText(other.value, unit)} ${other.name}`;
        return html`${bar({ value: other.value, scale, y, height: otherHeight, kind: other.kind })}
        ${behind(other.value, scale, y + otherHeight / 2, words, 'other')}`;
      })}
    </svg>
  </div>`;
}

function bar(of: { value: number; scale: Scale; y: number; height: number; kind: string }): Html {
  const { value, scale, y, height, kind } = of;
  const end = percent(scale.share(value) * widest);
  if (!scale.isLog)
    return html`<rect class="bar ${kind}" x="0" y="${y}" width="${end}" height="${height}" />`;
  // A bar would begin nowhere on such an axis: what counts is where it ends.
  const middle = y + height / 2;
  return html`<line class="stem" x1="0" x2="${end}" y1="${middle}" y2="${middle}" />
    <circle class="bar ${kind}" cx="${end}" cy="${middle}" r="${height / 2 - 1}" />`;
}

function whisker({ spread: [least, most], rounds }: Figure, scale: Scale): Html {
  if (rounds === 1) return nothing;
  const [from, to] = [least, most].map((value) => percent(scale.share(value) * widest));
  const y = gap + barHeight / 2;
  return html`<line class="whisker" x1="${from ?? ''}" x2="${to ?? ''}" y1="${y}" y2="${y}" />`;
}

function target({ target: wanted, unit }: Figure, scale: Scale, height: number): Html {
  if (wanted === undefined || scale.share(wanted) >= 1) return nothing;
  const x = percent(scale.share(wanted) * widest);
  return html`<line class="target" x1="${x}" x2="${x}" y1="0" y2="${height}"
    ><title>target: at most ${valueText(wanted, unit)}</title></line
  >`;
}

function behind(value: number, scale: Scale, y: number, words: string, kind: string): Html {
  const x = percent(scale.share(value) * widest);
  return html`<text class="${kind}" x="${x}" dx="8" y="${y}" dominant-baseline="central"
    >${words}</text
  >`;
}
