import type { Answer } from '../../client/answers.ts';
import { table } from '../../client/layout.ts';

type Health = Answer<'GET /v1/projects/:project/mirrors/:branch/health'>;

/** How a mirror has been doing: a line for each time in which anything happened, and one for all of it. */
export function healthTable({ period, buckets, total }: Health): string {
  const quiet = ({ changes, commits, failedAttempts, backlog }: Omit<Health['total'], 'from'>) =>
    changes + commits + failedAttempts + backlog === 0;
  const shown = buckets.filter((bucket) => !quiet(bucket));
  return table(
    ['from', 'commits', 'changes', 'p50', 'p95', 'success', 'waiting', 'failed', 'left out'],
    shown.length === 0
      ? []
      : [...shown.map((one) => line(one.from, one)), line(`this ${period}`, total)],
    `Nothing happened in the last ${period}.`,
  );
}

function line(name: string, span: Health['total']): string[] {
  const { success, backlog, commits, changes, failedAttempts, redactions } = span;
  return [
    name,
    String(commits),
    String(changes),
    seconds(span.p50),
    seconds(span.p95),
    success === null ? '-' : `${(Math.floor(success * 1_000) / 10).toFixed(1)} %`,
    String(backlog),
    String(failedAttempts),
    String(redactions),
  ];
}

function seconds(milliseconds: number | null): string {
  return milliseconds === null ? '-' : `${(milliseconds / 1_000).toFixed(1)} s`;
}
