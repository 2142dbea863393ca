import { onServer } from './postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The run's Temporal server, `host:port`. */
    temporalAddress: string;
  }
}

/** More than there are test files and stories that want one. */
const count = 64;
const sequence = 'test_namespaces';

/** The namespaces that the run's server has. */
export const namespaces: readonly string[] = Array.from({ length: count }, (_, at) => `test-${at}`);

/** Run once on the run's PostgreSQL, which numbers what test files of several processes claim. */
export const createNamespaceSequence = `CREATE SEQUENCE ${sequence} MINVALUE 0`;

/** One of the {@link namespaces}, which nobody else gets. */
export async function claimNamespace(): Promise<string> {
  const [claim] = await onServer<{ at: string }>(`SELECT nextval('${sequence}') AS at`);
  const namespace = namespaces[Number(claim?.at)];
  if (namespace === undefined)
    throw new Error(`The run has no more than ${count} namespaces: give it more.`);
  return namespace;
}
