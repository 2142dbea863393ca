import type { OptionValues } from '../shape/bench.ts';
import { timesFloor, type Compared, type Figure, type Unit } from '../shape/figure.ts';
import { wasQuiet, type BenchResult, type Machine, type Run } from '../shape/results.ts';

/** A value as people read it, with its unit. */
export function valueText(value: number, unit: Unit): string {
  if (!Number.isFinite(value)) return 'unknown';
  switch (unit) {
    case 'ms':
      return duration(value);
    case 'bytes':
      return size(value);
    case 'count':
      return value.toLocaleString('en');
    case 'times':
      return times(value);
  }
}

function duration(milliseconds: number): string {
  const size = Math.abs(milliseconds);
  if (size >= 120_000) return `${(milliseconds / 60_000).toFixed(1)} min`;
  if (size >= 10_000) return `${(milliseconds / 1_000).toFixed(1)} s`;
  if (size >= 999.5) return `${(milliseconds / 1_000).toFixed(2)} s`;
  if (size >= 20 || size === 0) return `${Math.round(milliseconds).toLocaleString('en')} ms`;
  if (size >= 1) return `${milliseconds.toFixed(1)} ms`;
  return `${milliseconds.toPrecision(2)} ms`;
}

function size(bytes: number): string {
  for (const [unit, of] of [
    ['GB', 1e9],
    ['MB', 1e6],
    ['KB', 1e3],
  ] as const)
    if (Math.abs(bytes) >= of) return `${(bytes / of).toFixed(bytes >= 100 * of ? 0 : 1)} ${unit}`;
  return `${bytes.toFixed(0)} B`;
}

/** A ratio. */
export function times(ratio: number): string {
  return `${ratio.toFixed(ratio >= 100 ? 0 : ratio >= 10 ? 1 : 2)}×`;
}

/** Where in a series it stands: `1,000 files`; nothing if it stands in none. */
export function atText({ at }: Figure): string {
  return at === undefined ? '' : `${at.value.toLocaleString('en')} ${at.of}`;
}

/** Between what the rounds were, and their 95th percentile; nothing of a single one. */
export function spreadText({ spread: [least, most], unit, rounds, percentile95 }: Figure): string {
  if (rounds === 1) return '';
  const between = `${valueText(least, unit)} – ${valueText(most, unit)}`;
  if (percentile95 === undefined) return between;
  return `${between}, P95 ${valueText(percentile95, unit)}`;
}

/** The floor, and how many times it the figure is; nothing without one. */
export function floorText(figure: Figure): string {
  const ratio = timesFloor(figure);
  if (figure.floor === undefined) return '';
  return `${comparedText(figure.floor, figure.unit)}${ratio === null ? '' : ` (${times(ratio)})`}`;
}

/** The peers. */
export function peersText({ peers = [], unit }: Figure): string {
  return peers.map((peer) => comparedText(peer, unit)).join('; ');
}

function comparedText({ name, value }: Compared, unit: Unit): string {
  return `${name} ${valueText(value, unit)}`;
}

/** The machine, in a line. */
export function machineText({ processor, cores, memory, kernel, node, git }: Machine): string {
  return [
    processor,
    `${cores} cores`,
    `${(memory / 1e9).toFixed(0)} GB of memory`,
    kernel,
    `Node ${node.replace(/^v/, '')}`,
    `git ${git}`,
  ].join(', ');
}

/** When and of what was measured, in a line. */
export function runText(run: Run): string {
  const { startedAt, commit, changed, quick, loadBefore } = run;
  const of = commit === null ? 'no commit' : `commit ${commit.slice(0, 12)}`;
  return [
    `${startedAt.slice(0, 16).replace('T', ' ')} UTC`,
    `${of}${changed ? ', changed since' : ''}`,
    `load before ${loadBefore}`,
    ...(quick ? ['quick: small sizes'] : []),
  ].join(', ');
}

/** The options, as on the command line. */
export function optionsText(options: OptionValues): string {
  return Object.entries(options)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `--${name} ${String(value)}`)
    .join(' ');
}

/** A warning if something else was running; `null` if nothing was. */
export function noiseText(run: Run): string | null {
  if (wasQuiet(run)) return null;
  return `Something else was running before (load ${run.loadBefore} on ${run.machine.cores} cores): times are not to be relied on.`;
}

/** How a bench ended, in a line. */
export function outcomeText(result: BenchResult): string {
  switch (result.state) {
    case 'measured':
      return `measured in ${valueText(result.seconds * 1_000, 'ms')}`;
    case 'failed':
      return `FAILED after ${valueText(result.seconds * 1_000, 'ms')}: ${result.reason}`;
    case 'skipped':
      return `skipped: ${result.reason}`;
  }
}
