import { describe, expect, it, test } from 'vitest';
import { inSpan, readTraceparent, traceIdOf, traceparentOf } from '../../telemetry/spans.ts';
import { recordSpans } from '../support/telemetry/recorded-spans.ts';

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const spanId = '00f067aa0ba902b7';
const publisher = `00-${traceId}-${spanId}-01`;

describe('a traceparent from outside', () => {
  test.each([
    ['is kept', publisher],
    ['is kept if the trace is not sampled', `00-${traceId}-${spanId}-00`],
  ])('%s', (_what, text) => {
    expect(readTraceparent(text)).toBe(text);
  });

  test.each([
    ['of a later version is understood', `cc-${traceId}-${spanId}-01-what-comes`],
    ['loses flags that version 00 does not have', `00-${traceId}-${spanId}-ff`],
  ])('%s', (_what, text) => {
    expect(readTraceparent(text)).toBe(publisher);
  });

  test.each([
    ['nothing', undefined],
    ['not a text', 42],
    ['a list', [publisher]],
    ['empty', ''],
    ['of version ff', `ff-${traceId}-${spanId}-01`],
    ['with more than version 00 has', `${publisher}-00`],
    ['without a trace', `00-${'0'.repeat(32)}-${spanId}-01`],
    ['without a span', `00-${traceId}-${'0'.repeat(16)}-01`],
    ['in capital letters', publisher.toUpperCase()],
    ['too short', publisher.slice(0, -1)],
    ['twice', `${publisher}, ${publisher}`],
    ['with a line break', `${publisher}\n{"level":"error"}`],
    ['endless', `cc-${traceId}-${spanId}-01-${'a'.repeat(1_000_000)}`],
  ])('that is %s is ignored', (_what, text) => {
    expect(readTraceparent(text)).toBeNull();
  });
});

describe('without tracing', () => {
  it("passes the publisher's context on, and otherwise makes none", async () => {
    const passed = (about: string[]) =>
      inSpan('work', { about, attributes: {} }, (span) => Promise.resolve(traceparentOf(span)));
    expect(await passed([publisher])).toBe(publisher);
    expect(await passed([])).toBeNull();
  });
});

describe('with tracing', () => {
  const exporter = recordSpans();

  const other = (index: number) => `00-${index.toString(16).padStart(32, '0')}-${spanId}-01`;
  const quiet = () => Promise.resolve();

  it('a span is a child of the first context, and linked once to each of the others', async () => {
    const about = [publisher, other(1), publisher, other(1), other(2)];
    await inSpan('work', { about, attributes: {} }, quiet);
    const [span] = exporter.getFinishedSpans();
    expect(span?.parentSpanId).toBe(spanId);
    expect(span?.spanContext().traceId).toBe(traceId);
    expect(span?.links.map((link) => link.context.traceId)).toEqual([
      traceIdOf(other(1)),
      traceIdOf(other(2)),
    ]);
  });

  it('a span has at most 128 links, of however many changes its commit is made', async () => {
    const about = Array.from({ length: 1_000 }, (_, index) => other(index + 1));
    await inSpan('work', { about, attributes: {} }, quiet);
    expect(exporter.getFinishedSpans()[0]?.links).toHaveLength(128);
  });

  it('the running span is the parent if it belongs to the same trace, but not if it belongs to another', async () => {
    await inSpan('outer', { about: [publisher], attributes: {} }, async () => {
      await inSpan('same', { about: [publisher], attributes: {} }, quiet);
      await inSpan('none', { about: [], attributes: {} }, quiet);
      await inSpan('other', { about: [other(1)], attributes: {} }, quiet);
    });
    const spans = new Map(exporter.getFinishedSpans().map((span) => [span.name, span]));
    const outer = spans.get('outer')?.spanContext().spanId;
    expect(spans.get('same')?.parentSpanId).toBe(outer);
    expect(spans.get('none')?.parentSpanId).toBe(outer);
    expect(spans.get('other')?.spanContext().traceId).toBe(traceIdOf(other(1)));
  });

  it('a span of work that failed says of which kind, without words', async () => {
    const failing = inSpan('work', { about: [], attributes: {} }, () =>
      Promise.reject(Object.assign(new Error('eva@example.com'), { code: 'credential_refused' })),
    );
    await expect(failing).rejects.toThrow('eva@example.com');
    const [span] = exporter.getFinishedSpans();
    expect(span?.attributes['error.type']).toBe('credential_refused');
    expect(JSON.stringify([span?.status, span?.attributes, span?.events])).not.toContain('eva');
  });
});
