import { once } from 'node:events';
import { connect, type AddressInfo } from 'node:net';
import { createServer, type TLSSocket } from 'node:tls';
import type { ServerCertificate } from './certificate-authority.ts';

/** TLS in front of a server that has none. */
export interface TlsFront {
  /** On 127.0.0.1. */
  port: number;
  /** The server names that clients asked for. */
  names: string[];
  close(): Promise<void>;
}

/** Puts TLS with this certificate in front of a server on a port of loopback. */
export async function startTlsFront(
  certificate: ServerCertificate,
  behind: number | string,
): Promise<TlsFront> {
  const port = typeof behind === 'number' ? behind : Number(new URL(behind).port);
  const open = new Set<TLSSocket>();
  const names: string[] = [];
  const server = createServer(certificate, (client) => {
    names.push(String(client.servername));
    open.add(client);
    const plain = connect(port, '127.0.0.1');
    client.pipe(plain).pipe(client);
    plain.on('error', () => client.destroy());
    client.on('error', () => plain.destroy());
    client.on('close', () => {
      open.delete(client);
      plain.destroy();
    });
  });
  // Clients that do not trust the certificate.
  server.on('tlsClientError', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    names,
    async close() {
      for (const client of open) client.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
