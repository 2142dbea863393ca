import { beforeEach, describe, expect, it } from 'vitest';
import { activitiesUnderTest, customers, orders, report } from '../../activities-under-test.ts';
import { recordSpans } from '../../../support/telemetry/recorded-spans.ts';

const under = await activitiesUnderTest();

beforeEach(() => {
  under.told.length = 0;
  under.logged.length = 0;
});

type Mirror = Awaited<ReturnType<typeof under.settledMirror>>;

/** What the API has stored with the change of this number. */
async function follow(
  mirror: Mirror,
  sequence: number,
  stored: { traceparent?: string; loggedOneIn?: number },
): Promise<void> {
  await under.db
    .updateTable('changeEvents')
    .set(stored)
    .where('projectId', '=', mirror.key.projectId)
    .where('sequence', '=', sequence)
    .execute();
}

const traceOf = (digit: number) => `${digit}`.repeat(32);
const publisher = (digit: number) => `00-${traceOf(digit)}-${'b'.repeat(16)}-01`;

/** The lines about changes: which change, by its version, and what was told of it. */
function lines(): string[] {
  return under.told.map(({ data, message }) => {
    const { event_id, sample_rate } = data as Record<string, unknown>;
    return `${message} ${String(event_id).split('-').at(-1)} ${String(sample_rate)}`;
  });
}

describe('the log of a mirror', () => {
  it('tells of the changes that it is to tell of, from the window to the push, and of no others', async () => {
    const mirror = await under.settledMirror();
    under.told.length = 0;
    await mirror.accept(...[orders, customers, report].map((key) => mirror.platform.change(key)));
    await follow(mirror, 2, { loggedOneIn: 10 });
    await mirror.window();
    await mirror.deliver();
    expect(lines()).toEqual(['Window committed 8@2 10', 'Pushed 8@2 10']);
    expect(under.logged).toEqual([]);
  });

  it('tells once of a push of what nobody had reported', async () => {
    const mirror = await under.mirror();
    await mirror.deliver();
    expect(under.told).toMatchObject([
      { message: 'Pushed', data: { commit_sha: await mirror.repository.tip() } },
    ]);
    await mirror.deliver();
    expect(under.told).toHaveLength(1);
  });

  it('tells of a change that was pushed before it was reported', async () => {
    const mirror = await under.settledMirror();
    const event = mirror.platform.change(orders);
    await mirror.window({ catchUp: true });
    await mirror.deliver();
    under.told.length = 0;
    await mirror.accept(event);
    await follow(mirror, 1, { loggedOneIn: 10 });
    await mirror.window();
    expect(lines()).toEqual(['Already pushed 7@2 10']);
    expect(under.told[0]?.data).toMatchObject({ commit_sha: await mirror.repository.tip() });
  });

  it('tells of all changes of a failure, once of each, and then how they were pushed', async () => {
    const mirror = await under.settledMirror();
    under.told.length = 0;
    await mirror.accept(...[orders, customers].map((key) => mirror.platform.change(key)));
    await follow(mirror, 2, { loggedOneIn: 10 });
    await mirror.window();
    await under.server.goAway();
    await expect(mirror.deliver()).rejects.toThrow();
    await expect(mirror.deliver()).rejects.toThrow();
    await under.server.comeBack();
    await mirror.deliver();
    expect(lines()).toEqual([
      'Window committed 8@2 10',
      // Those that were told already are not told again, but stand for themselves from now on.
      'Accepted earlier 7@2 undefined',
      'Pushed 7@2 1',
      'Pushed 8@2 1',
    ]);
    expect(under.logged.map(({ message }) => message)).toEqual([
      'The push failed',
      'The push failed',
    ]);
  });
});

describe('the trace of a window', () => {
  const exporter = recordSpans();

  it('is that of its oldest traced change, also if nothing came with the signal', async () => {
    const mirror = await under.settledMirror();
    exporter.reset();
    await mirror.accept(...[orders, customers, report].map((key) => mirror.platform.change(key)));
    await follow(mirror, 2, { traceparent: publisher(2) });
    await follow(mirror, 3, { traceparent: publisher(3) });
    await mirror.window();
    await mirror.deliver();
    const spans = exporter.getFinishedSpans();
    expect(spans.map(({ name }) => name)).toEqual(['dequeue', 'coalesce_commit', 'push_commit']);
    expect(new Set(spans.map((span) => span.spanContext().traceId))).toEqual(new Set([traceOf(2)]));
    const [dequeue, coalesce, push] = spans;
    for (const span of [dequeue, coalesce])
      expect(span?.links.map((link) => link.context.traceId)).toEqual([traceOf(3)]);
    expect(push?.parentSpanId).toBe(coalesce?.spanContext().spanId);
  });

  it('is linked to those of the other windows that go in the same push', async () => {
    const mirror = await under.settledMirror();
    for (const [index, key] of [orders, customers].entries()) {
      await mirror.accept(mirror.platform.change(key));
      await follow(mirror, index + 1, { traceparent: publisher(index + 1) });
      await mirror.window();
    }
    exporter.reset();
    await mirror.deliver();
    const [push] = exporter.getFinishedSpans();
    expect(push?.spanContext().traceId).toBe(traceOf(1));
    expect(push?.links.map((link) => link.context.traceId)).toEqual([traceOf(2)]);
    expect(push?.attributes['gitward.commits']).toBe(2);
  });

  it('is none for a window that nobody asked for', async () => {
    const mirror = await under.settledMirror();
    exporter.reset();
    await mirror.window({ catchUp: true });
    expect(exporter.getFinishedSpans()).toEqual([]);
  });
});
