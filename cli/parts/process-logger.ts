import type { Logger } from 'pino';
import type { Config } from '../../config.ts';
import { createLogger } from '../../telemetry/logger.ts';

/** What a process runs, which is its name in the log. */
export type ProcessName = 'main' | 'api' | 'worker' | 'migrate';

/** The logger of this process: readable lines if standard error is a terminal, otherwise JSON. */
export function processLogger({ logLevel }: Config, name: ProcessName): Logger {
  return createLogger({ name, level: logLevel, pretty: process.stderr.isTTY });
}
