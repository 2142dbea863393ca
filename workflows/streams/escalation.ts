import { condition } from '@temporalio/workflow';
import type { OutageView } from '../../model/streams/outage.ts';
import { bookkeeping } from './bookkeeping.ts';
import type { LaneControl, LaneState } from './lane-state.ts';
import type { Notices } from './notices.ts';
import { span } from './story.ts';

/*
 * Notifies the admins once of an outage that lasts. This is a separate coroutine with absolute
 * deadlines, so that an attempt that hangs does not delay it.
 *
 *                outage                  due
 *     watching ──────────▶ counting ──────────────▶ escalating
 *        ▲                    │ the outage is over      │ noted in the database
 *        └────────────────────┴─────────────────────────┘
 *
 * watching    There is no outage, or it was escalated.
 * counting    There is an outage, but it is not old enough.
 * escalating  It is old enough: this is recorded in the database, and then the admins are notified.
 * paused      The stream is paused, and nobody is notified; after that there is a grace period.
 * stopped     The workflow ends or continues as new. No mode follows.
 */

type Mode =
  | { name: 'watching' }
  | { name: 'counting'; outage: OutageView; due: number }
  | { name: 'escalating'; outage: OutageView }
  | { name: 'paused' }
  | { name: 'stopped' };

/** What an escalation needs. */
export interface EscalationOptions {
  /** Milliseconds. */
  timings: { retryInterval: number; escalateAfter: number };
  control: LaneControl;
  /** The lane's state, including an outage that began in an earlier run. */
  state: LaneState;
  notices: Notices;
  /** Called after anything that a status shows has changed. */
  changed: () => void;
}

/** Escalates each outage of a lane once, when it has lasted long enough. */
export class Escalation {
  readonly #options: EscalationOptions;
  #mode: Mode = { name: 'watching' };
  /** Nobody is notified before this time. */
  #notBefore: number;
  /** The outage that we have escalated. The database may have ignored that (if it was over), but once is enough. */
  #escalatedId: string | null = null;

  constructor(options: EscalationOptions) {
    this.#options = options;
    this.#notBefore = options.state.outage === null ? 0 : this.#afterGrace();
  }

  /** Whether the workflow may stop now: no bookkeeping is in progress. */
  get atRest(): boolean {
    return this.#mode.name !== 'escalating';
  }

  /** Moves from mode to mode until the workflow stops. */
  async run(): Promise<void> {
    while (this.#mode.name !== 'stopped') this.#mode = await this.#after(this.#mode);
  }

  /** Does the work of the mode, and returns the next mode. */
  async #after(mode: Exclude<Mode, { name: 'stopped' }>): Promise<Mode> {
    const { control } = this.#options;
    switch (mode.name) {
      case 'watching':
        await condition(() => control.stopping || control.paused || this.#outage() !== null);
        return this.#next();
      case 'counting':
        await this.#count(mode);
        return this.#next();
      case 'escalating':
        await this.#escalate(mode.outage);
        return this.#next();
      case 'paused':
        await condition(() => control.stopping || !control.paused);
        this.#notBefore = this.#afterGrace();
        this.#escalatedId = null;
        return this.#next();
    }
  }

  /** The mode for the current situation. */
  #next(): Mode {
    const { control, timings } = this.#options;
    if (control.stopping) return { name: 'stopped' };
    if (control.paused) return { name: 'paused' };
    const outage = this.#outage();
    if (outage === null) return { name: 'watching' };
    const due = Math.max(Date.parse(outage.since) + timings.escalateAfter, this.#notBefore);
    return due > Date.now() ? { name: 'counting', outage, due } : { name: 'escalating', outage };
  }

  /** The open outage, if it has not been escalated yet. */
  #outage(): OutageView | null {
    const { outage } = this.#options.state;
    return outage?.escalatedAt === null && outage.id !== this.#escalatedId ? outage : null;
  }

  async #count({ outage, due }: Extract<Mode, { name: 'counting' }>): Promise<void> {
    const { control, timings } = this.#options;
    const over = () => control.stopping || control.paused || this.#outage()?.id !== outage.id;
    const summary = `Notify the admins if the outage lasts ${span(timings.escalateAfter)}`;
    await condition(over, due - Date.now(), { summary });
  }

  async #escalate({ id: outageId, since }: OutageView): Promise<void> {
    const { state, notices, changed } = this.#options;
    this.#escalatedId = outageId;
    const escalated = await bookkeeping.escalateOutage.executeWithOptions(
      { summary: `The outage has lasted ${span(Date.now() - Date.parse(since))}` },
      [{ outageId }],
    );
    if (escalated === null || state.outage?.id !== outageId) return;
    state.outage = { ...state.outage, escalatedAt: escalated.escalatedAt };
    notices.send({ outageId, kind: 'escalated' });
    changed();
  }

  /** If an escalation was overdue when the run began or the stream was resumed, the outage may be over in a moment. */
  #afterGrace(): number {
    return Date.now() + Math.min(this.#options.timings.retryInterval, 60_000);
  }
}
