import { Client, Connection, type WorkflowClientInterceptor } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import type { NativeConnectionOptions } from '@temporalio/worker';

/**
 * Which Temporal to use, and how to connect to it. Used for the client's connection and the
 * worker's.
 */
export interface TemporalTarget {
  namespace: string;
  connection: Pick<NativeConnectionOptions, 'address' | 'tls' | 'apiKey' | 'metadata'> & {
    address: string;
  };
}

/**
 * The operator's Temporal: its address and namespace are Gitward settings; TLS and API keys are
 * read from the variables that Temporal's own tools use (`TEMPORAL_API_KEY`, `TEMPORAL_TLS_…`).
 * Throws if these cannot be used.
 */
export function operatorsTemporal(address: string, namespace: string): TemporalTarget {
  const { connectionOptions } = loadClientConnectConfig({
    // A file in someone's home directory must not decide which cluster a service works for.
    disableFile: true,
  });
  return { namespace, connection: { ...connectionOptions, address } };
}

/** The embedded server: settings for other clusters in the environment do not apply. */
export function embeddedTemporal(address: string, namespace: string): TemporalTarget {
  return { namespace, connection: { address } };
}

/** A Temporal client. */
export interface TemporalConnection {
  client: Client;
  close(): Promise<void>;
}

/**
 * Opens a client, whose calls to workflows go through these interceptors; it connects at the first call, so the API can start while
 * Temporal is down.
 */
export function connectTemporal(
  target: TemporalTarget,
  workflow: WorkflowClientInterceptor[] = [],
): TemporalConnection {
  const { address, tls, apiKey, metadata } = target.connection;
  const connection = Connection.lazy({
    address,
    ...(tls === undefined ? {} : { tls }),
    ...(apiKey === undefined ? {} : { apiKey }),
    ...(metadata === undefined ? {} : { metadata }),
  });
  const client = new Client({
    connection,
    namespace: target.namespace,
    interceptors: { workflow },
  });
  return { client, close: () => connection.close() };
}
