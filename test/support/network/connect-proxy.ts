import { once } from 'node:events';
import { createServer as createHttpServer, type IncomingMessage } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { connect, type AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { ServerCertificate } from './certificate-authority.ts';

/** A request for a tunnel. */
export interface AskedTunnel {
  /** `host:port`, as it was asked for. */
  authority: string;
  authorized: boolean;
}

/** A real proxy on loopback that only knows `CONNECT`, and only its user. */
export interface ConnectProxy {
  /** Its address with user and password, for `HTTPS_PROXY`. */
  url: string;
  /** The same without them. */
  origin: string;
  password: string;
  asked: AskedTunnel[];
  /** Which port on loopback it connects to for a host (`host:port`); it answers 502 for others. */
  routes: Map<string, number>;
  /** Answers these hosts with a status instead. */
  refusals: Map<string, number>;
  /** Never answers. */
  isSilent: boolean;
  /** Refuses its user, as when the password was changed. */
  isLocked: boolean;
  close(): Promise<void>;
}

/** Starts a proxy, which is reached over TLS if it has a certificate. */
export async function startConnectProxy(certificate?: ServerCertificate): Promise<ConnectProxy> {
  const password = 'proxy:pass/word-7c1f';
  const expected = `Basic ${Buffer.from(`carol:${password}`).toString('base64')}`;
  const server = certificate === undefined ? createHttpServer() : createHttpsServer(certificate);
  const open = new Set<Duplex>();
  server.on('connection', (socket: Duplex) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
  });
  server.on('request', (_request, response) => response.writeHead(405).end());
  server.on('connect', ({ url: authority = '', headers }: IncomingMessage, client: Duplex) => {
    client.on('error', () => undefined);
    const authorized = headers['proxy-authorization'] === expected && !proxy.isLocked;
    proxy.asked.push({ authority, authorized });
    if (proxy.isSilent) return;
    const port = proxy.routes.get(authority);
    const refusal = authorized
      ? (proxy.refusals.get(authority) ?? (port === undefined ? 502 : null))
      : 407;
    if (refusal !== null || port === undefined) {
      client.end(`HTTP/1.1 ${refusal ?? 502} No\r\ncontent-length: 0\r\n\r\n`);
      return;
    }
    const host = connect(port, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      client.pipe(host).pipe(client);
    });
    host.on('error', () => client.destroy());
    host.on('close', () => client.destroy());
    client.on('close', () => host.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const place = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const scheme = certificate === undefined ? 'http' : 'https';
  const proxy: ConnectProxy = {
    url: `${scheme}://carol:${encodeURIComponent(password)}@${place}`,
    origin: `${scheme}://${place}`,
    ...{
      password,
      asked: [],
      routes: new Map(),
      refusals: new Map(),
      isSilent: false,
      isLocked: false,
    },
    async close() {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
  return proxy;
}
