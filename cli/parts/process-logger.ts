import type { Logger } from 'pino';
import type { Config } from '../../config.ts';
import { createLogger } from '../../telemetry/logger.ts';

/** The process's logger: for people where standard error is a terminal, else JSON. */
export function processLogger({ logLevel }: Config): Logger {
  return createLogger({ level: logLevel, pretty: process.stderr.isTTY });
}
