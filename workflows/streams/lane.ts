import { condition, isCancellation } from '@temporalio/workflow';
import { personCodes } from '../../model/streams/errors.ts';
import type { StreamId } from '../../model/streams/ids.ts';
import type { LaneName } from '../../model/streams/outage.ts';
import { bookkeeping } from './bookkeeping.ts';
import { Escalation, type EscalationOptions } from './escalation.ts';
import { failureOf, type Failure } from './failure.ts';
import type { LaneControl } from './lane-state.ts';
import { span } from './story.ts';

/*
 * A lane is one kind of work that may fail for a long time. It knows nothing about what is delivered. Its modes:
 *
 *     idle ───────▶ attempting   something is wanted
 *     idle ───────▶ waiting      something is wanted, during an outage whose next attempt is not due
 *     attempting ─▶ idle         it worked
 *     attempting ─▶ recovering   it worked, and ends an outage
 *     attempting ─▶ recording    it failed
 *     recovering ─▶ idle         the database knows that the outage is over
 *     recording ──▶ waiting      the database knows of the failure
 *     waiting ────▶ attempting   the next attempt is due, or somebody asks for it
 *
 * If the stream is paused when a mode is over, `paused` comes first. If the workflow ends or continues as
 * new, `stopped` comes, and no mode follows it. Both end idle and waiting at once, and let the others finish.
 *
 * How long an outage lasts is watched separately, in its own coroutine: see `Escalation`.
 */

type Mode =
  | { name: 'idle' }
  | { name: 'waiting'; until: number }
  | { name: 'attempting' }
  | { name: 'recording'; attemptStartedAt: number; failure: Failure }
  | { name: 'recovering' }
  | { name: 'paused' }
  | { name: 'stopped' };

/** A lane's work. */
export interface LaneWork {
  /** Whether there is something to do. */
  wanted: () => boolean;
  /**
   * One attempt. A rejection opens an outage or continues it. `false` means neither success nor failure: the
   * stream was found paused or ended, and an open outage stays open. `control` says when an attempt that is
   * waiting for something should stop.
   */
  attempt: (control: LaneControl) => Promise<boolean>;
}

/** What a lane needs. */
export interface LaneOptions extends LaneWork, EscalationOptions {
  stream: StreamId;
  name: LaneName;
}

/** Attempts its work whenever it is wanted; during an outage once per retry interval, and on request. */
export class Lane {
  readonly #options: LaneOptions;
  readonly #escalation: Escalation;
  #mode: Mode = { name: 'idle' };

  constructor(options: LaneOptions) {
    this.#options = options;
    this.#escalation = new Escalation(options);
  }

  /** Whether the workflow may stop now: no attempt is running and no bookkeeping is in progress. */
  get atRest(): boolean {
    return (
      !['attempting', 'recording', 'recovering'].includes(this.#mode.name) &&
      this.#escalation.atRest
    );
  }

  /** Moves from mode to mode until the workflow stops. */
  async run(): Promise<void> {
    await Promise.all([this.#run(), this.#escalation.run()]);
  }

  async #run(): Promise<void> {
    while (this.#mode.name !== 'stopped') this.#mode = await this.#after(this.#mode);
  }

  /** Does the work of the mode, and returns the next mode. */
  async #after(mode: Exclude<Mode, { name: 'stopped' }>): Promise<Mode> {
    const { control, wanted } = this.#options;
    switch (mode.name) {
      case 'idle':
        await condition(() => control.stopping || control.paused || wanted());
        return this.#next();
      case 'waiting':
        await this.#wait(mode.until);
        return this.#next();
      case 'attempting':
        return this.#attempt();
      case 'recording':
        await this.#record(mode);
        return this.#next();
      case 'recovering':
        await this.#recover();
        return this.#next();
      case 'paused':
        await condition(() => control.stopping || !control.paused);
        return this.#next();
    }
  }

  /** The mode for the current situation. */
  #next(): Mode {
    const { control, state, wanted } = this.#options;
    if (control.stopping) return { name: 'stopped' };
    if (control.paused) return { name: 'paused' };
    if (!wanted()) return { name: 'idle' };
    const until = Date.parse(state.outage?.nextAttemptAt ?? '');
    const due = state.retryWanted || !(until > Date.now());
    return due ? { name: 'attempting' } : { name: 'waiting', until };
  }

  async #wait(until: number): Promise<void> {
    const { control, state } = this.#options;
    const over = () => control.stopping || control.paused || state.retryWanted;
    const summary = `Wait for attempt ${(state.outage?.attempts ?? 0) + 1}`;
    await condition(over, until - Date.now(), { summary });
  }

  async #attempt(): Promise<Mode> {
    const { control, state, wanted, changed } = this.#options;
    // After the mode was chosen, the workflow may have been stopped or paused before the mode began.
    if (control.stopping || control.paused || !wanted()) return this.#next();
    const attemptStartedAt = Date.now();
    state.retryWanted = false;
    state.attemptStartedAt = attemptStartedAt;
    changed();
    let worked: boolean;
    try {
      worked = await this.#options.attempt(control);
    } catch (error) {
      if (isCancellation(error)) throw error;
      const failure = failureOf(error, this.#options.name);
      return { name: 'recording', attemptStartedAt, failure };
    } finally {
      state.attemptStartedAt = null;
    }
    if (worked && state.outage !== null) return { name: 'recovering' };
    changed();
    return this.#next();
  }

  async #record(mode: Extract<Mode, { name: 'recording' }>): Promise<void> {
    const { stream, name: lane, timings, state, notices, changed } = this.#options;
    const { code } = mode.failure;
    const summary = `Attempt ${(state.outage?.attempts ?? 0) + 1} failed: ${code}`;
    const outage = await bookkeeping.recordFailure.executeWithOptions({ summary }, [
      {
        stream,
        lane,
        attemptStartedAt: new Date(mode.attemptStartedAt).toISOString(),
        nextAttemptAt: new Date(Date.now() + timings.retryInterval).toISOString(),
        ...mode.failure,
      },
    ]);
    state.outage = outage;
    if (personCodes.has(code) && !outage.notices.includes('person_needed'))
      notices.send({ outageId: outage.id, kind: 'person_needed' });
    changed();
  }

  async #recover(): Promise<void> {
    const { state, notices, changed } = this.#options;
    if (state.outage === null) return;
    const { id: outageId, since } = state.outage;
    const summary = `It works again, after ${span(Date.now() - Date.parse(since))}`;
    const { notices: sent } = await bookkeeping.endOutage.executeWithOptions({ summary }, [
      { outageId },
    ]);
    state.outage = null;
    // Whoever was notified of the trouble is told that it is over; nobody else is bothered.
    if (sent.length > 0) notices.send({ outageId, kind: 'recovered' });
    changed();
  }
}
