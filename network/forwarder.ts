import { randomBytes, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { pipeline, type Duplex } from 'node:stream';
import { StreamFailure, Unreachable } from '../model/streams/errors.ts';
import { authorityOf } from './proxies.ts';
import type { Reach } from './reach.ts';

/** A proxy on loopback for our own processes of git. */
export interface Forwarder {
  /** Its address with its secret, for `http.proxy`. It listens from the first call on. */
  url(): Promise<string>;
  /** What nobody else may know: without it, nobody is served. */
  readonly secret: string;
  /** Why the last connection to a host (`host:port`) failed; `null` if it did not. */
  problemOf(authority: string): StreamFailure | Unreachable | null;
  /** Ends all connections. */
  close(): Promise<void>;
}

/** More hosts are not remembered. */
const mostProblems = 500;
/** Git itself gives up after a minute without a byte. */
const idle = 120_000;
const handshake = 10_000;
const connectTimeout = 15_000;
const mostConnections = 256;

/**
 * A proxy that git talks to instead of the real one, so that the policy judges the addresses which the real one connects to,
 * and git never gets to know its credential. It serves only `CONNECT`, only with its secret, and only where `reach` may go.
 */
export function createForwarder(reach: Reach): Forwarder {
  const secret = randomBytes(24).toString('base64url');
  const expected = Buffer.from(`Basic ${Buffer.from(`git:${secret}`).toString('base64')}`);
  const problems = new Map<string, StreamFailure | Unreachable>();
  const connections = new Set<Duplex>();
  let listening: Promise<string> | null = null;

  const server = createServer(
    { headersTimeout: handshake, requestTimeout: handshake, maxHeaderSize: 8_192 },
    (_request, response) => response.writeHead(405, { connection: 'close' }).end(),
  );
  server.maxConnections = mostConnections;
  server.on('connection', (socket: Socket) => {
    connections.add(socket);
    socket.on('close', () => connections.delete(socket));
  });
  server.on('connect', (request: IncomingMessage, client: Duplex, head: Buffer) => {
    client.on('error', () => undefined);
    if (!isOurs(request)) {
      refuse(
        client,
        '407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="Gitward"',
      );
      return;
    }
    const authority = request.url ?? '';
    if (!/^(?:\[[\d.:a-f]+\]|[a-z\d._-]+):\d{1,5}$/i.test(authority)) {
      refuse(client, '400 Bad Request');
      return;
    }
    serve(authority, client, head).catch(() => refuse(client, '502 Bad Gateway'));
  });

  function isOurs({ headers }: IncomingMessage): boolean {
    const given = Buffer.from(headers['proxy-authorization'] ?? '');
    return given.length === expected.length && timingSafeEqual(given, expected);
  }

  async function reachHost(url: URL): Promise<Socket> {
    const proxy = reach.proxyFor(url);
    if (proxy === null) throw new Error(`${url.host} is reached without a proxy.`);
    return reach.open(url, proxy, connectTimeout);
  }

  async function serve(authority: string, client: Duplex, head: Buffer): Promise<void> {
    const url = new URL(`https://${authority}/`);
    const key = authorityOf(url);
    const host = await reachHost(url).catch((error: unknown) => {
      if (error instanceof StreamFailure || error instanceof Unreachable) note(key, error);
      throw error;
    });
    problems.delete(key);
    if (client.destroyed) {
      host.destroy();
      return;
    }
    connections.add(host);
    host.on('close', () => connections.delete(host));
    host.setTimeout(idle, () => host.destroy());
    client.write('HTTP/1.1 200 Connection established\r\n\r\n');
    if (head.length > 0) host.write(head);
    // Either end closes both.
    pipeline(client, host, client, () => {
      client.destroy();
      host.destroy();
    });
  }

  function note(key: string, problem: StreamFailure | Unreachable): void {
    problems.delete(key);
    problems.set(key, problem);
    const [oldest] = problems.keys();
    if (problems.size > mostProblems && oldest !== undefined) problems.delete(oldest);
  }

  async function listen(): Promise<string> {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    // It is for work that is going on, and no reason to stay.
    server.unref();
    return `http://git:${secret}@127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  return {
    secret,
    url: () =>
      (listening ??= listen().catch((error: unknown) => {
        listening = null;
        throw error;
      })),
    problemOf: (authority) => problems.get(authority) ?? null,
    async close() {
      if (listening === null) return;
      await listening;
      server.close();
      for (const connection of connections) connection.destroy();
    },
  };
}

/** Answers with a status line and closes; the client may be gone already. */
function refuse(client: Duplex, status: string): void {
  client.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
