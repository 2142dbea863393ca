/** Where values stand on an axis. */
export interface Scale {
  isLog: boolean;
  /** 0 at the beginning of the axis, 1 at its end; values beyond it are at its ends. */
  share: (value: number) => number;
  /** Round values on the axis, from least to most: three to seven. */
  ticks: readonly number[];
}

/** An axis for these values: from 0, or by powers of ten if the most is `decades` times the least or more. */
export function scaleOf(values: readonly number[], decades: number): Scale {
  const finite = values.filter(Number.isFinite);
  const positive = finite.filter((value) => value > 0);
  const [least, most] = [Math.min(...positive), Math.max(...positive)];
  if (positive.length > 0 && most / least >= decades) return logScale(least, most);
  return linearScale(Math.min(0, ...finite), Math.max(0, ...finite));
}

function linearScale(least: number, most: number): Scale {
  const step = roundStep((most - least || 1) / 4);
  const [from, to] = [Math.floor(least / step) * step, Math.max(Math.ceil(most / step), 1) * step];
  const ticks = Array.from(
    { length: Math.round((to - from) / step) + 1 },
    (_, at) => from + at * step,
  );
  return { isLog: false, share: (value) => within((value - from) / (to - from)), ticks };
}

/** The next 1, 2 or 5 of a power of ten. */
function roundStep(wanted: number): number {
  const power = 10 ** Math.floor(Math.log10(wanted));
  return ([1, 2, 5].find((one) => one * power >= wanted) ?? 10) * power;
}

function logScale(least: number, most: number): Scale {
  const [from, to] = [Math.floor(Math.log10(least)), Math.ceil(Math.log10(most))];
  const all = Array.from({ length: to - from + 1 }, (_, at) => 10 ** (from + at));
  const every = Math.ceil(all.length / 7);
  return {
    isLog: true,
    share: (value) => (value > 0 ? within((Math.log10(value) - from) / (to - from)) : 0),
    ticks: all.filter((_, at) => at % every === 0),
  };
}

/** What is no number is nowhere: at the beginning. */
function within(share: number): number {
  if (Number.isNaN(share)) return 0;
  return Math.min(1, Math.max(0, share));
}

/** A share as SVG has it. */
export function percent(share: number): string {
  return `${(share * 100).toFixed(2)}%`;
}
