import { texts } from '../../../texts/index.ts';
import { duration } from '../runs/duration.ts';
import type { Health } from './health-queries.ts';

const { health: words } = texts;

/** What a chart shows of a mirror's health, and says about it. */
export interface Measure {
  name: keyof typeof words.measures;
  /** The whole period in one sentence. */
  summary: string;
  /** Whether anything in it calls for a look. */
  isBad: boolean;
  kind: 'line' | 'bars';
  /** A value for each bucket, or `null` where there is none. */
  series: {
    color: 'first' | 'second' | 'bad';
    values: (number | null)[];
    /** What it is, where there are others beside it. */
    name?: string;
  }[];
  /** What the axis goes up to at least. */
  top: number;
  /** A value as it stands beside the axis. */
  axis: (value: number) => string;
  /** What was in a bucket. */
  say: (at: number) => string;
}

/** What is shown of a mirror's health, in the order of the page. */
export function measures({ buckets, total }: Health): Measure[] {
  const each = <Value>(of: (bucket: Health['buckets'][number]) => Value) => buckets.map(of);
  /** The sentence for a bucket; every place of the list has one. */
  const saying = (of: (bucket: Health['buckets'][number]) => string) => (at: number) => {
    const bucket = buckets[at];
    return bucket === undefined ? '' : of(bucket);
  };
  const count = { top: 4, axis: (value: number) => (Number.isInteger(value) ? whole(value) : '') };
  return [
    {
      name: 'latency',
      summary: latency(total) ?? words.noLatency,
      isBad: false,
      kind: 'line',
      series: [
        { color: 'second', name: words.lines.p95, values: each(({ p95 }) => p95 && p95 / 1_000) },
        { color: 'first', name: words.lines.p50, values: each(({ p50 }) => p50 && p50 / 1_000) },
      ],
      top: 10,
      axis: (seconds) => took(seconds * 1_000),
      say: saying((bucket) => latency(bucket) ?? words.noLatency),
    },
    {
      name: 'success',
      summary: success(total),
      isBad: total.failedAttempts > 0,
      kind: 'bars',
      series: [
        { color: 'first', values: each((bucket) => bucket.success && bucket.success * 100) },
      ],
      top: 100,
      axis: (percent) => words.percent(percent / 100),
      say: saying(success),
    },
    {
      name: 'backlog',
      summary: words.backlog(total.backlog, Math.max(...each(({ backlog }) => backlog))),
      isBad: false,
      kind: 'line',
      series: [{ color: 'first', values: each(({ backlog }) => backlog) }],
      ...count,
      say: saying(({ backlog }) => words.waited(backlog)),
    },
    {
      name: 'delivered',
      summary: words.delivered(total.changes, total.commits),
      isBad: false,
      kind: 'bars',
      series: [{ color: 'first', values: each(({ changes }) => changes) }],
      ...count,
      say: saying(({ changes, commits }) => words.delivered(changes, commits)),
    },
    {
      name: 'retries',
      summary: words.failed(total.failedAttempts),
      isBad: total.failedAttempts > 0,
      kind: 'bars',
      series: [{ color: 'bad', values: each(({ failedAttempts }) => failedAttempts) }],
      ...count,
      say: saying(({ failedAttempts }) => words.failed(failedAttempts)),
    },
    {
      name: 'redactions',
      summary: words.redactions(total.redactions),
      isBad: total.redactions > 0,
      kind: 'bars',
      series: [{ color: 'bad', values: each(({ redactions }) => redactions) }],
      ...count,
      say: saying(({ redactions }) => words.redactions(redactions)),
    },
  ];
}

/** Whether nothing at all happened. */
export function isQuiet({ buckets, total }: Health): boolean {
  const { changes, commits, failedAttempts } = total;
  return changes + commits + failedAttempts === 0 && buckets.every(({ backlog }) => backlog === 0);
}

/** How long something took, in words, from milliseconds: with a tenth of a second where that says something. */
export function took(milliseconds: number): string {
  const seconds = milliseconds / 1_000;
  return seconds < 10 && !Number.isInteger(seconds)
    ? words.seconds(seconds.toFixed(1))
    : duration(seconds);
}

function latency({ p50, p95 }: Pick<Health['total'], 'p50' | 'p95'>): string | null {
  return p50 === null || p95 === null ? null : words.latency(took(p50), took(p95));
}

function success({
  success: share,
  failedAttempts,
  commits,
}: Pick<Health['total'], 'success' | 'failedAttempts' | 'commits'>): string {
  return share === null
    ? words.noAttempts
    : words.success(words.percent(share), failedAttempts, failedAttempts + commits);
}

function whole(value: number): string {
  return value.toLocaleString('en');
}
