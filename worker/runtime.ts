import { Runtime, type Logger as TemporalLogger, type LogLevel } from '@temporalio/worker';
import type { Level, Logger } from 'pino';

/**
 * Sets the Temporal SDK's runtime up, once a process and before the first worker: its logs go to ours,
 * and signals are left to us, since a worker has its place in the order of stopping.
 */
export function installRuntime(logger: Logger): void {
  Runtime.install({
    logger: temporalLogger(logger.child({ part: 'temporal' })),
    shutdownSignals: [],
    telemetryOptions: { logging: { forward: {}, filter: { core: 'WARN', other: 'ERROR' } } },
  });
}

const levels: Record<LogLevel, Level> = {
  TRACE: 'trace',
  DEBUG: 'debug',
  // What the SDK calls information (a worker's states) is for those who look for it.
  INFO: 'debug',
  WARN: 'warn',
  ERROR: 'error',
};

function temporalLogger(logger: Logger): TemporalLogger {
  const write = (level: LogLevel, message: string, meta: object = {}) =>
    logger[levels[level]](meta, message);
  return {
    log: write,
    trace: (message, meta) => write('TRACE', message, meta),
    debug: (message, meta) => write('DEBUG', message, meta),
    info: (message, meta) => write('INFO', message, meta),
    warn: (message, meta) => write('WARN', message, meta),
    error: (message, meta) => write('ERROR', message, meta),
  };
}
