import { pino, type Logger } from 'pino';
import pretty from 'pino-pretty';
import { runningFields } from './spans.ts';

/** How logs are written. */
export interface LoggerOptions {
  /** The name of the process, in each line. */
  name: string;
  /** `trace`, `debug`, `info`, `warn`, `error`, `fatal` or `silent`. */
  level: string;
  /** For people at a terminal, instead of one JSON object per line. */
  pretty: boolean;
}

/** Fields that never reach a log, anywhere in the first three levels of a logged object. */
const secretFields = [
  'authorization',
  'Authorization',
  'cookie',
  'headers',
  'password',
  'secret',
  'token',
  'apiKey',
  'masterKey',
  'previousMasterKeys',
  'adminToken',
  'databaseUrl',
  'databaseDirectUrl',
  'smtpUrl',
  '["x-storageapi-token"]',
  '["X-StorageApi-Token"]',
];

/**
 * The paths of {@link secretFields}, in the syntax of `fast-redact`: at the top level, and one or
 * two levels below it.
 */
export const redactedPaths = secretFields.flatMap((field) => {
  const below = field.startsWith('[') ? field : `.${field}`;
  return [field, `*${below}`, `*.*${below}`];
});

/** What every logger of ours leaves out. */
const redaction = { paths: redactedPaths, censor: '[secret]' };

/** An object as a log shows it: without the values of fields that never reach one. */
export function asLogged(fields: object): unknown {
  let line = '{}';
  const options = { base: null, timestamp: false, redact: redaction };
  pino(options, { write: (text) => void (line = text) }).info({ fields });
  return (JSON.parse(line) as { fields: unknown }).fields;
}

/** Adds the running span to a line, unless the line is about another trace. */
function withRunning(line: object, running: { trace_id?: string }): object {
  const isOther = 'trace_id' in line && line.trace_id !== running.trace_id;
  return isOther ? line : { ...running, ...line };
}

/** A logger that writes to standard error. */
export function createLogger({ name, level, pretty: forPeople }: LoggerOptions): Logger {
  const options = {
    level,
    base: { name },
    redact: redaction,
    formatters: { level: (label: string) => ({ level: label }) },
    timestamp: pino.stdTimeFunctions.isoTime,
    mixin: runningFields,
    mixinMergeStrategy: withRunning,
  };
  if (!forPeople) return pino(options, pino.destination({ dest: 2, sync: true }));
  // A stream in this process rather than a thread, so that the last lines before an exit are not
  // lost.
  return pino(
    options,
    pretty({ destination: 2, sync: true, translateTime: 'SYS:HH:MM:ss', ignore: 'pid,hostname' }),
  );
}
