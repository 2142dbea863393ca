import uPlot from 'uplot';
import type { Measure } from './measure.ts';

/** How high a chart is, in pixels. */
const height = 150;

/** What a chart needs to know of its place. */
interface Place {
  /** In pixels. */
  width: number;
  /** Where its colours are: `--chart-first`, `--chart-grid` and so on. */
  style: CSSStyleDeclaration;
  /** What stands below a bucket. */
  timeOf: (at: number) => string;
  /** Called with the bucket that is pointed at. */
  onPoint: (at: number | null) => void;
}

/** How a measure is drawn. Buckets stand side by side by their places in the list. */
export function chartOptions(
  { kind, series, top, axis }: Measure,
  { width, style, timeOf, onPoint }: Place,
): uPlot.Options {
  const color = (name: string) => style.getPropertyValue(`--chart-${name}`);
  const font = `11px ${style.fontFamily}`;
  const line = { stroke: color('grid'), width: 1 };
  const bars = uPlot.paths.bars?.({ size: [0.7, 28], radius: 0.15 });
  return {
    width,
    height,
    padding: [8, 6, 0, 0],
    legend: { show: false },
    cursor: {
      y: false,
      drag: { x: false, y: false, setScale: false },
      points: { show: kind === 'line' },
    },
    scales: {
      x: { time: false, range: (_, min, max) => [min - 0.5, max + 0.5] },
      y: { range: (_, _min, max) => [0, Math.max(top, max * (max > top ? 1.1 : 1))] },
    },
    axes: [
      {
        stroke: color('text'),
        font,
        space: 56,
        size: 24,
        grid: { show: false },
        ticks: { show: false },
        incrs: [1, 2, 3, 4, 6, 7, 10, 14],
        values: (_, places) => places.map((at) => (Number.isInteger(at) ? timeOf(at) : '')),
      },
      {
        stroke: color('text'),
        font,
        space: 36,
        size: (plot, values) => widthOf(plot, values, font),
        grid: line,
        ticks: { show: false },
        values: (_, places) => places.map(axis),
      },
    ],
    series: [
      {},
      ...series.map(({ color: name }): uPlot.Series => ({
        stroke: color(name),
        width: kind === 'line' ? 2 : 0,
        points: { show: kind === 'line', size: 5, fill: color(name) },
        ...(kind === 'bars' && { fill: color(name), ...(bars && { paths: bars }) }),
      })),
    ],
    hooks: { setCursor: [({ cursor: { idx } }) => onPoint(idx ?? null)] },
  };
}

/** How much room the longest of these texts takes, in pixels. */
function widthOf({ ctx }: uPlot, values: readonly string[] | null, font: string): number {
  ctx.save();
  ctx.font = font;
  const widths = (values ?? []).map((value) => ctx.measureText(value).width);
  ctx.restore();
  return Math.ceil(Math.max(12, ...widths)) + 12;
}
