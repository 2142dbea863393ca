import { setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';
import type { StreamState } from '../../model/streams/state.ts';
import { searchAttributes } from './search-attributes.ts';
import type { ShownFacts } from './shown-facts.ts';

/** Shows a stream's state to operators: details at once, search attributes only if they changed. */
export class ShownState {
  readonly #passing: ReadonlySet<StreamState>;
  #shown = '';

  /** `passing`: states that last only a moment and are not worth an event. */
  constructor(passing: readonly StreamState[]) {
    this.#passing = new Set(passing);
  }

  /** Call this whenever any of these facts may have changed. */
  show({ state, outage, waiting, details }: ShownFacts): void {
    // Details do not cost an event, so they may change with every attempt.
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
