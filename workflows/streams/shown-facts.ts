import type { OutageView } from '../../model/streams/outage.ts';
import type { StreamState } from '../../model/streams/state.ts';

/** A stream's status, as operators see it. */
export interface ShownFacts {
  state: StreamState;
  outage: OutageView | null;
  /** How many changes or saves are accepted but not delivered. */
  waiting: number;
  /** All of this in words, in Markdown. */
  details: string;
}

/** A time of the workflow's clock (epoch milliseconds) as it appears in answers: ISO 8601 in UTC. */
export function timeOf(milliseconds: number): string;
export function timeOf(milliseconds: number | null): string | null;
export function timeOf(milliseconds: number | null): string | null {
  return milliseconds === null ? null : new Date(milliseconds).toISOString();
}
