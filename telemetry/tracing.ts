import { context, diag, DiagLogLevel, propagation, trace } from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { Resource } from '@opentelemetry/resources';
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  BatchSpanProcessor,
  NodeTracerProvider,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  type Sampler,
} from '@opentelemetry/sdk-trace-node';
import pTimeout from 'p-timeout';
import type { Logger } from 'pino';
import { mostLinks } from './spans.ts';
import { TraceExporter } from './trace-exporter.ts';
import type { TracingSettings } from './tracing-settings.ts';

/** How long the collector may take for a batch of spans, also for the last ones, in milliseconds. */
const patience = 5_000;

/** What {@link startTracing} needs. */
export interface TracingOptions {
  settings: TracingSettings;
  /** What this process runs. */
  process: string;
  version: string;
  logger: Logger;
}

/** Tracing of this process. */
export interface Tracing {
  /** Sends what is left, for a few seconds at most, and traces nothing more. Does not reject. */
  stop(): Promise<void>;
}

/**
 * From now on, this process's spans are sent to the collector, in batches, from a queue of 2,048. Nothing ever waits
 * for that: what does not fit is lost, and counted.
 */
export function startTracing({ settings, process, version, logger }: TracingOptions): Tracing {
  const { url, headers, serviceName } = settings;
  const provider = new NodeTracerProvider({
    resource: new Resource({
      'service.name': serviceName,
      'service.version': version,
      'gitward.process': process,
    }),
    sampler: samplerOf(settings),
    spanLimits: { linkCountLimit: mostLinks },
    spanProcessors: [
      new BatchSpanProcessor(
        new TraceExporter(new OTLPTraceExporter({ url, headers, timeoutMillis: patience }), logger),
      ),
    ],
  });
  diag.setLogger(diagnosing(logger), {
    logLevel: DiagLogLevel.WARN,
    suppressOverrideMessage: true,
  });
  // Only the trace context: publishers' baggage goes nowhere.
  provider.register({ propagator: new W3CTraceContextPropagator() });
  return {
    async stop() {
      await pTimeout(provider.shutdown(), { milliseconds: 2 * patience }).catch(
        (error: unknown) => {
          logger.warn({ err: error }, 'The last spans were not sent');
        },
      );
      trace.disable();
      context.disable();
      propagation.disable();
      diag.disable();
    },
  };
}

function samplerOf({ sampler, ratio }: TracingSettings): Sampler {
  switch (sampler) {
    case 'always_on':
      return new AlwaysOnSampler();
    case 'always_off':
      return new AlwaysOffSampler();
    case 'traceidratio':
      return new TraceIdRatioBasedSampler(ratio);
    case 'parentbased_always_on':
      return new ParentBasedSampler({ root: new AlwaysOnSampler() });
    case 'parentbased_always_off':
      return new ParentBasedSampler({ root: new AlwaysOffSampler() });
    case 'parentbased_traceidratio':
      return new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(ratio) });
  }
}

/** Our logger for what the SDK has to say, such as how many spans did not fit into its queue. */
function diagnosing(logger: Logger) {
  const nothing = () => undefined;
  return {
    error: (message: string) => logger.warn(message),
    warn: (message: string) => logger.warn(message),
    ...{ info: nothing, debug: nothing, verbose: nothing },
  };
}
