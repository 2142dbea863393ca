import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request that was received. */
export interface SeenCall {
  path: string;
  authorization: string | undefined;
}

/** An answer: its status and its JSON, or a text that is sent unchanged. */
export type HostReply = [status: number, body: unknown, headers?: Record<string, string>];

/**
 * A stand-in for a Git host's API on loopback; answers as configured, otherwise with 404. Close it
 * after use.
 */
export async function startHostApi(): Promise<{
  url: string;
  /** Path (with its escapes) → answer; tests may change it. */
  answers: Record<string, HostReply>;
  calls: SeenCall[];
  close(): Promise<void>;
}> {
  const answers: Record<string, HostReply> = {};
  const calls: SeenCall[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    calls.push({ path, authorization: request.headers.authorization });
    const [status, body, headers = {}] = answers[path] ?? [404, { message: 'Not found' }];
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answers,
    calls,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close').catch(() => undefined);
    },
  };
}
