import type { DatabaseFigures } from '../figures.ts';
import type { Percentiles, RecentFigures } from '../recent-figures.ts';
import { targets } from '../targets.ts';
import { amount } from './amount.ts';
import { breakdown, figure, sum, type HealthSection } from './figure.ts';

/** How soon changes are in Git, and how reliably. */
export function reliability(
  { deliveries, waiting, feeds, upkeep }: DatabaseFigures,
  { latency, delivery, saves, failedAttempts, outagesEnded, outagesOpen }: RecentFigures,
): HealthSection {
  const success = (window: string) =>
    deliveries.success.find((one) => one.window === window)?.rate ?? null;
  const { day } = latency;
  const feedsAsked = sum(Object.values(feeds), (count) => count) - feeds.new;
  return {
    name: 'reliability',
    figures: [
      figure({
        ...took('sync_latency_seconds', 'Half of the changes arrive within', day.p50),
        meaning: `From a change in its project until it was in Git; of the last day, ${changes(day)}. A lone change waits 30 s for others to join it.`,
        atMost: targets.latencyP50,
      }),
      figure({
        ...took('sync_latency_seconds', '95 of 100 changes arrive within', day.p95),
        meaning: 'As before, for 95 of 100 changes.',
        atMost: targets.latencyP95,
      }),
      figure({
        metric: 'export_success_rate',
        title: 'Success of the last hour',
        meaning: 'Attempts to bring something to Git that succeeded. The others are made again.',
        unit: 'share',
        value: success('1h'),
        atLeast: targets.exportSuccess,
      }),
      figure({
        metric: 'export_success_rate',
        title: 'Success of the last day',
        meaning: 'As before, over 24 hours.',
        unit: 'share',
        value: success('1d'),
      }),
      figure({
        metric: 'retry_success_within_3h',
        title: 'Outages over within 3 hours',
        meaning: 'Of the last seven days.',
        unit: 'share',
        value: deliveries.outagesEndedInTime,
        atLeast: targets.outagesInTime,
      }),
      figure({
        metric: 'escalations_open',
        title: 'Outages that admins were told of',
        meaning: 'And that still last.',
        unit: 'count',
        value: deliveries.escalationsOpen,
        atMost: targets.escalations,
      }),
      figure({
        metric: 'queue_backlog_depth',
        title: 'Longest queue',
        meaning: 'What waits in the longest of the queues below.',
        unit: 'count',
        value: Math.max(0, ...waiting.queues.map(({ depth }) => depth)),
        atMost: targets.backlog,
      }),
      figure({
        metric: 'oldest_waiting_change_seconds',
        title: 'Oldest waiting change',
        meaning: 'How long it has waited to be in Git.',
        unit: 'seconds',
        value: Math.max(0, ...waiting.oldest.map(({ seconds }) => seconds)),
        atMost: targets.oldestWaiting,
      }),
      figure({
        ...took('sync_delivery_seconds', 'Half of the deliveries take', delivery.p50),
        meaning: 'What Gitward and the host needed once a commit was begun, in the last day.',
      }),
      figure({
        ...took('sync_delivery_seconds', '95 of 100 deliveries take', delivery.p95),
        meaning: 'As before, for 95 of 100 commits.',
      }),
      figure({
        ...took('knowledge_save_seconds', 'Half of the saves take', saves.p50),
        meaning: 'From saving an entry until it was in Git, in the last day.',
        none: 'No saves',
      }),
      figure({
        ...took('knowledge_save_seconds', '95 of 100 saves take', saves.p95),
        meaning: 'As before, for 95 of 100 saves.',
        none: 'No saves',
      }),
      figure({
        metric: 'retry_attempts_total',
        title: 'Failed attempts of the last day',
        meaning: 'Attempts to bring something to Git that failed, and were made again.',
        unit: 'count',
        value: failedAttempts,
      }),
      figure({
        metric: 'retry_attempts_total',
        title: 'Outages that ended in the last day',
        meaning: `Each by an attempt that succeeded. Now, ${outagesOpen === 1 ? '1 lasts' : `${amount(outagesOpen, 'count')} last`}.`,
        unit: 'count',
        value: outagesEnded,
      }),
      figure({
        metric: 'knowledge_conflicts_open',
        title: 'Conflicts',
        meaning: 'In spaces, that nobody has settled.',
        unit: 'count',
        value: waiting.conflictsOpen,
      }),
      figure({
        metric: 'knowledge_reviews_open',
        title: 'Reviews',
        meaning: 'In spaces, under way.',
        unit: 'count',
        value: waiting.reviewsOpen,
      }),
      figure({
        metric: 'gitward_feeds',
        title: 'Feeds that tell of changes',
        meaning: `Of ${amount(feedsAsked, 'count')} that platforms are asked for. The mirrors of the others live by the regular comparison; their pages say why.`,
        unit: 'share',
        value: feedsAsked === 0 ? null : feeds.works / feedsAsked,
        none: 'None asked',
      }),
      figure({
        metric: 'gitward_housekeeping_age_seconds',
        title: 'Housekeeping',
        meaning: `How long ago it last ended without a failure. ${removedOf(upkeep)}`,
        unit: 'seconds',
        value: upkeep.lastRun === null ? null : upkeep.sinceGoodRun,
        atMost: targets.housekeepingAge,
        none: 'Not yet',
      }),
      figure({
        metric: 'gitward_disk_free_ratio',
        title: 'Free on the fullest disk',
        meaning: 'Of the disks on which processes keep caches and clones of repositories.',
        unit: 'share',
        value: fullestOf(upkeep),
        none: 'Not said',
      }),
    ],
    breakdowns: [
      breakdown('What waits', waiting.queues, {
        label: ({ queue }) => queueWords[queue] ?? queue,
        value: ({ depth }) => depth,
      }),
    ],
    notKnown: [
      {
        title: 'Retries by how many attempts had failed',
        why: 'Each process counts them since it started, and the database does not know them: see retry_attempts_total at /metrics, or the dashboard in Grafana.',
      },
    ],
  };
}

function removedOf({ lastRun }: DatabaseFigures['upkeep']): string {
  if (lastRun === null) return 'It runs every hour.';
  const rows = sum(Object.values(lastRun.removed), (removed) => removed);
  const left = lastRun.outcome === 'unfinished' ? ', and more is left for the next one' : '';
  return `Its last run removed ${amount(rows, 'count')} old rows${left}.`;
}

function fullestOf({ disks: [fullest] }: DatabaseFigures['upkeep']): number | null {
  return fullest === undefined || fullest.size === 0 ? null : fullest.free / fullest.size;
}

function took(metric: string, title: string, value: number | null) {
  return { metric, title, unit: 'seconds', value, none: 'No changes' } as const;
}

function changes({ count }: Percentiles): string {
  return count === 1 ? '1 change' : `${amount(count, 'count')} changes`;
}

/** What waits in each queue. */
const queueWords: Record<string, string> = {
  mirrors: 'Changes of mirrors',
  spaces: 'Saves of spaces',
  operations: 'Items of operations',
  checks: 'Items of checks',
  notices: 'Notices by mail',
};
