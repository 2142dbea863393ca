import { Client, Connection } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import type { NativeConnectionOptions } from '@temporalio/worker';

/** Which Temporal, and how it is spoken to. Serves the client's connection and the worker's. */
export interface TemporalTarget {
  namespace: string;
  connection: Pick<NativeConnectionOptions, 'address' | 'tls' | 'apiKey' | 'metadata'> & {
    address: string;
  };
}

/**
 * The operator's Temporal: its address and namespace are Gitward's settings; TLS and API keys are read
 * from the variables that Temporal's own tools use (`TEMPORAL_API_KEY`, `TEMPORAL_TLS_…`). Throws
 * where these cannot be used.
 */
export function operatorsTemporal(address: string, namespace: string): TemporalTarget {
  const { connectionOptions } = loadClientConnectConfig({
    // A file in some home must not decide which cluster a service works for.
    disableFile: true,
  });
  return { namespace, connection: { ...connectionOptions, address } };
}

/** The embedded server: whatever the environment says of other clusters does not apply. */
export function embeddedTemporal(address: string, namespace: string): TemporalTarget {
  return { namespace, connection: { address } };
}

/** A client of Temporal. */
export interface TemporalConnection {
  client: Client;
  close(): Promise<void>;
}

/** Opens a client; nothing is connected until the first call, so that the API can start while Temporal is down. */
export function connectTemporal(target: TemporalTarget): TemporalConnection {
  const { address, tls, apiKey, metadata } = target.connection;
  const connection = Connection.lazy({
    address,
    ...(tls === undefined ? {} : { tls }),
    ...(apiKey === undefined ? {} : { apiKey }),
    ...(metadata === undefined ? {} : { metadata }),
  });
  const client = new Client({ connection, namespace: target.namespace });
  return { client, close: () => connection.close() };
}
