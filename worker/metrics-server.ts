import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Exposition } from '../model/telemetry/exposition.ts';

/** Where the worker's metrics are served. */
export interface MetricsServer {
  /** The port that it listens on. */
  port: number;
  close(): Promise<void>;
}

/** An answer that is no metrics, with what to do about it. */
interface Refusal {
  status: number;
  headers?: Record<string, string>;
  text: string;
}

/**
 * Serves a worker's metrics at `/metrics`, and nothing else: to whoever has the token or, if there is none, to whoever
 * reaches it. Rejects if it cannot listen there.
 */
export async function startMetricsServer(
  metrics: Exposition,
  { host, port }: { host: string; port: number },
): Promise<MetricsServer> {
  const server = createServer(
    // Collectors send a few short headers and no body.
    {
      maxHeaderSize: 8 * 1_024,
      headersTimeout: 5_000,
      requestTimeout: 5_000,
      keepAliveTimeout: 75_000,
    },
    (request, response) => void answer(metrics, request, response),
  );
  server.maxConnections = 50;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(
  metrics: Exposition,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const refusal = refusalOf(metrics, request);
  if (refusal !== null) {
    refuse(response, refusal);
    return;
  }
  try {
    const text = await metrics.text();
    response.writeHead(200, { 'content-type': metrics.contentType, 'cache-control': 'no-store' });
    response.end(text);
  } catch {
    refuse(response, { status: 500, text: 'The metrics could not be written.' });
  }
}

function refuse(response: ServerResponse, { status, headers, text }: Refusal): void {
  // Whatever else the request has is not read.
  const own = { 'content-type': 'text/plain; charset=utf-8', connection: 'close' };
  response.writeHead(status, { ...headers, ...own });
  response.end(`${text}\n`);
}

function refusalOf(metrics: Exposition, { method, url, headers }: IncomingMessage): Refusal | null {
  if (url?.split('?', 1)[0] !== '/metrics')
    return { status: 404, text: 'There is only /metrics here.' };
  if (method !== 'GET')
    return { status: 405, headers: { allow: 'GET' }, text: '/metrics is only read with GET.' };
  if (metrics.hasToken && !metrics.admits(headers.authorization))
    return {
      status: 401,
      headers: { 'www-authenticate': 'Bearer' },
      text: 'Send the token of GITWARD_METRICS_TOKEN (`Authorization: Bearer …`).',
    };
  return null;
}
