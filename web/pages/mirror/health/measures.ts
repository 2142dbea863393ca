import { texts } from '../../../texts/index.ts';
import type { Measure } from '../../../parts/charts/measure.ts';
import { duration } from '../runs/duration.ts';
import type { Health } from './health-queries.ts';

const { health: words } = texts;

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
      ...said('latency'),
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
      ...said('success'),
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
      ...said('backlog'),
      summary: words.backlog(total.backlog, Math.max(...each(({ backlog }) => backlog))),
      isBad: false,
      kind: 'line',
      series: [{ color: 'first', values: each(({ backlog }) => backlog) }],
      ...count,
      say: saying(({ backlog }) => words.waited(backlog)),
    },
    {
      ...said('delivered'),
      summary: words.delivered(total.changes, total.commits),
      isBad: false,
      kind: 'bars',
      series: [{ color: 'first', values: each(({ changes }) => changes) }],
      ...count,
      say: saying(({ changes, commits }) => words.delivered(changes, commits)),
    },
    {
      ...said('retries'),
      summary: words.failed(total.failedAttempts),
      isBad: total.failedAttempts > 0,
      kind: 'bars',
      series: [{ color: 'bad', values: each(({ failedAttempts }) => failedAttempts) }],
      ...count,
      say: saying(({ failedAttempts }) => words.failed(failedAttempts)),
    },
    {
      ...said('redactions'),
      summary: words.redactions(total.redactions),
      isBad: total.redactions > 0,
      kind: 'bars',
      series: [{ color: 'bad', values: each(({ redactions }) => redactions) }],
      ...count,
      say: saying(({ redactions }) => words.redactions(redactions)),
    },
  ];
}

function said(name: keyof typeof words.measures): Pick<Measure, 'title' | 'explained'> {
  return { title: words.measures[name], explained: words.explained[name] };
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
