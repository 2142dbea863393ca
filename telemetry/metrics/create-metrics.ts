import { collectDefaultMetrics, Gauge, prometheusContentType, Registry } from 'prom-client';
import type { DatabaseFigures } from '../../model/telemetry/figures.ts';
import type { LabelLimits } from '../../model/telemetry/label-limits.ts';
import type { DiskState } from '../../model/housekeeping/disk.ts';
import type { Exposition } from '../../model/telemetry/exposition.ts';
import type { FiguresReader } from '../../model/telemetry/kept.ts';
import type { ActivityMeter, ApiMeter } from '../../model/telemetry/meter.ts';
import { aboutProcess } from './definition.ts';
import { DiskMetrics } from './disk-metrics.ts';
import { InstallationMetrics } from './installation-metrics.ts';
import type { FreshnessOptions } from './kept-fresh.ts';
import { keptValue } from './kept-value.ts';
import { admitting } from './metrics-token.ts';
import { ProcessMetrics } from './process-metrics.ts';
import type { CollectedMetric } from './registry-producer.ts';

/** What {@link createMetrics} needs. */
export interface MetricsOptions extends Partial<FreshnessOptions> {
  /** Gitward's version. */
  version: string;
  limits: LabelLimits;
  readFigures: () => Promise<DatabaseFigures>;
  /** Called when the figures could not be read, after they could or for the first time. */
  onProblem: (error: unknown) => void;
  /** What may read them; `null`: there is no token for that. */
  token: string | null;
  /** Metrics of what else is in this process, in the same format; the caller bounds them. */
  readOthers?: () => Promise<string>;
  /** How full the disk of caches and clones is; `null`: not known. */
  readDisk?: () => Promise<DiskState | null>;
  /** Whether Node's own metrics are among them; defaults to true. */
  ofNode?: boolean;
}

/** The metrics of a process, and of the installation that it belongs to. */
export interface Metrics extends Exposition, FiguresReader {
  meter: ActivityMeter & ApiMeter;
  registry: Registry;
  /** All of them with their values, as fresh as in `text`, but without those of others. */
  collect(): Promise<CollectedMetric[]>;
}

/**
 * The metrics of this process; call it once. They are served in Prometheus' text format 0.0.4: in OpenMetrics their names
 * would differ, because a counter's must end in `_total` there. A text has figures of the database that are at most 15 s
 * old; it waits for them for 3 s, and has the last ones if they do not come.
 */
export function createMetrics({
  version,
  limits,
  readFigures,
  onProblem,
  token,
  readOthers = () => Promise.resolve(''),
  readDisk = () => Promise.resolve(null),
  ofNode = true,
  every = 15_000,
  patience = 3_000,
}: MetricsOptions): Metrics {
  const registry = new Registry();
  if (ofNode) collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const build = aboutProcess('gitward_build_info', 'Always 1, with the version.', 'version');
  new Gauge({ ...build, registers }).set({ version }, 1);
  const up = new Gauge({
    ...aboutProcess(
      'gitward_database_figures_up',
      'Whether what is the same from every process could just be read from the database.',
    ),
    registers,
  });
  const age = new Gauge({
    ...aboutProcess(
      'gitward_database_figures_age_seconds',
      'How old that is; +Inf if it was never read.',
    ),
    registers,
  });
  const disk = new DiskMetrics(registry);
  const meter = new ProcessMetrics(registry, limits);
  const installation = new InstallationMetrics(registry);
  const figures = keptValue(
    async () => {
      const read = await readFigures();
      installation.show(read);
      await meter.prefer(read.activity);
      return read;
    },
    { every, patience, onProblem },
  );
  async function refresh(): Promise<void> {
    const kept = await figures();
    up.set(Number(kept.isFresh));
    age.set(kept.age / 1_000);
    disk.show(await readDisk());
  }
  return {
    meter,
    registry,
    figures,
    contentType: prometheusContentType,
    hasToken: token !== null,
    admits: admitting(token),
    async text() {
      const [others] = await Promise.all([readOthers(), refresh()]);
      return (await registry.metrics()) + others;
    },
    async collect() {
      await refresh();
      return registry.getMetricsAsJSON();
    },
  };
}
