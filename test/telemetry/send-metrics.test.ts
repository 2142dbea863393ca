import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { sendMetrics } from '../../telemetry/metrics/send-metrics.ts';
import { idleMetrics } from './registered-metrics.ts';
import { decoded, type SentMetric } from './decoded-otlp.ts';

/** A receiver of OTLP over HTTP. */
interface Receiver {
  url: string;
  requests: { path: string; type: string; body: Buffer }[];
  status: number;
}

let server: Server | null = null;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function receive(): Promise<Receiver> {
  const receiver: Receiver = { url: '', requests: [], status: 200 };
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { url: path = '', headers } = request;
      const type = headers['content-type'] ?? '';
      receiver.requests.push({ path, type, body: Buffer.concat(chunks) });
      response.writeHead(receiver.status).end();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  receiver.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/metrics`;
  return receiver;
}

const service = { service: 'gitward-worker', version: '1.2.3', instance: 'here:1' };

test('an OTLP receiver gets the metrics of the registry under their names, with the same values', async () => {
  const receiver = await receive();
  const metrics = idleMetrics();
  for (const sinceEvent of [4, 20, 20, 1_000])
    metrics.meter.delivered({
      branchId: '7',
      repositoryUrl: 'https://git.example/shop.git',
      commits: [{ eventType: 'mixed', sinceWindow: null }],
      changes: [{ eventType: 'job_finished', sinceEvent }],
    });
  const sending = sendMetrics(metrics, {
    ...{ url: receiver.url, interval: 60_000, ...service },
    onProblem: (error) => expect.unreachable(String(error)),
  });
  // What was counted last is sent when the process stops.
  await sending.stop();
  expect(receiver.requests).toHaveLength(1);
  const [{ path, type, body }] = receiver.requests as [Receiver['requests'][number]];
  expect([path, type]).toEqual(['/v1/metrics', 'application/x-protobuf']);
  const { attributes, metrics: sent } = decoded(body);
  expect(attributes).toMatchObject({
    'service.name': 'gitward-worker',
    'service.version': '1.2.3',
    'service.instance.id': 'here:1',
  });
  const named = (name: string): SentMetric | undefined => sent.find((one) => one.name === name);
  expect(named('commits_exported_total')).toEqual({
    name: 'commits_exported_total',
    kind: 'sum',
    points: [
      {
        labels: { event_type: 'mixed', branch_id: '7', repository_host: 'git.example' },
        value: 4,
      },
    ],
  });
  expect(named('sync_latency_seconds')).toEqual({
    name: 'sync_latency_seconds',
    kind: 'histogram',
    points: [
      {
        labels: { event_type: 'job_finished', branch_id: '7', queue_name: 'mirrors' },
        value: {
          bounds: [5, 15, 30, 60, 120, 300],
          counts: [1, 0, 2, 0, 0, 0, 1],
          sum: 1_044,
          count: 4,
        },
      },
    ],
  });
  expect(named('gitward_database_figures_up')).toMatchObject({
    kind: 'gauge',
    points: [{ value: 0 }],
  });
  expect(named('ai_repo_reads_total')).toMatchObject({ kind: 'sum', points: [{ value: 0 }] });
});

test('they are sent again after the interval, and a receiver that fails is told of once', async () => {
  const receiver = await receive();
  receiver.status = 400;
  const problems: string[] = [];
  const sending = sendMetrics(idleMetrics(), {
    ...{ url: receiver.url, interval: 50, ...service },
    onProblem: ({ message }) => void problems.push(message),
  });
  await vi.waitFor(() => expect(receiver.requests.length).toBeGreaterThan(2));
  expect(problems).toHaveLength(1);
  await sending.stop();
});
