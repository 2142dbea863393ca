import {
  context,
  isSpanContextValid,
  SpanStatusCode,
  trace,
  TraceFlags,
  type Attributes,
  type Context,
  type Link,
  type Span,
  type SpanContext,
} from '@opentelemetry/api';
import { parseTraceParent } from '@opentelemetry/core';

/*
 * Spans through OpenTelemetry's API, which does nothing until somebody starts tracing. Contexts outlive processes as
 * the text of W3C's `traceparent`: without tracing, a publisher's is passed on as it came.
 */

/** Far more than a `traceparent` has, also one of a later version. */
const longest = 256;

/** The most contexts that a span is linked to. */
export const mostLinks = 128;

/**
 * The trace context that a text from outside names, written as `traceparent` of version 00; `null` for everything that
 * is not one by W3C's Trace Context.
 */
export function readTraceparent(text: unknown): string | null {
  if (typeof text !== 'string' || text.length > longest) return null;
  const found = parseTraceParent(text);
  return found === null ? null : written(found);
}

/** The context of a span, as `traceparent`; `null` if it belongs to no trace. */
export function traceparentOf(span: Span): string | null {
  const found = span.spanContext();
  return isSpanContextValid(found) ? written(found) : null;
}

/** The id of the trace that a `traceparent` of ours belongs to. */
export function traceIdOf(traceparent: string | null): string | undefined {
  return traceparent?.split('-')[1];
}

function written({ traceId, spanId, traceFlags }: SpanContext): string {
  const isSampled = (traceFlags & TraceFlags.SAMPLED) !== 0;
  return `00-${traceId}-${spanId}-${isSampled ? '01' : '00'}`;
}

/** Where a span belongs, and what it says: ids and counts, never texts. */
export interface SpanPlace {
  /**
   * The contexts of what it is about, oldest first: it is a child of the first, and linked to the others. Without any,
   * it belongs to the span that is running, or begins a trace.
   */
  about: readonly string[];
  attributes: Attributes;
}

/**
 * Runs work within a span. If the work rejects, the span says with which kind of error, but not with which words.
 */
export async function inSpan<T>(
  name: string,
  { about, attributes }: SpanPlace,
  work: (span: Span) => Promise<T>,
): Promise<T> {
  const { parent, links } = placeOf(about);
  const span = tracer().startSpan(name, { attributes, links }, parent);
  return context.with(trace.setSpan(parent, span), async () => {
    try {
      return await work(span);
    } catch (error) {
      failSpan(span, error);
      throw error;
    } finally {
      span.end();
    }
  });
}

/** Starts a span that the caller ends: see {@link inSpan}. */
export function startSpan(name: string, { about, attributes }: SpanPlace): Span {
  const { parent, links } = placeOf(about);
  return tracer().startSpan(name, { attributes, links }, parent);
}

/** Runs something with a span as the running one. */
export function within<T>(span: Span, run: () => T): T {
  return context.with(trace.setSpan(context.active(), span), run);
}

/** Whether the running work belongs to a trace. */
export function isTraced(): boolean {
  const running = trace.getActiveSpan()?.spanContext();
  return running !== undefined && isSpanContextValid(running);
}

/** The running span, as lines of the log name it. */
export function runningFields(): { trace_id?: string; span_id?: string } {
  const running = trace.getActiveSpan()?.spanContext();
  if (running === undefined || !isSpanContextValid(running)) return {};
  return { trace_id: running.traceId, span_id: running.spanId };
}

/** Notes in a span that its work failed. */
export function failSpan(span: Span, error: unknown): void {
  span.setStatus({ code: SpanStatusCode.ERROR });
  span.setAttribute('error.type', kindOf(error));
}

function placeOf(about: readonly string[]): { parent: Context; links: Link[] } {
  const running = context.active();
  const own = trace.getSpanContext(running);
  const [first, ...others] = [...new Set(about)].flatMap((text) => parseTraceParent(text) ?? []);
  if (first === undefined) return { parent: running, links: [] };
  const links = others.slice(0, mostLinks).map((other) => ({ context: other }));
  // The running span is nearer, if it has come the same way.
  if (own?.traceId === first.traceId) return { parent: running, links };
  return { parent: trace.setSpanContext(running, { ...first, isRemote: true }), links };
}

function tracer() {
  return trace.getTracer('gitward');
}

function kindOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
