import type { Figure } from '../shape/figure.ts';
import { html, nothing, type Html } from './html.ts';
import { percent, scaleOf, type Scale } from './scale.ts';
import { valueText } from './words.ts';

/** From so many times on, sizes and values stand on powers of ten. */
const [decadesAcross, decadesUp] = [10, 30];
/** A target that is so many times what was measured, or more, is not drawn. */
const farAway = 5;
const height = 240;
/** As part of the width: closer together, the texts below the plot would touch. */
const closest = 0.16;

/** What one line shows. */
interface Line {
  name: string;
  /** How it looks: a class of the style sheet. */
  kind: string;
  points: readonly { x: number; y: number }[];
}

/** Figures with their place in a series. */
export type Placed = Figure & { at: NonNullable<Figure['at']> };

/** Lines over size: one for each name, its floor and its peers, and targets. All figures have the same unit. */
export function linesOf(figures: readonly Placed[]): Html {
  const unit = figures[0]?.unit ?? 'count';
  const values = figures.flatMap(({ value, floor, peers = [] }) => [
    value,
    ...[floor, ...peers].flatMap((other) => other?.value ?? []),
  ]);
  const most = Math.max(...values.filter(Number.isFinite));
  const lines = linesIn(figures).filter(
    ({ kind, points }) => kind !== 'target' || points.every(({ y }) => y < most * farAway),
  );
  const places = [...new Set(figures.map(({ at }) => at.value))].sort((a, b) => a - b);
  // Nothing stands at 0 of powers of ten.
  const across = scaleOf(places, places[0] === 0 ? Infinity : decadesAcross);
  const up = scaleOf(
    lines.flatMap(({ points }) => points.map(({ y }) => y)),
    decadesUp,
  );
  const x = inset(across, places);
  const y = (value: number) => (1 - up.share(value)) * height;
  const said = `${lines.map(({ name }) => name).join(', ')} over ${figures[0]?.at.of ?? ''}`;
  return html`<div class="lines">
    <svg height="${height + 30}" role="img" aria-label="${said}">
      ${up.ticks.map(
        (tick) =>
          html`<line class="grid" x1="0" x2="100%" y1="${y(tick)}" y2="${y(tick)}" />
            <text
              class="tick"
              x="0"
              dx="-8"
              y="${y(tick)}"
              text-anchor="end"
              dominant-baseline="central"
              >${valueText(tick, unit)}</text
            >`,
      )}
      ${legible(places, x).map(
        (place) =>
          html`<text class="tick" x="${percent(x(place))}" y="${height + 18}" text-anchor="middle"
            >${place.toLocaleString('en')}</text
          >`,
      )}
      ${lines.map((line) => lineMarkup(line, { x, y, unit, of: figures[0]?.at.of ?? '' }))}
    </svg>
    <p class="scale">${figures[0]?.at.of ?? ''}${note(across, up)}</p>
    <ul class="legend">
      ${lines.map(
        ({ name, kind }) =>
          html`<li>
            <svg width="28" height="10" aria-hidden="true">
              <line class="line ${kind}" x1="0" x2="28" y1="5" y2="5" /></svg
            >${name}
          </li>`,
      )}
    </ul>
  </div>`;
}

function linesIn(figures: readonly Placed[]): Line[] {
  const names = [...new Set(figures.map(({ name }) => name))];
  return names.flatMap((name, index) => {
    const own = figures
      .filter((figure) => figure.name === name)
      .sort((a, b) => a.at.value - b.at.value);
    const line = (
      said: string,
      kind: string,
      value: (figure: Placed) => number | undefined,
    ): Line[] => {
      const points = own.flatMap((figure) => {
        const y = value(figure);
        return y === undefined || !Number.isFinite(y) ? [] : [{ x: figure.at.value, y }];
      });
      return points.length === 0 ? [] : [{ name: said, kind, points }];
    };
    const only = names.length === 1;
    const color = `series${index % 6}`;
    const of = (said: string) => (only ? said : `${name}: ${said}`);
    const floor = own.find((figure) => figure.floor !== undefined)?.floor?.name;
    const peers = [
      ...new Set(own.flatMap((figure) => (figure.peers ?? []).map((peer) => peer.name))),
    ];
    return [
      ...line(name, color, (figure) => figure.value),
      ...(floor === undefined
        ? []
        : line(
            of(`floor: ${floor}`),
            only ? 'floor' : `${color} dashed`,
            (figure) => figure.floor?.value,
          )),
      ...peers.flatMap((peer, at) =>
        line(
          of(peer),
          only ? `peer${Math.min(at, 3)}` : `${color} dotted`,
          (figure) => figure.peers?.find((one) => one.name === peer)?.value,
        ),
      ),
      ...line(of('target: at most'), 'target', (figure) => figure.target),
    ];
  });
}

function lineMarkup(
  { name, kind, points }: Line,
  on: {
    x: (value: number) => number;
    y: (value: number) => number;
    unit: Figure['unit'];
    of: string;
  },
): Html {
  const { x, y, unit, of } = on;
  const segments = points.slice(1).map((point, at) => {
    const from = points[at] ?? point;
    return html`<line
      class="line ${kind}"
      x1="${percent(x(from.x))}"
      y1="${y(from.y).toFixed(1)}"
      x2="${percent(x(point.x))}"
      y2="${y(point.y).toFixed(1)}"
    />`;
  });
  const dots =
    kind === 'target'
      ? []
      : points.map(
          (point) =>
            html`<circle
              class="dot ${kind}"
              cx="${percent(x(point.x))}"
              cy="${y(point.y).toFixed(1)}"
              r="3.5"
              ><title>
                ${name}, ${point.x.toLocaleString('en')} ${of}: ${valueText(point.y, unit)}
              </title></circle
            >`,
        );
  return html`${segments}${dots}`;
}

/** Where sizes stand: the least a little from the left, the most a little from the right. */
function inset(scale: Scale, places: readonly number[]): (value: number) => number {
  const [from, to] = [scale.share(places[0] ?? 0), scale.share(places.at(-1) ?? 1)];
  return (value) => 0.06 + (0.86 * (scale.share(value) - from)) / (to - from || 1);
}

/** Those of the places whose texts do not touch; the last is always among them. */
function legible(places: readonly number[], x: (value: number) => number): number[] {
  const kept: number[] = [];
  for (const place of places.toReversed())
    if (kept.length === 0 || x(kept[0] ?? 0) - x(place) >= closest) kept.unshift(place);
  return kept;
}

function note(across: Scale, up: Scale): Html {
  if (across.isLog && up.isLog) return html` (both scales logarithmic)`;
  if (across.isLog) return html` (logarithmic)`;
  return up.isLog ? html`; values on a logarithmic scale` : nothing;
}
