import { createMetrics, type Metrics } from '../../telemetry/metrics/create-metrics.ts';
import { defaultLabelLimits } from '../../model/telemetry/label-limits.ts';

/** What a process registers, as documentation, rules and dashboards may name it. */
export interface RegisteredMetric {
  name: string;
  type: string;
  help: string;
  labels: string[];
}

/** Gitward's own metrics, without those of Node. */
export function registeredMetrics(): RegisteredMetric[] {
  return describe(idleMetrics());
}

/** Metrics of a process whose database is away. */
export function idleMetrics(): Metrics {
  return createMetrics({
    version: '0.0.0',
    limits: defaultLabelLimits,
    readFigures: () => Promise.reject(new Error('There is no database.')),
    onProblem: () => undefined,
    token: null,
    ofNode: false,
  });
}

function describe({ registry }: Metrics): RegisteredMetric[] {
  return registry.getMetricsAsArray().map((metric) => {
    // Of each kind of metric, prom-client keeps these, but only the types of some say so.
    const { name, help, type, labelNames } = metric as unknown as {
      name: string;
      help: string;
      type: string;
      labelNames: string[];
    };
    return { name, type, help, labels: labelNames.filter((label) => label !== 'le') };
  });
}
