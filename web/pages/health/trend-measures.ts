import { amount } from '../../../model/telemetry/health/amount.ts';
import type { BucketTime, Measure } from '../../parts/charts/measure.ts';
import { texts } from '../../texts/index.ts';
import type { Day, Section } from './health-query.ts';

const words = texts.installationHealth;

/** A chart, and when its buckets begin. */
export interface Trend {
  measure: Measure;
  beginnings: string[];
  time: BucketTime;
}

const utc = { timeZone: 'UTC', day: 'numeric', month: 'short' } as const;
const short = new Intl.DateTimeFormat('en', utc);
const long = new Intl.DateTimeFormat('en', { ...utc, weekday: 'short' });
const dayTime: BucketTime = {
  long: (from) => long.format(new Date(from)),
  short: (from) => short.format(new Date(from)),
};
const lastOfWeek = 6 * 86_400_000;
const weekTime: BucketTime = {
  ...dayTime,
  long: (from) =>
    words.week(dayTime.short(from), short.format(new Date(Date.parse(from) + lastOfWeek))),
};

/** Whether a section has any trend. */
export function hasTrend(section: Section['name']): boolean {
  return section !== 'ai';
}

/** How what a section shows went in these days, oldest first. */
export function trendMeasures(section: Section['name'], days: readonly Day[]): Trend[] {
  switch (section) {
    case 'adoption':
      return [weeks(days), ofDays(days, commits(days))];
    case 'reliability':
      return [ofDays(days, latency(days)), ofDays(days, attempts(days))];
    case 'security':
      return [ofDays(days, redactions(days))];
    case 'ai':
      return [];
  }
}

const count = {
  top: 4,
  axis: (value: number) => (Number.isInteger(value) ? value.toLocaleString('en') : ''),
};

function ofDays(days: readonly Day[], measure: Measure): Trend {
  return { measure, beginnings: days.map(({ from }) => from), time: dayTime };
}

/** Commits of whole weeks; the last one ends today. */
function weeks(days: readonly Day[]): Trend {
  const ofWeeks = Array.from({ length: Math.floor(days.length / 7) }, (_, at) =>
    days.slice(at * 7, at * 7 + 7),
  );
  const values = ofWeeks.map((week) => sum(week, (day) => day.commits));
  return {
    beginnings: ofWeeks.map(([first]) => first?.from ?? ''),
    time: weekTime,
    measure: {
      ...said('weeks'),
      summary: words.commits(sum(days, (day) => day.commits)),
      isBad: false,
      kind: 'bars',
      series: [{ color: 'first', values }],
      ...count,
      say: (at) => words.commits(values[at] ?? 0),
    },
  };
}

function commits(days: readonly Day[]): Measure {
  return {
    ...said('commits'),
    summary: words.commits(sum(days, (day) => day.commits)),
    isBad: false,
    kind: 'bars',
    series: [{ color: 'first', values: days.map((day) => day.commits) }],
    ...count,
    say: saying(days, (day) => words.commits(day.commits)),
  };
}

function latency(days: readonly Day[]): Measure {
  const last = days.findLast(({ p95 }) => p95 !== null);
  return {
    ...said('latency'),
    summary: last === undefined ? words.noLatency : `${dayTime.long(last.from)}: ${took(last)}`,
    isBad: false,
    kind: 'line',
    series: [
      { color: 'second', name: words.lines.p95, values: days.map(({ p95 }) => p95) },
      { color: 'first', name: words.lines.p50, values: days.map(({ p50 }) => p50) },
    ],
    top: 10,
    axis: (seconds) => amount(seconds, 'seconds'),
    say: saying(days, took),
  };
}

function attempts(days: readonly Day[]): Measure {
  const succeeded = sum(days, (day) => day.succeeded);
  const failed = sum(days, (day) => day.failed);
  return {
    ...said('attempts'),
    summary: words.attempts(succeeded, failed),
    isBad: false,
    kind: 'bars',
    // The failed ones are drawn over the foot of all, so that a bar is as high as there were attempts.
    series: [
      {
        color: 'first',
        name: words.attemptLines.all,
        values: days.map((day) => day.succeeded + day.failed),
      },
      { color: 'bad', name: words.attemptLines.failed, values: days.map((day) => day.failed) },
    ],
    ...count,
    say: saying(days, (day) => words.attempts(day.succeeded, day.failed)),
  };
}

function redactions(days: readonly Day[]): Measure {
  const all = sum(days, (day) => day.redactions);
  return {
    ...said('redactions'),
    summary: words.redactions(all),
    isBad: all > 0,
    kind: 'bars',
    series: [{ color: 'bad', values: days.map((day) => day.redactions) }],
    ...count,
    say: saying(days, (day) => words.redactions(day.redactions)),
  };
}

function took({ p50, p95 }: Day): string {
  return p50 === null || p95 === null
    ? words.noLatency
    : words.latency(amount(p50, 'seconds'), amount(p95, 'seconds'));
}

function said(name: keyof typeof words.measures): Pick<Measure, 'title' | 'explained'> {
  return { title: words.measures[name], explained: words.explained[name] };
}

/** The sentence for a day; every place of the list has one. */
function saying(days: readonly Day[], of: (day: Day) => string): (at: number) => string {
  return (at) => {
    const day = days[at];
    return day === undefined ? '' : of(day);
  };
}

function sum(days: readonly Day[], of: (day: Day) => number): number {
  return days.reduce((total, day) => total + of(day), 0);
}
