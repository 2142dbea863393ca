import { Counter, Histogram, type Metric, type Registry } from 'prom-client';
import type { Activity } from '../../model/telemetry/figures.ts';
import { fewValues, noValue, type LabelLimits } from '../../model/telemetry/label-limits.ts';
import type {
  ActivityMeter,
  ApiMeter,
  MeteredDelivery,
  MeteredRetry,
} from '../../model/telemetry/meter.ts';
import { BoundedLabel } from './bounded-label.ts';
import { ofProcess } from './definition.ts';

/** What a process counts of its own work. */
export class ProcessMetrics implements ActivityMeter, ApiMeter {
  readonly #branches: BoundedLabel;
  readonly #hosts = new BoundedLabel(fewValues);
  readonly #commits;
  readonly #latency;
  readonly #delivery;
  readonly #retries;
  readonly #saves;
  readonly #rotations;

  constructor(registry: Registry, { branches }: Pick<LabelLimits, 'branches'>) {
    this.#branches = new BoundedLabel(branches);
    const registers = [registry];
    this.#commits = new Counter({
      ...ofProcess(
        'commits_exported_total',
        'Commits of mirrors that were read back from their remote.',
        'event_type',
        'branch_id',
        'repository_host',
      ),
      registers,
    });
    this.#latency = new Histogram({
      ...ofProcess(
        'sync_latency_seconds',
        "From a change's own time in the source to the read-back of the push that has it. A lone change waits for its window.",
        'event_type',
        'branch_id',
        'queue_name',
      ),
      buckets: [5, 15, 30, 60, 120, 300],
      registers,
    });
    this.#delivery = new Histogram({
      ...ofProcess(
        'sync_delivery_seconds',
        "From the close of a mirror's window to the read-back of the push.",
      ),
      buckets: [0.25, 0.5, 1, 2, 5, 10, 30, 60, 120, 300],
      registers,
    });
    this.#retries = new Counter({
      ...ofProcess(
        'retry_attempts_total',
        'Attempts that repeated one that had failed; retry_count is how many had failed before.',
        'queue_name',
        'retry_count',
        'outcome',
      ),
      registers,
    });
    this.#saves = new Histogram({
      ...ofProcess(
        'knowledge_save_seconds',
        'From accepting a save of a space to the read-back of the push that has it.',
      ),
      buckets: [1, 2, 3, 5, 8, 15, 30, 60, 120, 300],
      registers,
    });
    this.#rotations = new Counter({
      ...ofProcess('credential_rotation_events', 'Credentials that got another secret.'),
      registers,
    });
    countAgents(registry);
  }

  delivered({ branchId, repositoryUrl, commits, changes }: MeteredDelivery): void {
    const branch_id = this.#branches.of(branchId);
    const repository_host = this.#hosts.of(hostOf(repositoryUrl));
    for (const { eventType, sinceWindow } of commits) {
      this.#commits.inc({ event_type: eventType, branch_id, repository_host });
      if (sinceWindow !== null) this.#delivery.observe(sinceWindow);
    }
    for (const { eventType, sinceEvent } of changes)
      this.#latency.observe(
        { event_type: eventType, branch_id, queue_name: 'mirrors' },
        sinceEvent,
      );
  }

  saved(seconds: readonly number[]): void {
    for (const each of seconds) this.#saves.observe(each);
  }

  retried({ queue, count, outcome }: MeteredRetry): void {
    this.#retries.inc({ queue_name: queue, retry_count: rangeOf(count), outcome });
  }

  credentialRotated(): void {
    this.#rotations.inc();
  }

  /** Tells the same branches and hosts apart as all other processes, and drops the series of others. */
  async prefer({ topBranches, topHosts }: Activity): Promise<void> {
    const branches = this.#branches.prefer(topBranches);
    const hosts = this.#hosts.prefer(topHosts);
    for (const metric of [this.#commits, this.#latency]) await drop(metric, 'branch_id', branches);
    await drop(this.#commits, 'repository_host', hosts);
  }
}

/** What agents do. Nothing of it exists yet: there is one series of each, so that dashboards have it. */
function countAgents(registry: Registry): void {
  const registers = [registry];
  new Counter({
    ...ofProcess(
      'ai_repo_reads_total',
      'Readings of repositories by agents. Always 0 so far.',
      'agent_id',
      'project_id',
    ),
    registers,
  }).inc({ agent_id: noValue, project_id: noValue }, 0);
  for (const [name, what] of [
    ['ai_actionable_suggestions_created', 'Suggestions of agents that somebody can act on.'],
    ['ai_diff_explanations_generated', 'Explanations of differences by agents.'],
  ] as const)
    new Counter({
      ...ofProcess(name, `${what} Always 0 so far.`, 'project_id'),
      registers,
    }).inc({ project_id: noValue }, 0);
}

/** How many attempts failed, in a few ranges: an outage may last for months. */
function rangeOf(count: number): string {
  if (count <= 3) return String(count);
  if (count <= 10) return '4-10';
  return count <= 36 ? '11-36' : '37+';
}

/** The host and port of a repository's address. */
function hostOf(url: string): string {
  return (URL.canParse(url) && new URL(url).host) || noValue;
}

/** Drops the series with one of these values. */
async function drop(metric: Metric, label: string, values: ReadonlySet<string>): Promise<void> {
  if (values.size === 0) return;
  for (const { labels } of (await metric.get()).values) {
    const { le, ...own } = labels as Record<string, string | number>;
    // A histogram's series are removed together, by the labels that they share.
    if (le === undefined && values.has(String(own[label]))) metric.remove(own);
  }
}
