import { Runtime, type Logger as TemporalLogger, type LogLevel } from '@temporalio/worker';
import type { Level, Logger } from 'pino';

/**
 * Sets up the Temporal SDK's runtime; call it once per process, before the first worker. The SDK's
 * logs go to our logger, and it leaves process signals to us, because workers have to stop in our
 * order. It serves its own metrics at `metricsAddress` (host and port); `null`: nowhere.
 */
export function installRuntime(logger: Logger, metricsAddress: string | null): void {
  Runtime.install({
    logger: temporalLogger(logger.child({ part: 'temporal' })),
    shutdownSignals: [],
    telemetryOptions: {
      logging: { forward: {}, filter: { core: 'WARN', other: 'ERROR' } },
      ...(metricsAddress !== null && {
        metrics: { prometheus: { bindAddress: metricsAddress, useSecondsForDurations: true } },
      }),
    },
  });
}

const levels: Record<LogLevel, Level> = {
  TRACE: 'trace',
  DEBUG: 'debug',
  // What the SDK logs as info (a worker's states) only helps when debugging.
  INFO: 'debug',
  WARN: 'warn',
  ERROR: 'error',
};

/** What the SDK warns of about every worker that only runs activities, as most of ours do. */
const expected = 'No workflows registered, not polling for workflow tasks';

function temporalLogger(logger: Logger): TemporalLogger {
  const write = (level: LogLevel, message: string, meta: object = {}) =>
    logger[message === expected ? 'debug' : levels[level]](meta, message);
  return {
    log: write,
    trace: (message, meta) => write('TRACE', message, meta),
    debug: (message, meta) => write('DEBUG', message, meta),
    info: (message, meta) => write('INFO', message, meta),
    warn: (message, meta) => write('WARN', message, meta),
    error: (message, meta) => write('ERROR', message, meta),
  };
}
