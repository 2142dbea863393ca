import { createServer } from 'node:net';
import { Client, Connection } from '@temporalio/client';
import { onTestFinished } from 'vitest';

/**
 * A client of a Temporal that accepts connections and never answers. By itself the client waits longer than any test
 * may take, so a call that ends was ended by a deadline.
 */
export async function silentTemporal(): Promise<Client> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as { port: number };
  const connection = Connection.lazy({ address: `127.0.0.1:${port}`, connectTimeout: '10m' });
  onTestFinished(async () => {
    await connection.close();
    server.close();
  });
  return new Client({ connection });
}
