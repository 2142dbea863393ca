import { amount } from './amount.ts';
import type { DatabaseFigures } from '../figures.ts';
import type { RecentFigures } from '../recent-figures.ts';
import { targets } from '../targets.ts';

/** An alert of `ops/prometheus/rules.yml`, and what its section of `docs/runbook.md` says in a few sentences. */
export interface AlertRule {
  name: string;
  severity: 'warning' | 'critical';
  /** How many minutes its condition must hold until Prometheus tells of it. */
  minutes: number;
  /** What should be so, and what is so while its condition holds. */
  title: string;
  problem: string;
  /** Who notices. */
  affects: string;
  /** What ends it, the likeliest first. */
  toDo: readonly string[];
}

/** An alert as it is now. */
export interface AlertNow extends Omit<AlertRule, 'problem'> {
  /** Whether its condition holds. */
  isWrong: boolean;
  /** What it is decided from, in words. */
  now: string;
}

/** What an alert says of these figures. */
type Judge = (figures: DatabaseFigures, recent: RecentFigures) => Pick<AlertNow, 'isWrong' | 'now'>;

const judged: readonly (AlertRule & { judge: Judge })[] = [
  {
    name: 'git_sync_latency_p95_high',
    severity: 'warning',
    minutes: 15,
    title: 'Changes reach Git in time',
    problem: 'Changes take longer than 2 minutes to reach Git',
    affects: 'Who reads Git sees projects as they were minutes ago. Nothing is missing.',
    toDo: [
      'If deliveries (below, at “Latency and reliability”) are as fast as usual, changes reach Gitward late: look at who publishes the events.',
      'If deliveries are slow too, the Git host is slow: look at its own status page.',
      'If the longest queue grows as well, start another worker.',
      'After an outage it lasts until what waited is sent, and ends by itself.',
    ],
    judge: (_, { latency: { fiveMinutes } }) => {
      const { p95 } = fiveMinutes;
      if (p95 === null)
        return { isWrong: false, now: 'No change was delivered in the last 5 minutes.' };
      return {
        isWrong: p95 > targets.latencyP95,
        now: `In the last 5 minutes, 95 of 100 changes took at most ${amount(p95, 'seconds')} (target: ${amount(targets.latencyP95, 'seconds')}).`,
      };
    },
  },
  {
    name: 'git_export_success_drop',
    severity: 'critical',
    minutes: 5,
    title: 'Deliveries to Git succeed',
    problem: 'Deliveries to Git fail',
    affects: 'Readers of the mirrors and spaces below that fail. Their changes wait; none is lost.',
    toDo: [
      'If all that fail are on one host, look at the host, then at the credential: “gitward doctor” asks each repository.',
      'If it is one project, its page says why, and whether it ends by itself.',
      'After mending the cause, “Try again now” does not wait for the next attempt.',
    ],
    judge: ({ deliveries: { success } }) => {
      const rate = success.find(({ window }) => window === '1h')?.rate ?? 1;
      return {
        isWrong: rate < targets.exportSuccess,
        now: `In the last hour, ${amount(rate, 'share')} of the attempts succeeded (target: ${amount(targets.exportSuccess, 'share')}).`,
      };
    },
  },
  {
    name: 'git_queue_backlog_depth',
    severity: 'warning',
    minutes: 10,
    title: 'Nothing piles up',
    problem: 'What waits piles up',
    affects: 'Who reads what waits: changes, saves, operations or notices come late.',
    toDo: [
      'Make sure that a worker runs and Temporal answers: “gitward status” says so first.',
      'If deliveries fail too, what waits is sent when that ends.',
      'If a project publishes a flood of changes, wait: those of one window are one commit. If it lasts, start another worker.',
      'If notices wait, “gitward doctor” asks the mail server.',
    ],
    judge: ({ waiting: { queues } }) => {
      const long = queues.filter(({ depth }) => depth > targets.backlog);
      const most = amount(targets.backlog, 'count');
      const said = long.map(({ queue, depth }) => `${amount(depth, 'count')} in ${queue}`);
      return {
        isWrong: long.length > 0,
        now:
          long.length === 0
            ? `No queue has more than ${most} waiting.`
            : `More than ${most} wait in a queue: ${said.join(', ')}.`,
      };
    },
  },
  {
    name: 'git_retry_sla_breach',
    severity: 'critical',
    minutes: 1,
    title: 'Outages end within 3 hours',
    problem: 'Outages last longer than 3 hours',
    affects: 'Readers of the mirrors and spaces below that are “down for long”.',
    toDo: [
      'Mend the cause that their pages name, then “Try again now”. Admins are told when it is over.',
      'What needs a decision is not tried again: its page shows what was found, and asks.',
      'The share of outages that ended in time stays low for up to 7 days after one that did not: silence the alert once you know why.',
    ],
    judge: ({ deliveries: { outagesEndedInTime, escalationsOpen } }) => ({
      isWrong: outagesEndedInTime < targets.outagesInTime || escalationsOpen > targets.escalations,
      now:
        `Of the outages of the last 7 days, ${amount(outagesEndedInTime, 'share')} ended within 3 hours (target: ${amount(targets.outagesInTime, 'share')}). ` +
        (escalationsOpen === 0
          ? 'None lasts for longer now.'
          : `${amount(escalationsOpen, 'count')} that admins were told of ${escalationsOpen === 1 ? 'lasts' : 'last'} now.`),
    }),
  },
  {
    name: 'git_mirror_stale',
    severity: 'warning',
    minutes: 5,
    title: 'No mirror falls behind',
    problem: 'A mirror falls behind',
    affects: 'Readers of the mirrors below whose changes have waited longest.',
    toDo: [
      'If the page of the mirror tells of an outage, it is that.',
      'If there is none and its state does not change, look at its workflow in Temporal, and whether a worker runs.',
    ],
    judge: ({ waiting: { oldest } }, { affected: { stale } }) => {
      const seconds = Math.max(0, ...oldest.map((one) => one.seconds));
      const most = amount(targets.oldestWaiting, 'seconds');
      const isWrong = seconds > targets.oldestWaiting;
      const mirrors = stale === 1 ? '1 mirror waits' : `${amount(stale, 'count')} mirrors wait`;
      return {
        isWrong,
        now: isWrong
          ? `The oldest change has waited for ${amount(seconds, 'seconds')} (at most: ${most}); ${mirrors} longer than that.`
          : `No change has waited for longer than ${most}.`,
      };
    },
  },
  {
    name: 'gitward_disk_nearly_full',
    severity: 'warning',
    minutes: 5,
    title: 'The disks have room',
    problem: 'A disk is nearly full',
    affects:
      'Nobody at once: deliveries go on and take longer, because nothing of a repository is kept between them.',
    toDo: [
      'Make room on that disk, or set GITWARD_DATA_DIR to a folder on a larger one.',
      'With gitward start the database is on the same disk: if it fills up, nothing is accepted any more.',
      'If the database takes the room, keep less of what is old (GITWARD_KEEP_CHANGES and the others).',
    ],
    judge: ({ upkeep: { disks } }) => {
      const full = disks.filter(({ isNearlyFull }) => isNearlyFull);
      const said = (full.length > 0 ? full : disks.slice(0, 1)).map(
        ({ host, directory, free, size }) =>
          `${gibibytes(free)} of ${gibibytes(size)} (${amount(free / size, 'share')}) are free on ${host} where ${directory} is`,
      );
      return {
        isWrong: full.length > 0,
        now:
          said.length === 0 ? 'No process has said how full its disk is.' : `${said.join('; ')}.`,
      };
    },
  },
  {
    name: 'gitward_housekeeping_late',
    severity: 'warning',
    minutes: 10,
    title: 'What is old is removed',
    problem: 'What is old is not removed',
    affects: 'Nobody at once. The database grows.',
    toDo: [
      'Make sure that a worker runs and Temporal answers: “gitward status” says so first.',
      'In the Temporal UI, look at the Schedule “housekeeping”: somebody may have paused it.',
      'If it failed, the workflow of the same name says why: often a statement took too long because the database is busy.',
    ],
    judge: ({ upkeep: { lastRun, sinceGoodRun } }) => {
      const ago = `Housekeeping last ended without a failure ${amount(sinceGoodRun, 'seconds')} ago`;
      const failed = lastRun?.failures.map(({ kind, message }) => `${kind}: ${message}`) ?? [];
      return {
        isWrong: sinceGoodRun > targets.housekeepingAge,
        now:
          (lastRun === null ? 'Housekeeping has not run yet.' : `${ago}.`) +
          (failed.length === 0 ? '' : ` The last run could not remove ${failed.join('; ')}.`),
      };
    },
  },
];

function gibibytes(bytes: number): string {
  return `${(bytes / 1024 ** 3).toLocaleString('en', { maximumFractionDigits: 1 })} GiB`;
}

/** The alerts, in the order of `ops/prometheus/rules.yml`. */
export const alertRules: readonly AlertRule[] = judged;

/** Where the runbook tells more about an alert, from the root of the repository. */
export function runbookOf({ name }: Pick<AlertRule, 'name'>): string {
  return `docs/runbook.md#${name}`;
}

/** Each alert as it is now. Unlike Prometheus, this does not wait until a condition has held for a while. */
export function alertsNow(figures: DatabaseFigures, recent: RecentFigures): AlertNow[] {
  return judged.map(({ judge, title, problem, ...rule }) => {
    const judgement = judge(figures, recent);
    return { ...rule, title: judgement.isWrong ? problem : title, ...judgement };
  });
}
