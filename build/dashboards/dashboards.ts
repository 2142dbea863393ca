import { targets } from '../../model/telemetry/targets.ts';
import { dashboard, increase, installation, lines, number, type Tile } from './tiles.ts';

const projects = (mirrored: string) =>
  `sum(${installation(`gitward_projects${mirrored}`, 'plan_tier', 'mirrored')})`;

const latency = (quantile: number, metric = 'sync_latency_seconds') =>
  `histogram_quantile(${quantile}, sum by (le) (rate(${metric}_bucket[$__rate_interval])))`;

/** What was committed, next to what it may explain. */
function recentCommits(): Tile {
  return lines({
    title: 'Recent commits',
    description: 'Commits that were read back from their remotes, by the kind of their changes.',
    queries: [[increase('commits_exported_total', 'event_type'), '{{event_type}}']],
    stacked: true,
  });
}

const adoption = dashboard('gitward-adoption', 'Adoption', [
  number({
    title: 'Projects with Git sync',
    description: 'The share of projects with a mirror that is not paused.',
    queries: [[`${projects('{mirrored="true"}')} / ${projects('')}`, 'mirrored']],
    unit: 'percentunit',
  }),
  number({
    title: 'Weekly active synced projects',
    description: 'Projects with a commit in the last seven days.',
    queries: [[installation('weekly_active_synced_projects'), 'projects']],
  }),
  number({
    title: 'Commits exported per week',
    description: 'Commits of mirrors in the last seven days.',
    queries: [
      [
        `sum(${installation('commits_exported_per_week', 'event_type', 'branch_id', 'repository_host')})`,
        'commits',
      ],
    ],
  }),
  number({
    title: 'Linked development branches',
    description: 'Mirrors of development branches.',
    queries: [[`sum(${installation('linked_dev_branches_total', 'region')})`, 'branches']],
  }),
  lines({
    title: 'Git sync by plan',
    description: 'The share of the projects of each plan that have a mirror that is not paused.',
    queries: [
      [
        `sum by (plan_tier) (${installation('gitward_projects{mirrored="true"}', 'plan_tier')}) / ` +
          `sum by (plan_tier) (${installation('gitward_projects', 'plan_tier', 'mirrored')})`,
        '{{plan_tier}}',
      ],
    ],
    unit: 'percentunit',
  }),
  lines({
    title: 'Linked development branches by region',
    description: "By the region in the projects' settings.",
    queries: [[installation('linked_dev_branches_total', 'region'), '{{region}}']],
    stacked: true,
  }),
  lines({
    title: 'Commits per week by kind of change',
    description: '"mixed" is of several kinds, "none" of changes that nobody reported.',
    queries: [
      [
        `sum by (event_type) (${installation('commits_exported_per_week', 'event_type', 'branch_id', 'repository_host')})`,
        '{{event_type}}',
      ],
    ],
    stacked: true,
  }),
  lines({
    title: 'Commits per week by host',
    description: 'Where the repositories are.',
    queries: [
      [
        `sum by (repository_host) (${installation('commits_exported_per_week', 'event_type', 'branch_id', 'repository_host')})`,
        '{{repository_host}}',
      ],
    ],
    stacked: true,
  }),
]);

const reliability = dashboard('gitward-latency-reliability', 'Latency & Reliability', [
  number({
    title: 'Export success, last hour',
    description: 'The share of attempts to deliver that succeeded (target: 98 %).',
    queries: [[installation('export_success_rate{window="1h"}'), 'hour']],
    unit: 'percentunit',
  }),
  number({
    title: 'Export success, last day',
    description: 'The share of attempts to deliver that succeeded.',
    queries: [[installation('export_success_rate{window="1d"}'), 'day']],
    unit: 'percentunit',
  }),
  number({
    title: 'Outages that ended within 3 hours',
    description: 'Of the last seven days (target: 99 %).',
    queries: [[installation('retry_success_within_3h'), 'in time']],
    unit: 'percentunit',
  }),
  number({
    title: 'Open escalations',
    description: 'Outages that admins were told of and that last.',
    queries: [[installation('escalations_open'), 'escalations']],
    target: 1,
  }),
  lines({
    title: 'Latency',
    description:
      "From a change's own time to the read-back of its push (targets: P50 below 30 s, P95 below 120 s). A lone change waits for its 30 s window.",
    queries: [
      [latency(0.5), 'P50'],
      [latency(0.95), 'P95'],
    ],
    unit: 's',
    target: targets.latencyP95,
  }),
  lines({
    title: 'Delivery',
    description: "What Gitward itself needs: from the window's close to the read-back of the push.",
    queries: [
      [latency(0.5, 'sync_delivery_seconds'), 'P50'],
      [latency(0.95, 'sync_delivery_seconds'), 'P95'],
    ],
    unit: 's',
  }),
  lines({
    title: 'Retries by outcome',
    description: 'Attempts that repeated one that had failed.',
    queries: [[increase('retry_attempts_total', 'outcome'), '{{outcome}}']],
    stacked: true,
  }),
  lines({
    title: 'Retries by how many attempts had failed',
    description:
      'Many that repeat the first attempt pass by themselves; many later ones need somebody.',
    queries: [[increase('retry_attempts_total', 'retry_count'), '{{retry_count}}']],
    stacked: true,
  }),
  lines({
    title: 'Backlog',
    description: 'What waits in each queue.',
    queries: [[installation('queue_backlog_depth', 'queue_name'), '{{queue_name}}']],
    target: targets.backlog,
  }),
  lines({
    title: 'Oldest waiting change',
    description: 'By mirror, if it waits longer than 5 minutes.',
    queries: [
      [
        `topk(10, ${installation('oldest_waiting_change_seconds', 'project_id', 'branch_id')})`,
        '{{project_id}}/{{branch_id}}',
      ],
    ],
    unit: 's',
    target: targets.oldestWaiting,
  }),
  lines({
    title: 'Saves of knowledge',
    description: 'From accepting a save to the read-back of its push.',
    queries: [
      [latency(0.5, 'knowledge_save_seconds'), 'P50'],
      [latency(0.95, 'knowledge_save_seconds'), 'P95'],
    ],
    unit: 's',
  }),
  lines({
    title: 'Conflicts and reviews',
    description: 'What waits for a person in spaces.',
    queries: [
      [installation('knowledge_conflicts_open'), 'conflicts'],
      [installation('knowledge_reviews_open'), 'reviews'],
    ],
  }),
  lines({
    title: 'Feeds of platforms',
    description:
      'By how asking them goes. The mirrors of those that are limited, refused or missing live by the regular comparison.',
    queries: [[installation('gitward_feeds', 'state'), '{{state}}']],
    stacked: true,
  }),
  lines({
    title: 'Since the last housekeeping',
    description: 'It runs every hour, and ended without a failure so long ago.',
    queries: [[installation('gitward_housekeeping_age_seconds'), 'age']],
    unit: 's',
    target: targets.housekeepingAge,
  }),
  lines({
    title: 'Free on disks',
    description:
      'Of the disks on which processes keep caches and clones. If one is nearly full, nothing new is kept there.',
    queries: [
      ['gitward_disk_free_ratio', '{{instance}}'],
      ['gitward_disk_nearly_full', '{{instance}} nearly full'],
    ],
    unit: 'percentunit',
  }),
]);

const security = dashboard('gitward-security', 'Security', [
  number({
    title: 'Public repositories without samples',
    description: 'The share of mirrors with a public repository whose tree has no samples.',
    queries: [[installation('samples_export_off_on_public_repo'), 'without samples']],
    unit: 'percentunit',
  }),
  number({
    title: 'Secrets left out per hour',
    description: 'Values in plain text that commits left out, over the last day.',
    queries: [
      [
        `sum(${installation('secrets_redacted_rate', 'component_id', 'branch_id')}) or vector(0)`,
        'per hour',
      ],
    ],
  }),
  number({
    title: 'Credentials rotated in 30 days',
    description: 'Credentials that got another secret.',
    queries: [['sum(increase(credential_rotation_events[30d]))', 'rotations']],
  }),
  lines({
    title: 'Secrets left out by component',
    description: 'Values in plain text that commits left out, per hour.',
    queries: [
      [
        `sum by (component_id) (${installation('secrets_redacted_rate', 'component_id', 'branch_id')}) or vector(0)`,
        '{{component_id}}',
      ],
    ],
    stacked: true,
  }),
  lines({
    title: 'Credential rotations',
    description: 'Credentials that got another secret.',
    queries: [[increase('credential_rotation_events'), 'rotations']],
  }),
  recentCommits(),
]);

const ai = dashboard('gitward-ai', 'AI Consumption', [
  number({
    title: 'Readings of repositories',
    description: 'By agents.',
    queries: [['sum(ai_repo_reads_total)', 'readings']],
  }),
  number({
    title: 'Actionable suggestions',
    description: 'That agents made.',
    queries: [['sum(ai_actionable_suggestions_created)', 'suggestions']],
  }),
  number({
    title: 'Explanations of differences',
    description: 'That agents made.',
    queries: [['sum(ai_diff_explanations_generated)', 'explanations']],
  }),
  lines({
    title: 'Readings by agent',
    description: 'Readings of repositories by agents.',
    queries: [[increase('ai_repo_reads_total', 'agent_id'), '{{agent_id}}']],
    stacked: true,
  }),
  recentCommits(),
  lines({
    title: 'Suggestions and explanations by project',
    description: 'What agents made.',
    queries: [
      [increase('ai_actionable_suggestions_created', 'project_id'), 'suggestions, {{project_id}}'],
      [increase('ai_diff_explanations_generated', 'project_id'), 'explanations, {{project_id}}'],
    ],
  }),
]);

/** The dashboards, by the names of their files in `ops/grafana/`. */
export const dashboards = {
  adoption,
  'latency-and-reliability': reliability,
  security,
  'ai-consumption': ai,
};
