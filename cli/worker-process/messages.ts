/*
 * What the main process and its worker tell each other over the channel between them. If the channel closes, the
 * other process has ended.
 */

/** What the worker cannot know from its settings, because the main process has started or generated it. */
export interface WorkingServers {
  databaseUrl: string;
  temporalAddress: string;
  /** In base64. */
  masterKey: string;
}

/** From the main process: the servers answer and the database is migrated, so the worker may begin. */
export interface Begin {
  kind: 'begin';
  servers: WorkingServers;
}

/** From the worker: it works, or what keeps it from working. */
export type WorkerMessage = { kind: 'up' } | { kind: 'problem'; text: string };
