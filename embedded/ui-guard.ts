import {
  createServer,
  request as send,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import { once } from 'node:events';

/** A guard in front of a page that checks too little itself. */
export interface UiGuard {
  close(): Promise<void>;
}

/**
 * Listens on a port of 127.0.0.1 and passes on to `target`, another port of it, what a browser sends for a page of
 * ours. Everybody's browser reaches loopback: a page of another site may send requests here, and after rebinding its
 * name to 127.0.0.1 also read the answers. Its requests name it as their `Host` or their `Origin`.
 */
export async function startUiGuard(port: number, target: number): Promise<UiGuard> {
  const server = createServer((request, response) => {
    if (isOwn(request, port)) passOn(request, response, target);
    else refuse(response, 403, `This page is only for http://127.0.0.1:${port}.`);
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    async close() {
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
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
