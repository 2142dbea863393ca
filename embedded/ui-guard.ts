import {
  createServer,
  request as send,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';

/** A guard in front of a page that checks too little itself. */
export interface UiGuard {
  /** Where it listens. */
  port: number;
  close(): Promise<void>;
}

/**
 * Listens on the preferred port of 127.0.0.1, or on any if that is taken, and passes on to `target`, another port of
 * it, what a browser sends for a page of ours. Everybody's browser reaches loopback: a page of another site may send requests here, and after rebinding its
 * name to 127.0.0.1 also read the answers. Its requests name it as their `Host` or their `Origin`.
 */
export async function startUiGuard(preferred: number, target: number): Promise<UiGuard> {
  let port = preferred;
  const server = createServer((request, response) => {
    if (isOwn(request, port)) passOn(request, response, target);
    else refuse(response, 403, `This page is only for http://127.0.0.1:${port}.`);
  });
  // It is taken by listening: a port that was found free may be somebody else's a moment later.
  await listen(server, preferred).catch(async (error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    await listen(server, 0);
  });
  port = (server.address() as AddressInfo).port;
  return {
    port,
    async close() {
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function listen(server: Server, port: number): Promise<void> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
}

function isOwn({ headers: { host, origin } }: IncomingMessage, port: number): boolean {
  const own = [`127.0.0.1:${port}`, `localhost:${port}`];
  return (
    host !== undefined &&
    own.includes(host.toLowerCase()) &&
    (origin === undefined || own.some((name) => origin.toLowerCase() === `http://${name}`))
  );
}

function passOn(request: IncomingMessage, response: ServerResponse, port: number): void {
  const { method, url, headers } = request;
  const passed = send({ host: '127.0.0.1', port, method, path: url, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
    answer.on('error', () => response.destroy());
  });
  passed.on('error', () => {
    if (response.headersSent) response.destroy();
    else refuse(response, 502, "Temporal's UI does not answer.");
  });
  response.on('close', () => passed.destroy());
  request.pipe(passed);
}

function refuse(response: ServerResponse, status: number, text: string): void {
  response
    .writeHead(status, { 'content-type': 'text/plain', connection: 'close' })
    .end(`${text}\n`);
}
