import { hostname } from 'node:os';
import { pid } from 'node:process';
import { freePort } from '../../embedded/free-port.ts';
import { readFigures } from '../../db/telemetry/read-figures.ts';
import { createMetrics, type Metrics } from '../../telemetry/metrics/create-metrics.ts';
import { sendMetrics } from '../../telemetry/metrics/send-metrics.ts';
import { startMetricsServer } from '../../worker/metrics-server.ts';
import { readTemporalMetrics } from '../../worker/read-temporal-metrics.ts';
import { installRuntime } from '../../worker/runtime.ts';
import type { Running } from '../running/running.ts';
import { readVersion } from '../version.ts';
import type { Core } from './compose.ts';
import { Unavailable } from './prerequisites.ts';

type MetricsCore = Pick<Core, 'config' | 'db' | 'logger' | 'disk'>;

/**
 * The metrics of this process, which are sent to an OTLP receiver, if one is set; `readOthers` reads those of what else is in
 * it.
 */
export function composeMetrics(
  { config, db, logger, disk }: MetricsCore,
  process: 'api' | 'worker',
  running: Pick<Running, 'add'>,
  readOthers?: () => Promise<string>,
): Metrics {
  const { token, limits } = config.metrics;
  const metrics = createMetrics({
    version: readVersion(),
    limits,
    token,
    readFigures: () => readFigures(db, limits),
    readDisk: () => disk.look(),
    onProblem: (err) =>
      logger.warn({ err }, 'The metrics lack what is read from the database until it answers'),
    ...(readOthers && { readOthers }),
  });
  if (config.metrics.otlp !== null) {
    const sent = sendMetrics(metrics, {
      ...config.metrics.otlp,
      service: `gitward-${process}`,
      version: readVersion(),
      instance: `${hostname()}:${pid}`,
      onProblem: ({ message }) =>
        logger.warn(`The metrics cannot be sent to OTEL_EXPORTER_OTLP_ENDPOINT: ${message}`),
    });
    running.add({ name: 'The sent metrics', stop: () => sent.stop() });
  }
  return metrics;
}

/** Installs Temporal's runtime, and serves the metrics of a worker's process, if that is set; returns what counts. */
export async function startWorkerMetrics(core: MetricsCore, running: Running): Promise<Metrics> {
  if (core.config.metrics.port === null) {
    installRuntime(core.logger, null);
    return composeMetrics(core, 'worker', running);
  }
  let address: string | null = null;
  const metrics = composeMetrics(core, 'worker', running, async () =>
    address === null ? '' : readTemporalMetrics(address),
  );
  // First, because a runtime that no worker uses would keep the process alive.
  await serve(core, metrics, running);
  address = await installMeasuredRuntime(core);
  return metrics;
}

/** The SDK serves its metrics at a port of its own, on which it must listen at once. */
async function installMeasuredRuntime({ logger }: MetricsCore): Promise<string> {
  for (let attempt = 1; ; attempt += 1) {
    const address = `127.0.0.1:${await freePort('127.0.0.1', 0)}`;
    try {
      installRuntime(logger, address);
      return address;
    } catch (error) {
      // Somebody else may have taken the port in the meantime.
      if (attempt === 3) throw error;
    }
  }
}

async function serve(
  { config, logger }: MetricsCore,
  metrics: Metrics,
  running: Running,
): Promise<void> {
  const { host, port: wanted, portChosen } = config.metrics;
  if (wanted === null) return;
  try {
    const server = await startMetricsServer(metrics, { host, port: wanted });
    running.add({ name: "The worker's metrics", stop: () => server.close() });
    const { port } = server;
    logger.info({ host, port }, "The worker's metrics are at /metrics");
  } catch (cause) {
    const { code = 'unknown' } = cause as NodeJS.ErrnoException;
    const problem = `The worker cannot serve its metrics on ${host}:${wanted} (${code}).`;
    if (portChosen)
      throw new Unavailable(
        `${problem} Set GITWARD_WORKER_METRICS_PORT to another port, 0 for any free one, or off.`,
        { cause },
      );
    logger.warn(
      `${problem} Set GITWARD_WORKER_METRICS_PORT to have them; the worker does without.`,
    );
  }
}
