import type { Figure, Unit } from '../shape/figure.ts';
import { barsOf } from './bars.ts';
import { html, type Html } from './html.ts';
import { linesOf, type Placed } from './lines.ts';

/** More lines than this cannot be told apart. */
const mostLines = 6;

/** The plots of figures under one heading: lines for series over size, bars for everything else; units are not mixed. */
export function plotsOf(figures: readonly Figure[]): Html {
  const units = [...new Set(figures.map(({ unit }) => unit))];
  return html`${units.flatMap((unit) => plotsOfUnit(figures, unit))}`;
}

function plotsOfUnit(all: readonly Figure[], unit: Unit): Html[] {
  const figures = all.filter((figure) => figure.unit === unit);
  const placed = figures.filter((figure): figure is Placed => figure.at !== undefined);
  const sizes = (name: string) =>
    new Set(placed.filter((figure) => figure.name === name).map(({ at }) => at.value)).size;
  const names = new Set(placed.map(({ name }) => name).filter((name) => sizes(name) > 1));
  const series =
    names.size > mostLines || new Set(placed.map(({ at }) => at.of)).size > 1
      ? []
      : placed.filter(({ name }) => names.has(name));
  const rest = figures.filter((figure) => !series.some((one) => one === figure));
  return [
    ...(series.length === 0 ? [] : [linesOf(series)]),
    ...(rest.length === 0 ? [] : [barsOf(rest)]),
  ];
}
