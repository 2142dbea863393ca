import type { Span } from '@opentelemetry/api';
import { displayKey, type Change } from '../model/mirror/events.ts';
import type { MirrorKey } from '../model/mirror/ids.ts';
import type { LogSampling } from './log-sampling.ts';
import { spanAttributes } from './span-attributes.ts';
import { failSpan, startSpan, traceIdOf, traceparentOf, within } from './spans.ts';

/** A change that is about to be accepted, and how it is followed. */
interface FollowedChange {
  change: Change;
  /** The trace that its publisher named, as `traceparent`. */
  traceparent?: string | null;
  /** Of how many changes it is the one that the log tells of; `null` if the log does not. */
  loggedOneIn?: number | null;
}

/**
 * Accepts changes of one mirror as `publish_event`, one span for each trace that publishers named. The changes get the
 * context of theirs, which goes with them into the database, and whether the log tells of them: all of a trace or none.
 */
export async function publishing<C extends FollowedChange, T>(
  mirror: MirrorKey,
  changes: readonly C[],
  sampling: LogSampling,
  accept: (changes: C[]) => Promise<T>,
): Promise<T> {
  const spans = new Map<string | null, Span>();
  const traced = changes.map((incoming): C => {
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
