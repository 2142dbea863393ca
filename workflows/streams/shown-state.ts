import { setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';
import type { StreamState } from '../../model/streams/state.ts';
import type { OutageView } from '../../model/streams/outage.ts';
import type { OutageStatus } from '../messages.ts';
import { searchAttributes } from './search-attributes.ts';

/** How a stream stands, as operators see it. */
export interface ShownFacts {
  state: StreamState;
  outage: OutageView | null;
  /** What was accepted and is not delivered. */
  waiting: number;
  /** All of it in words, in Markdown. */
  details: string;
}

/** Shows a stream's state to operators: details at once, search attributes only where they changed. */
export class ShownState {
  readonly #passing: ReadonlySet<StreamState>;
  #shown = '';

  /** `passing`: states that pass by themselves in a moment and are not worth an event. */
  constructor(passing: readonly StreamState[]) {
    this.#passing = new Set(passing);
  }

  /** To be called whenever any of it may have changed. */
  show({ state, outage, waiting, details }: ShownFacts): void {
    // Details cost no event: they may follow every attempt.
    setCurrentDetails(details);
    const text = JSON.stringify([state, outage?.since, waiting]);
    if (text === this.#shown || this.#passing.has(state)) return;
    this.#shown = text;
    upsertSearchAttributes([
      { key: searchAttributes.state, value: state },
      { key: searchAttributes.outageSince, value: outage === null ? null : new Date(outage.since) },
      { key: searchAttributes.waiting, value: waiting },
    ]);
  }
}

/** An outage as the status query answers it. */
export function outageStatus(outage: OutageView | null): OutageStatus | null {
  return (
    outage && {
      lane: outage.lane,
      since: outage.since,
      attempts: outage.attempts,
      nextAttemptAt: outage.nextAttemptAt,
      notifiedAt: outage.escalatedAt,
      reason: { code: outage.code, message: outage.message },
    }
  );
}

/** A time of the workflow's clock (epoch milliseconds) as answers hold it. */
export function timeOf(milliseconds: number | null): string | null {
  return milliseconds === null ? null : new Date(milliseconds).toISOString();
}
