import { randomBytes } from 'node:crypto';
import { Worker } from '@temporalio/worker';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { TestGitward } from '../support/gitward.ts';
import { OtlpReceiver } from '../support/telemetry/otlp-receiver.ts';
import { workflowBundle } from '../support/workflow-bundle.ts';

const orders = { componentId: 'keboola.ex-db-mysql', configId: '7' };
const customers = { componentId: 'keboola.ex-aws-s3', configId: '8' };
const patience = { timeout: 30_000, interval: 100 };
const collectorToken = 'the-token-of-the-collector';

let collector: OtlpReceiver;
let gitward: TestGitward;

beforeAll(async () => {
  collector = await OtlpReceiver.start();
  gitward = await TestGitward.start({
    GITWARD_WINDOW: '2s',
    GITWARD_ESCALATE_AFTER: '4s',
    GITWARD_LOG_SAMPLE: '1',
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_EXPORTER_OTLP_HEADERS: `authorization=Bearer%20${collectorToken}`,
    OTEL_BSP_SCHEDULE_DELAY: '200',
  });
  await gitward.enableMirror();
  await gitward.until('synced');
});
afterAll(async () => {
  await gitward.stop();
  await collector.close();
});

interface Line extends Record<string, unknown> {
  name: string;
  level: string;
  msg: string;
}

const settled = ({ state, pendingChanges }: { state: string; pendingChanges: number }) =>
  state === 'synced' && pendingChanges === 0;

function lines(is: (line: Line) => boolean): Line[] {
  return gitward.output
    .split('\n')
    .filter((text) => text.startsWith('{'))
    .map((text) => JSON.parse(text) as Line)
    .filter(is);
}

/** A publisher's trace, as `traceparent`. */
function newTrace() {
  const [traceId, spanId] = [randomBytes(16).toString('hex'), randomBytes(8).toString('hex')];
  return { traceId, spanId, traceparent: `00-${traceId}-${spanId}-01` };
}

/** What a trace consists of, without what Temporal does for it besides. */
function tree(traceId: string): string[] {
  return collector.tree(traceId).filter((line) => !/:(readMirror|recordFailure)$/.test(line));
}

async function historyOf(workflowId: string) {
  const { events = [] } = await gitward.temporal.client.workflow
    .getHandle(workflowId)
    .fetchHistory();
  return events ?? [];
}

describe('two changes of two publishers in one window', () => {
  const [first, second] = [newTrace(), newTrace()];

  beforeAll(async () => {
    const events = [gitward.platform.change(orders), gitward.platform.change(customers)];
    await gitward.send([{ ...events[0], traceparent: first.traceparent }]);
    await gitward.send([{ ...events[1], traceparent: second.traceparent }]);
    await gitward.until(settled);
    await vi.waitFor(() => expect(tree(first.traceId).join()).toContain('push_commit'), patience);
  });

  it('are one trace from the publisher of the first to the push, linked to that of the second', () => {
    expect(tree(first.traceId)).toEqual([
      'publish_event',
      '  SignalWithStartWorkflow:mirrorWorkflow',
      '    RunActivity:openBatch',
      '      dequeue (1 links)',
      '      coalesce_commit (1 links)',
      '    RunActivity:deliver',
      '      push_commit',
    ]);
    expect(tree(second.traceId)).toEqual(['publish_event']);
    const named = (name: string) =>
      collector.trace(first.traceId).find((span) => span.name === name);
    expect(named('publish_event')?.parentSpanId).toBe(first.spanId);
    const [others] = collector.trace(second.traceId);
    expect(named('coalesce_commit')?.links).toEqual([
      { traceId: second.traceId, spanId: others?.spanId },
    ]);
  });

  it('the spans say which mirror, how much, and which commit', async () => {
    const [push] = collector.trace(first.traceId).filter(({ name }) => name === 'push_commit');
    const { projectId } = gitward.platform;
    expect(push?.attributes).toEqual({
      'gitward.stream': `mirror/${projectId}/1000`,
      'gitward.project_id': projectId,
      'gitward.branch_id': '1000',
      'gitward.commits': '1',
      'gitward.commit_sha': await gitward.repository.tip(),
    });
    expect(collector.spans.map(({ resource }) => resource['gitward.process'])).toEqual(
      expect.arrayContaining(['api', 'worker']),
    );
  });

  it('each is found by its trace in the log of the API and of the worker, to its commit', async () => {
    const sha = await gitward.repository.tip();
    for (const [{ traceId }, { configId }] of [
      [first, orders],
      [second, customers],
    ] as const) {
      const told = lines(
        ({ event_id, trace_id }) => event_id !== undefined && trace_id === traceId,
      );
      expect(told.map(({ name, level, msg }) => `${name} ${level} ${msg}`)).toEqual([
        'api info Accepted',
        'worker info Window committed',
        'worker info Pushed',
      ]);
      expect(new Set(told.map(({ event_id }) => event_id)).size).toBe(1);
      expect(told[0]?.event_id).toContain(configId);
      expect(told[2]).toMatchObject({
        ...{ project_id: gitward.platform.projectId, branch_id: '1000' },
        ...{ queue_name: 'mirrors', commit_sha: sha, retry_count: 0, sample_rate: 1 },
        latency_ms: expect.any(Number),
      });
    }
  });

  it('Temporal has it: with the signal, and with the activities after it', async () => {
    const events = await historyOf(`mirror/${gitward.platform.projectId}/1000`);
    const headers = events.flatMap(
      ({
        workflowExecutionSignaledEventAttributes: signal,
        activityTaskScheduledEventAttributes: task,
      }) => {
        const data = (signal?.header ?? task?.header)?.fields?.['_tracer-data']?.data;
        const what = signal?.signalName ?? task?.activityType?.name;
        return data == null ? [] : [`${what} ${Buffer.from(data).toString()}`];
      },
    );
    for (const what of ['doorbell', 'openBatch', 'deliver'])
      expect(headers).toContainEqual(expect.stringMatching(`^${what} .*${first.traceId}`));
  });
});

it('a history with traces is replayed by a worker that does not trace', async () => {
  const history = await gitward.temporal.client.workflow
    .getHandle(`mirror/${gitward.platform.projectId}/1000`)
    .fetchHistory();
  expect(JSON.stringify(history)).toContain('_tracer-data');
  await Worker.runReplayHistory({ workflowBundle }, history);
});

describe('an outage', () => {
  const publisher = newTrace();
  let path: string;

  beforeAll(async () => {
    // So that nothing is told that succeeds.
    gitward.environment.GITWARD_LOG_SAMPLE = '999999999';
    await gitward.kill('api');
    await gitward.kill('worker');
    await Promise.all([gitward.startApi(), gitward.startWorker()]);
    await gitward.git.goAway();
    const event = { ...gitward.platform.change(orders), traceparent: publisher.traceparent };
    await gitward.send([event]);
    await gitward.until('escalated');
    await gitward.git.comeBack();
    await gitward.until(settled);
    path = `mirror/${gitward.platform.projectId}/1000`;
    await vi.waitFor(
      () => expect(retries().at(-1)?.attributes['gitward.outcome']).toBe('succeeded'),
      patience,
    );
  });

  const retries = () => collector.trace(publisher.traceId).filter(({ name }) => name === 'retry');

  it('adds its retries, with their numbers and outcomes, and the notice to the trace', () => {
    const counts = retries().map(({ attributes }) => Number(attributes['gitward.retry_count']));
    expect(counts).toEqual(counts.map((_, index) => index + 1));
    expect(
      new Set(
        retries()
          .slice(0, -1)
          .map(({ attributes }) => attributes['gitward.outcome']),
      ),
    ).toEqual(new Set(['failed']));
    const shown = tree(publisher.traceId);
    expect(shown).toContain('        push_commit');
    expect(shown.find((line) => line.endsWith('notify_admin'))).toBeDefined();
    const [failed] = collector
      .trace(publisher.traceId)
      .filter(({ name }) => name === 'push_commit');
    expect(failed).toMatchObject({
      status: { code: 2, message: '' },
      attributes: { 'error.type': 'repository_unreachable' },
    });
  });

  it('is told whole: the change that the log had left out, each failure, each retry, and the push', async () => {
    const told = lines(
      ({ trace_id, name, msg }) =>
        trace_id === publisher.traceId && name === 'worker' && !/notif|notice/i.test(msg),
    );
    expect(told.slice(0, 4).map(({ level, msg }) => `${level} ${msg}`)).toEqual([
      'error The push failed',
      'info Accepted earlier',
      'warn Trying again',
      'error The push failed',
    ]);
    expect(told.slice(-2).map(({ level, msg }) => `${level} ${msg}`)).toEqual([
      'warn Trying again',
      'info Pushed',
    ]);
    expect(told.at(-1)).toMatchObject({
      ...{ commit_sha: await gitward.repository.tip(), sample_rate: 1 },
      retry_count: retries().length,
    });
    const failures = told.filter(({ level }) => level === 'error');
    expect(failures.map(({ retry_count }) => retry_count)).toEqual(
      failures.map((_, index) => index),
    );
    expect(failures[0]).toMatchObject({ code: 'repository_unreachable' });
    const runs = await historyOf(path);
    const { originalExecutionRunId } = runs[0]?.workflowExecutionStartedEventAttributes ?? {};
    for (const { exception_id } of failures) expect(exception_id).toContain(originalExecutionRunId);
    expect(
      lines(({ level, msg }) => level === 'error' && msg.startsWith('The outage lasts')),
    ).toMatchObject([{ code: 'repository_unreachable', project_id: gitward.platform.projectId }]);
  });

  it('whatever is logged meanwhile names the trace and the span that it belongs to', () => {
    const notices = collector
      .trace(publisher.traceId)
      .filter(({ name }) => name === 'notify_admin')
      .map(({ spanId }) => spanId);
    const [told] = lines(({ msg }) => msg.startsWith('Nobody to notify'));
    expect(told?.trace_id).toBe(publisher.traceId);
    expect(notices).toContain(told?.span_id);
  });

  it('nothing secret is in the log or in a trace', () => {
    const said = gitward.output + JSON.stringify(collector.spans);
    const { credential } = gitward.git;
    for (const secret of [
      collectorToken,
      credential?.password ?? 'none',
      gitward.platform.token,
      gitward.environment.GITWARD_MASTER_KEY ?? 'none',
      'eva@example.com',
    ])
      expect(said).not.toContain(secret);
    expect(collector.requests[0]?.headers.authorization).toBe(`Bearer ${collectorToken}`);
  });
});
