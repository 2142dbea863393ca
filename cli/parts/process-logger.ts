import type { Logger } from 'pino';
import type { Config } from '../../config.ts';
import { createLogger } from '../../telemetry/logger.ts';

/** The logger of this process: readable lines if standard error is a terminal, otherwise JSON. */
export function processLogger({ logLevel }: Config): Logger {
  return createLogger({ level: logLevel, pretty: process.stderr.isTTY });
}
