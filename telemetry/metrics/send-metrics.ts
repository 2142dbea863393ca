import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-proto';
import { Resource } from '@opentelemetry/resources';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import type { Metrics } from './create-metrics.ts';
import { RegistryProducer } from './registry-producer.ts';

/** Where and how metrics are sent. */
export interface SendMetricsOptions {
  /** Where an OTLP receiver takes metrics, over HTTP. */
  url: string;
  /** Milliseconds between two times. */
  interval: number;
  /** The process, as its metrics name it: `gitward-api`. */
  service: string;
  version: string;
  /** Tells it from others of this service. */
  instance: string;
  /** Called when sending fails, after it worked or for the first time. */
  onProblem: (error: Error) => void;
}

/** Metrics that are being sent. */
export interface SentMetrics {
  /** Sends them once more, and ends. */
  stop(): Promise<void>;
}

/** Sends metrics to an OTLP receiver, such as a collector, from now on; what cannot be sent is missing there. */
export function sendMetrics(
  metrics: Pick<Metrics, 'collect'>,
  { url, interval, service, version, instance, onProblem }: SendMetricsOptions,
): SentMetrics {
  const resource = new Resource({
    'service.name': service,
    'service.version': version,
    'service.instance.id': instance,
  });
  const exporter = new OTLPMetricExporter({ url });
  const send = exporter.export.bind(exporter);
  let works = true;
  exporter.export = (data, done) =>
    send(data, (result) => {
      if (works && result.error !== undefined) onProblem(result.error);
      works = result.error === undefined;
      done(result);
    });
  const reader = new PeriodicExportingMetricReader({
    exporter,
    exportIntervalMillis: interval,
    exportTimeoutMillis: Math.min(interval, 10_000),
    metricProducers: [new RegistryProducer(() => metrics.collect(), resource)],
  });
  const provider = new MeterProvider({ resource, readers: [reader] });
  // It sends once more on the way.
  return { stop: () => provider.shutdown().catch(() => undefined) };
}
