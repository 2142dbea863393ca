import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, request as ask, type IncomingMessage, type ServerResponse } from 'node:http';
import { Socket, type AddressInfo } from 'node:net';
import type { ConnectionError } from 'fastify';
import { answerUnreadable } from '../../api/http/problem-handler.ts';

/** How long an event stream goes on for a fuzzer, which waits for the end of an answer, in milliseconds. */
const streamFor = 150;

/** Stands between the fuzzer and the API, so that a run can go on and be counted. */
export interface Gateway {
  url: string;
  /** Operation (`GET /v1/spaces/{space}`) → status → how many answers. */
  counts: Map<string, Map<number, number>>;
  /** The ids of tokens that cannot be revoked through it. */
  kept: Set<string>;
  close(): Promise<void>;
}

/** What {@link openGateway} needs. */
export interface GatewayOptions {
  apiUrl: string;
  /** The paths of the description, with their parameters in braces. */
  paths: readonly string[];
}

/**
 * Starts a gateway. It changes three things: each request comes from another address, so that the limits for an address are
 * not what is tested; event streams end after a moment; and the fuzzer cannot revoke its own tokens.
 */
export async function openGateway({ apiUrl, paths }: GatewayOptions): Promise<Gateway> {
  const counts: Gateway['counts'] = new Map();
  const kept: Gateway['kept'] = new Set();
  const operationOf = namer(paths);
  let requests = 0;

  const forward = (incoming: IncomingMessage, outgoing: ServerResponse) => {
    requests += 1;
    const { method = 'GET', url = '/', headers } = incoming;
    const name = `${method} ${operationOf(url)}`;
    const sent = ask(apiUrl + withoutKept(url, method, kept), {
      method,
      headers: { ...headers, 'x-forwarded-for': addressOf(requests) },
    });
    sent.on('response', (answer) => {
      const status = answer.statusCode ?? 0;
      const ofOperation = counts.get(name) ?? new Map<number, number>();
      counts.set(name, ofOperation.set(status, (ofOperation.get(status) ?? 0) + 1));
      outgoing.writeHead(status, answer.rawHeaders);
      answer.on('error', () => outgoing.end());
      answer.pipe(outgoing);
      if (answer.headers['content-type'] === 'text/event-stream')
        setTimeout(() => outgoing.end(() => answer.destroy()), streamFor);
    });
    // The fuzzer then reports that there was no answer.
    sent.on('error', () => outgoing.destroy());
    incoming.pipe(sent);
  };
  const server = createServer({ keepAliveTimeout: 60_000 }, forward);
  // As the API itself would answer it.
  server.on('clientError', (error: ConnectionError, socket) => {
    if (socket instanceof Socket) answerUnreadable(error, socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    counts,
    kept,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** How many requests were answered. */
export function countOf({ counts }: Gateway): number {
  return [...counts.values()].flatMap((one) => [...one.values()]).reduce((sum, n) => sum + n, 0);
}

function withoutKept(url: string, method: string, kept: ReadonlySet<string>): string {
  const [, token = ''] = /^\/v1\/tokens\/([^/?]+)/.exec(url) ?? [];
  return method === 'DELETE' && kept.has(token.toLowerCase())
    ? url.replace(token, randomUUID())
    : url;
}

/** An address of the network that is kept for documentation of benchmarks, another one for each request. */
function addressOf(n: number): string {
  return `198.18.${(n >> 8) & 255}.${n & 255}`;
}

/** Which path of the description an address is of; the address itself, without what was made up, if it is of none. */
function namer(paths: readonly string[]): (url: string) => string {
  const patterns = paths.map((path) => ({
    path,
    pattern: new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`),
  }));
  // What is written out is meant before what is a parameter: `actions/settle` is no conflict.
  patterns.sort((a, b) => a.path.split('{').length - b.path.split('{').length);
  return (url) => {
    const asked = url.split('?', 1)[0] ?? '';
    return patterns.find(({ pattern }) => pattern.test(asked))?.path ?? '(another path)';
  };
}
