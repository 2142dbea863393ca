import type { OutageView } from '../../model/streams/outage.ts';
import type { StreamState } from '../../model/streams/state.ts';

/** How a stream stands, as operators see it. */
export interface ShownFacts {
  state: StreamState;
  outage: OutageView | null;
  /** What was accepted and is not delivered. */
  waiting: number;
  /** All of it in words, in Markdown. */
  details: string;
}

/** A time of the workflow's clock (epoch milliseconds) as answers hold it: ISO 8601 in UTC. */
export function timeOf(milliseconds: number): string;
export function timeOf(milliseconds: number | null): string | null;
export function timeOf(milliseconds: number | null): string | null {
  return milliseconds === null ? null : new Date(milliseconds).toISOString();
}
