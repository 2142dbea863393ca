import { onServer } from './postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The run's Temporal server, `host:port`. */
    temporalAddress: string;
  }
}

/** More than the number of test files and stories that need one. */
const count = 64;
const sequence = 'test_namespaces';

/** The namespaces of the run's server. */
export const namespaces: readonly string[] = Array.from({ length: count }, (_, at) => `test-${at}`);

/** Executed once on the run's PostgreSQL; numbers the claims of test files in several processes. */
export const createNamespaceSequence = `CREATE SEQUENCE ${sequence} MINVALUE 0`;

/** Claims one of the {@link namespaces} for the caller alone. */
export async function claimNamespace(): Promise<string> {
  const [claim] = await onServer<{ at: string }>(`SELECT nextval('${sequence}') AS at`);
  const namespace = namespaces[Number(claim?.at)];
  if (namespace === undefined)
    throw new Error(`The run has no more than ${count} namespaces: give it more.`);
  return namespace;
}
