import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { isSampled } from '../../telemetry/log-sampling.ts';
import { TestGitward } from '../support/gitward.ts';

/*
 * The log of a day, made short: hundreds of changes with short windows, a key that somebody pasted, an outage of the Git
 * server at noon, and the usual requests.
 */

const oneIn = 10;
const pasted = `AKIA${randomBytes(8).toString('hex').toUpperCase()}`;
const reader = `reader-${randomBytes(8).toString('hex')}`;

interface Line extends Record<string, unknown> {
  level: string;
  msg: string;
}

/** A change that was published. */
interface Sent {
  traceId: string;
}

let gitward: TestGitward;
const morning: Sent[] = [];
const noon: Sent[] = [];
let log: Line[] = [];

beforeAll(async () => {
  gitward = await TestGitward.start({
    GITWARD_WINDOW: '1s',
    GITWARD_LOG_SAMPLE: String(oneIn),
  });
  await gitward.enableMirror();
  await gitward.until('synced');
  for (let round = 0; round < 12; round += 1) morning.push(...(await publish(25)));
  await gitward.until(settled);

  await gitward.git.goAway();
  for (let round = 0; round < 3; round += 1) noon.push(...(await publish(20)));
  await gitward.until(({ outage }) => (outage?.attempts ?? 0) >= 2);
  await gitward.git.comeBack();
  await gitward.until(settled, 60_000);

  // Who has no right to it leaves a trace in the log as well.
  const answer = await fetch(`${gitward.url}/v1/projects`, {
    headers: { authorization: `Bearer ${reader}` },
  });
  expect(answer.status).toBe(401);
  // A push is told after it was noted.
  await vi.waitFor(
    () => {
      log = linesSoFar();
      expect(noon.filter((one) => !told(one).includes('Pushed'))).toEqual([]);
    },
    { timeout: 20_000, interval: 200 },
  );
});
afterAll(() => gitward.stop());

const settled = ({ state, pendingChanges }: { state: string; pendingChanges: number }) =>
  state === 'synced' && pendingChanges === 0;

/** Changes a configuration so many times, one with a pasted key among them, and publishes each with a trace of its own. */
async function publish(count: number): Promise<Sent[]> {
  const sent: Sent[] = [];
  const events = Array.from({ length: count }, (_, index) => {
    const change = gitward.platform.change(
      { componentId: 'keboola.ex-db-mysql', configId: '7' },
      index === 0 ? { configuration: { parameters: { note: `key ${pasted}` } } } : {},
    );
    const [traceId, spanId] = [randomBytes(16).toString('hex'), randomBytes(8).toString('hex')];
    sent.push({ traceId });
    return { ...change, traceparent: `00-${traceId}-${spanId}-01` };
  });
  await gitward.send(events);
  return sent;
}

function linesSoFar(): Line[] {
  return gitward.output
    .split('\n')
    .filter((text) => text.startsWith('{'))
    .map((text) => JSON.parse(text) as Line);
}

/** What the log tells of a change, in order. */
function told({ traceId }: Sent): string[] {
  return log
    .filter(({ trace_id, event_id }) => trace_id === traceId && event_id !== undefined)
    .map(({ msg }) => msg);
}

describe('the log of a day', () => {
  it('tells one in ten of the changes that succeed, each of them whole, and for how many it stands', () => {
    const complete = morning.filter((one) => told(one).length > 0);
    // Everybody who knows the trace knows whether it is told.
    expect(complete).toEqual(morning.filter(({ traceId }) => isSampled(traceId, oneIn)));
    expect(complete.length).toBeGreaterThan(5);
    for (const one of complete)
      expect(told(one)).toEqual(['Accepted', 'Window committed', 'Pushed']);
    const stands = log.filter(
      ({ msg, trace_id }) =>
        msg === 'Pushed' && morning.some(({ traceId }) => traceId === trace_id),
    );
    expect(stands.map(({ sample_rate }) => sample_rate)).toEqual(stands.map(() => oneIn));
  });

  it('tells what failed whole: each change of the outage, from its acceptance to its push', () => {
    for (const one of noon) {
      const messages = told(one);
      expect(messages.filter((msg) => msg.startsWith('Accepted'))).toHaveLength(1);
      expect(messages.filter((msg) => msg === 'Pushed')).toHaveLength(1);
    }
    const failures = log.filter(({ msg }) => msg === 'The push failed');
    expect(failures.length).toBeGreaterThanOrEqual(2);
    for (const failure of failures)
      expect(failure).toMatchObject({
        ...{ level: 'error', code: 'repository_unreachable', queue_name: 'mirrors' },
        ...{ project_id: gitward.platform.projectId, branch_id: '1000' },
        ...{ exception_id: expect.any(String), retry_count: expect.any(Number) },
      });
  });

  it('names the same things by the same names in every line about a change', () => {
    const about = log.filter(({ event_id }) => event_id !== undefined);
    expect(about.length).toBeGreaterThan(100);
    for (const line of about)
      expect(line).toMatchObject({
        ...{ project_id: gitward.platform.projectId, branch_id: '1000', queue_name: 'mirrors' },
        trace_id: expect.stringMatching(/^[0-9a-f]{32}$/),
      });
  });

  it('has nothing secret in it, nor the words of those who changed something', () => {
    const { credential } = gitward.git;
    for (const secret of [
      ...[pasted, reader, 'eva@example.com', gitward.platform.token],
      credential?.password ?? 'none',
      gitward.environment.GITWARD_MASTER_KEY ?? 'none',
    ])
      expect(gitward.output).not.toContain(secret);
  });
});
