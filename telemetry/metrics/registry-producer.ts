import { ValueType, type HrTime } from '@opentelemetry/api';
import type { Resource } from '@opentelemetry/resources';
import {
  AggregationTemporality,
  DataPointType,
  InstrumentType,
  type CollectionResult,
  type DataPoint,
  type Histogram,
  type MetricData,
  type MetricProducer,
} from '@opentelemetry/sdk-metrics';
import type { MetricObjectWithValues, MetricValue, MetricValueWithName } from 'prom-client';

/** A metric of prom-client with its values. */
export type CollectedMetric = MetricObjectWithValues<MetricValue<string>>;

/** Gives the metrics of prom-client to OpenTelemetry, under the same names and labels. */
export class RegistryProducer implements MetricProducer {
  readonly #collect: () => Promise<CollectedMetric[]>;
  readonly #resource: Resource;
  readonly #since = timeOf(Date.now());

  constructor(collect: () => Promise<CollectedMetric[]>, resource: Resource) {
    this.#collect = collect;
    this.#resource = resource;
  }

  async collect(): Promise<CollectionResult> {
    const collected = await this.#collect();
    const times = { startTime: this.#since, endTime: timeOf(Date.now()) };
    const metrics = collected.flatMap((metric) => dataOf(metric, times) ?? []);
    return {
      resourceMetrics: {
        resource: this.#resource,
        scopeMetrics: [{ scope: { name: 'gitward' }, metrics }],
      },
      errors: [],
    };
  }
}

type Times = Pick<DataPoint<number>, 'startTime' | 'endTime'>;

/** `null` for a kind of metric that neither we nor prom-client's metrics of Node have. */
function dataOf(metric: CollectedMetric, times: Times): MetricData | null {
  const { name, help, values } = metric;
  const described = (type: InstrumentType) => ({
    descriptor: { name, description: help, unit: '', type, valueType: ValueType.DOUBLE },
    aggregationTemporality: AggregationTemporality.CUMULATIVE,
  });
  const numbers = () =>
    values.map(({ labels, value }) => ({ ...times, attributes: attributesOf(labels), value }));
  // prom-client says a kind by its name, whatever its types say.
  switch (String(metric.type)) {
    case 'counter':
      return {
        ...described(InstrumentType.COUNTER),
        dataPointType: DataPointType.SUM,
        isMonotonic: true,
        dataPoints: numbers(),
      };
    case 'gauge':
      return {
        ...described(InstrumentType.GAUGE),
        dataPointType: DataPointType.GAUGE,
        dataPoints: numbers(),
      };
    case 'histogram':
      return {
        ...described(InstrumentType.HISTOGRAM),
        dataPointType: DataPointType.HISTOGRAM,
        dataPoints: histogramsOf(metric, times),
      };
    default:
      return null;
  }
}

/** One histogram for each set of labels, of whose values prom-client makes a list. */
function histogramsOf({ name, values }: CollectedMetric, times: Times): DataPoint<Histogram>[] {
  const points = new Map<string, DataPoint<Histogram>>();
  for (const { labels, value, metricName } of values as MetricValueWithName<string>[]) {
    const { le, ...own } = labels;
    const key = JSON.stringify(own);
    const point = points.get(key) ?? {
      ...times,
      attributes: attributesOf(own),
      value: { buckets: { boundaries: [], counts: [] }, sum: 0, count: 0 },
    };
    points.set(key, point);
    const { value: histogram } = point;
    if (metricName === `${name}_sum`) histogram.sum = value;
    else if (metricName === `${name}_count`) histogram.count = value;
    else {
      // Prometheus adds up the buckets, OpenTelemetry does not.
      const before = histogram.buckets.counts.reduce((sum, count) => sum + count, 0);
      histogram.buckets.counts.push(value - before);
      if (le !== '+Inf') histogram.buckets.boundaries.push(Number(le));
    }
  }
  return [...points.values()];
}

function attributesOf(labels: Partial<Record<string, string | number>>): Record<string, string> {
  return Object.fromEntries(Object.entries(labels).map(([name, value]) => [name, String(value)]));
}

function timeOf(milliseconds: number): HrTime {
  return [Math.floor(milliseconds / 1_000), (milliseconds % 1_000) * 1_000_000];
}
