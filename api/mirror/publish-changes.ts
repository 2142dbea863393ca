import type { Span } from '@opentelemetry/api';
import type { IncomingChange } from '../../db/mirror/change-events.ts';
import { displayKey } from '../../model/mirror/events.ts';
import type { MirrorKey } from '../../model/mirror/ids.ts';
import type { LogSampling } from '../../telemetry/log-sampling.ts';
import { failSpan, startSpan, traceIdOf, traceparentOf, within } from '../../telemetry/spans.ts';
import { spanAttributes } from '../../telemetry/span-attributes.ts';

/**
 * Accepts changes of one mirror as `publish_event`, one span for each trace that publishers named. The changes get the
 * context of theirs, which goes with them into the database, and whether the log tells of them: all of a trace or none.
 */
export async function publishing<T>(
  mirror: MirrorKey,
  changes: readonly IncomingChange[],
  sampling: LogSampling,
  accept: (changes: IncomingChange[]) => Promise<T>,
): Promise<T> {
  const spans = new Map<string | null, Span>();
  const traced = changes.map((incoming): IncomingChange => {
    const { traceparent: publisher = null, change } = incoming;
    const span = spans.get(publisher) ?? spanOf(mirror, publisher);
    spans.set(publisher, span);
    const traceparent = traceparentOf(span);
    const followedBy = traceIdOf(traceparent) ?? displayKey(change);
    return { ...incoming, traceparent, loggedOneIn: sampling.decide(followedBy) };
  });
  const all = [...spans.values()];
  const [first] = all;
  try {
    return await (first === undefined ? accept(traced) : within(first, () => accept(traced)));
  } catch (error) {
    for (const span of all) failSpan(span, error);
    throw error;
  } finally {
    for (const span of all) span.end();
  }
}

function spanOf(mirror: MirrorKey, publisher: string | null): Span {
  return startSpan('publish_event', {
    about: publisher === null ? [] : [publisher],
    attributes: spanAttributes(mirror),
  });
}
