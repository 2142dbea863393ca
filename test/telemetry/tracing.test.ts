import { SpanStatusCode, trace } from '@opentelemetry/api';
import { Writable } from 'node:stream';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { inSpan } from '../../telemetry/spans.ts';
import { startTracing, type Tracing } from '../../telemetry/tracing.ts';
import type { TracingSettings } from '../../telemetry/tracing-settings.ts';
import { OtlpReceiver } from '../support/telemetry/otlp-receiver.ts';

let receiver: OtlpReceiver;
let tracing: Tracing | null = null;
const lines: Record<string, unknown>[] = [];

beforeEach(async () => {
  receiver = await OtlpReceiver.start();
});
afterEach(async () => {
  await tracing?.stop();
  tracing = null;
  await receiver.close();
  lines.length = 0;
});

function start(settings: Partial<TracingSettings> = {}): Tracing {
  tracing = startTracing({
    settings: {
      url: `${receiver.url}/v1/traces`,
      headers: { 'x-tenant': 'a-secret' },
      ...{ sampler: 'parentbased_always_on', ratio: 1, serviceName: 'gitward-test' },
      ...settings,
    },
    process: 'worker',
    version: '1.2.3',
    logger: pino(
      {},
      new Writable({
        write(chunk: Buffer, _encoding, done) {
          lines.push(JSON.parse(chunk.toString()) as Record<string, unknown>);
          done();
        },
      }),
    ),
  });
  return tracing;
}

const span = (name: string, about: string[] = []) =>
  inSpan(name, { about, attributes: { 'gitward.changes': 2 } }, () => Promise.resolve());

it('the collector gets what was traced, at the latest when the process stops', async () => {
  const running = start();
  await span('push_commit');
  await running.stop();
  expect(receiver.spans).toMatchObject([
    {
      name: 'push_commit',
      attributes: { 'gitward.changes': '2' },
      resource: {
        'service.name': 'gitward-test',
        'service.version': '1.2.3',
        'gitward.process': 'worker',
      },
    },
  ]);
  expect(receiver.requests).toMatchObject([
    { path: '/v1/traces', headers: { 'x-tenant': 'a-secret' } },
  ]);
  expect(lines).toEqual([]);
});

it('tells no words of errors, whoever records them', async () => {
  const running = start();
  const theirs = trace
    .getTracer('the activities of Temporal')
    .startSpan('RunActivity:notifyAdmins');
  theirs.recordException(new TypeError('Mail could not be sent to eva@example.com'));
  theirs.setStatus({
    code: SpanStatusCode.ERROR,
    message: 'Mail could not be sent to eva@example.com',
  });
  theirs.end();
  await running.stop();
  expect(receiver.spans).toMatchObject([
    {
      status: { code: 2, message: '' },
      events: [{ name: 'exception', attributes: { 'exception.type': 'TypeError' } }],
    },
  ]);
  expect(JSON.stringify(receiver.spans)).not.toContain('eva');
});

it("respects a publisher's decision not to sample, by default", async () => {
  const running = start();
  const ids = '4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7';
  await span('unsampled', [`00-${ids}-00`]);
  await span('sampled', [`00-${ids}-01`]);
  await running.stop();
  expect(receiver.spans.map(({ name }) => name)).toEqual(['sampled']);
});

it.each([
  ['always_off', 1, 0],
  ['traceidratio', 0, 0],
  ['parentbased_traceidratio', 0, 0],
  ['parentbased_traceidratio', 1, 1],
  ['always_on', 0, 1],
] as const)('%s with %d traces %d of one', async (sampler, ratio, count) => {
  const running = start({ sampler, ratio });
  await span('work');
  await running.stop();
  expect(receiver.spans).toHaveLength(count);
});

it('a collector that is away is told of once, with what was lost, and keeps nobody waiting', async () => {
  receiver.refusesWith = 400;
  const running = start();
  // More than the queue of 2,048 holds, in batches of 512.
  const began = performance.now();
  for (let index = 0; index < 3_000; index++) await span('lost');
  expect(performance.now() - began).toBeLessThan(5_000);
  await vi.waitFor(() => expect(receiver.requests.length).toBeGreaterThan(2), { timeout: 20_000 });
  await running.stop();
  const told = lines.map(({ msg }) => msg);
  expect(told.filter((msg) => String(msg).startsWith('The collector does not take'))).toHaveLength(
    1,
  );
  expect(told.at(-1)).toBe('Spans were lost');
  expect(lines.at(-1)?.spans).toBeGreaterThan(500);
  expect(JSON.stringify(lines)).not.toContain('a-secret');
});

it('stops in time although the collector never answers', async () => {
  const running = start({ url: 'http://192.0.2.1:4318/v1/traces' });
  await span('work');
  await running.stop();
  expect(lines.length).toBeGreaterThan(0);
}, 15_000);
