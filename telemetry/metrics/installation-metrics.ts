import { Gauge, type Registry } from 'prom-client';
import type { DatabaseFigures } from '../../model/telemetry/figures.ts';
import { otherValues } from '../../model/telemetry/label-limits.ts';
import { labelValue } from './bounded-label.ts';
import { ofInstallation, type MetricDefinition } from './definition.ts';

/** A value with the labels of its series. */
interface Sample {
  labels: Record<string, string>;
  value: number;
}

/** A metric of the whole installation, and what the database says about it. */
interface Reading {
  definition: MetricDefinition;
  read: (figures: DatabaseFigures) => Sample[];
}

const readings: Reading[] = [
  {
    definition: ofInstallation(
      'git_sync_enabled_ratio',
      'Whether a project has a mirror that is not paused, 1 or 0; of the projects taken together as "other", the share.',
      'project_id',
      'plan_tier',
    ),
    read: ({ projects }) =>
      projects.mirrored.map(({ projectId, planTier, ratio }) =>
        sample(ratio, { project_id: projectId, plan_tier: planTier }),
      ),
  },
  {
    definition: ofInstallation(
      'gitward_projects',
      'Projects, by whether they have a mirror that is not paused.',
      'plan_tier',
      'mirrored',
    ),
    read: ({ projects }) =>
      projects.plans.map((plan) =>
        sample(plan.projects, { plan_tier: plan.planTier, mirrored: String(plan.mirrored) }),
      ),
  },
  {
    definition: ofInstallation(
      'weekly_active_synced_projects',
      'Projects with a commit in the last seven days.',
    ),
    read: ({ activity }) => [sample(activity.activeProjects)],
  },
  {
    definition: ofInstallation(
      'commits_exported_per_week',
      'Commits of mirrors in the last seven days.',
      'event_type',
      'branch_id',
      'repository_host',
    ),
    read: ({ activity }) =>
      activity.commits.map(({ eventType, branchId, repositoryHost, commits }) =>
        sample(commits, {
          event_type: eventType,
          branch_id: branchId,
          repository_host: repositoryHost,
        }),
      ),
  },
  {
    definition: ofInstallation(
      'linked_dev_branches_total',
      'Mirrors of development branches.',
      'region',
    ),
    read: ({ projects }) =>
      projects.linkedBranches.map(({ region, branches }) => sample(branches, { region })),
  },
  {
    definition: ofInstallation(
      'samples_export_off_on_public_repo',
      'The share of mirrors with a public repository whose tree has no samples; 1 if there is no such mirror.',
    ),
    read: ({ projects }) => [sample(projects.publicWithoutSamples)],
  },
  {
    definition: ofInstallation(
      'export_success_rate',
      'The share of attempts to deliver that succeeded in the last hour or day: batches delivered, of those and the attempts that failed. 1 if there were none.',
      'window',
    ),
    read: ({ deliveries }) =>
      deliveries.success.map(({ window, rate }) => sample(rate, { window })),
  },
  {
    definition: ofInstallation(
      'retry_success_within_3h',
      'The share of outages of repositories that ended within three hours, of those in the last seven days that ended or are older. 1 if there were none.',
    ),
    read: ({ deliveries }) => [sample(deliveries.outagesEndedInTime)],
  },
  {
    definition: ofInstallation(
      'escalations_open',
      'Outages that lasted so long that admins were told, and that last.',
    ),
    read: ({ deliveries }) => [sample(deliveries.escalationsOpen)],
  },
  {
    definition: ofInstallation(
      'secrets_redacted_rate',
      'Values in plain text that commits left out, per hour, over the last day. A commit with changes of several components counts for each in equal parts.',
      'component_id',
      'branch_id',
    ),
    read: ({ deliveries }) =>
      deliveries.redactions.map(({ componentId, branchId, perHour }) =>
        sample(perHour, { component_id: componentId, branch_id: branchId }),
      ),
  },
  {
    definition: ofInstallation(
      'queue_backlog_depth',
      'What waits: changes (mirrors), saves (spaces), items of operations and checks, and notices. Not what is paused.',
      'queue_name',
    ),
    read: ({ waiting }) =>
      waiting.queues.map(({ queue, depth }) => sample(depth, { queue_name: queue })),
  },
  {
    definition: ofInstallation(
      'oldest_waiting_change_seconds',
      'How long the oldest change of a mirror has waited. Only mirrors whose changes wait longer than 5 minutes are named.',
      'project_id',
      'branch_id',
    ),
    read: ({ waiting }) => [
      sample(0, { project_id: otherValues, branch_id: otherValues }),
      ...waiting.oldest.map(({ projectId, branchId, seconds }) =>
        sample(seconds, { project_id: projectId, branch_id: branchId }),
      ),
    ],
  },
  {
    definition: ofInstallation('knowledge_conflicts_open', 'Conflicts that nobody has settled.'),
    read: ({ waiting }) => [sample(waiting.conflictsOpen)],
  },
  {
    definition: ofInstallation('knowledge_reviews_open', 'Reviews under way.'),
    read: ({ waiting }) => [sample(waiting.reviewsOpen)],
  },
  {
    definition: ofInstallation(
      'gitward_feeds',
      'Lists of changes that platforms are asked for, by how that goes: works, failing (it ends by itself), limited, refused, missing (the mirrors live by the regular comparison), and new.',
      'state',
    ),
    read: ({ feeds }) => Object.entries(feeds).map(([state, count]) => sample(count, { state })),
  },
  {
    definition: ofInstallation(
      'gitward_housekeeping_age_seconds',
      'How long ago housekeeping last ended without a failure. It runs every hour.',
    ),
    read: ({ upkeep }) => [sample(upkeep.sinceGoodRun)],
  },
];

/** What the database says about the whole installation. There is nothing of it before the first reading. */
export class InstallationMetrics {
  readonly #gauges: { gauge: Gauge; read: Reading['read'] }[];

  constructor(registry: Registry) {
    this.#gauges = readings.map(({ definition, read }) => {
      const gauge = new Gauge({ ...definition, registers: [registry] });
      // A gauge without labels would begin at 0.
      if (definition.labelNames.length === 0) gauge.remove();
      return { gauge, read };
    });
  }

  /** Shows these figures from now on. */
  show(figures: DatabaseFigures): void {
    for (const { gauge, read } of this.#gauges) {
      gauge.reset();
      for (const { labels, value } of read(figures)) gauge.set(labels, value);
    }
  }
}

function sample(value: number, labels: Record<string, string> = {}): Sample {
  const values = Object.entries(labels).map(([name, text]) => [name, labelValue(text)] as const);
  return { value, labels: Object.fromEntries(values) };
}
