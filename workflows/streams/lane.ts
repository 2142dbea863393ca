import { condition, isCancellation, log, proxyActivities } from '@temporalio/workflow';
import { ActivityFailure, ApplicationFailure, TimeoutFailure } from '@temporalio/common';
import type { StreamActivities } from '../../activities/streams/contract.ts';
import { personCodes, type FailureCode } from '../../model/streams/errors.ts';
import type { StreamId } from '../../model/streams/ids.ts';
import type { LaneName, NoticeKind, OutageView } from '../../model/streams/outage.ts';
import { noticeSummaries, span } from './story.ts';

/*
 * Attempt, wait, escalate, recover: the loop under every stream. It knows nothing of what is
 * delivered; both products stand on it.
 */

// Bookkeeping must not be lost: it is retried until the database answers.
const bookkeeping = proxyActivities<StreamActivities>({
  startToCloseTimeout: '30s',
  retry: { initialInterval: '1s', maximumInterval: '1m' },
});

// A dead mail server is retried for a day, detached: it stops nothing.
const notices = proxyActivities<StreamActivities>({
  startToCloseTimeout: '2m',
  scheduleToCloseTimeout: '24h',
  retry: { initialInterval: '30s', maximumInterval: '15m' },
});

/** What bounds all lanes of a workflow. */
export interface LaneControl {
  /** The workflow ends or continues as new: begin nothing. */
  stopping: boolean;
  /** Begin no attempt until this is over. */
  paused: boolean;
}

/** What a lane does. */
export interface LaneOptions {
  stream: StreamId;
  name: LaneName;
  /** Milliseconds. */
  timings: { retryInterval: number; escalateAfter: number };
  control: LaneControl;
  /** The outage that the database knows of, from a run before. */
  outage: OutageView | null;
  /** Whether there is something to do. */
  wanted: () => boolean;
  /**
   * One attempt; a rejection opens an outage, or prolongs it. `false` is no answer either way: the
   * stream was found paused or ended, and an open outage stays open.
   */
  attempt: () => Promise<boolean>;
  /** Called after whatever a status shows has changed. */
  changed: () => void;
}

/**
 * One kind of work that may fail for long. `run` attempts it whenever it is wanted and, in an outage,
 * at every retry interval; `watch` escalates once when the outage has lasted long enough. They are
 * separate coroutines on absolute deadlines, so an attempt that hangs delays no escalation.
 */
export class Lane {
  readonly #options: LaneOptions;
  #outage: OutageView | null;
  #attemptStartedAt: number | null = null;
  #retryRequested = false;
  #unfinished = 0;
  #notifying = 0;

  constructor(options: LaneOptions) {
    this.#options = options;
    this.#outage = options.outage;
    // A new run tries at once: what failed may have been the reason for it.
    this.#retryRequested = options.outage !== null;
  }

  /** The open outage. */
  get outage(): OutageView | null {
    return this.#outage;
  }

  /** When the attempt that runs now began, epoch milliseconds. */
  get attemptStartedAt(): number | null {
    return this.#attemptStartedAt;
  }

  /** Whether the lane may be left: no attempt runs and no bookkeeping is under way. */
  get idle(): boolean {
    return this.#unfinished === 0;
  }

  /** Whether admins are being told something right now. */
  get notifying(): boolean {
    return this.#notifying > 0;
  }

  /** Ends the wait for the next attempt. */
  retry(): void {
    this.#retryRequested = true;
  }

  /** Attempts what is wanted until the workflow stops. */
  async run(): Promise<void> {
    const { control } = this.#options;
    for (;;) {
      await condition(() => control.stopping || this.#mayBegin());
      if (control.stopping) return;
      if (this.#outage !== null) await this.#waitForRetry(this.#outage);
      // What ended the wait may also have ended the wish: look again.
      if (!this.#mayBegin()) continue;
      await this.#unlessStopped(() => this.#attempt());
    }
  }

  /** Escalates each outage once until the workflow stops. */
  async watch(): Promise<void> {
    const { control, timings } = this.#options;
    // What was overdue when this run began, or when it was resumed, may be over in a moment.
    const grace = Math.min(timings.retryInterval, 60_000);
    let notBefore = this.#outage === null ? 0 : Date.now() + grace;
    for (;;) {
      if (control.paused) {
        await condition(() => control.stopping || !control.paused);
        notBefore = Date.now() + grace;
      }
      await condition(
        () => control.stopping || control.paused || this.#outage?.escalatedAt === null,
      );
      if (control.stopping) return;
      const outage = this.#outage;
      if (control.paused || outage === null) continue;
      const due = Math.max(Date.parse(outage.since) + timings.escalateAfter, notBefore);
      const over = () => control.stopping || control.paused || this.#outage?.id !== outage.id;
      const remaining = due - Date.now();
      if (
        remaining > 0 &&
        (await condition(over, remaining, {
          summary: `The admins hear of it after ${span(timings.escalateAfter)}`,
        }))
      )
        continue;
      await this.#unlessStopped(() => this.#escalate(outage));
      // The database may know that it is over, or not know it at all: once is enough.
      await condition(() => over() || this.#outage?.escalatedAt !== null);
    }
  }

  /** Tells the admins, detached: nothing waits for it, and the database keeps it from telling twice. */
  notify(outageId: string, kind: NoticeKind): void {
    this.#notifying += 1;
    void notices.notifyAdmins
      .executeWithOptions({ summary: noticeSummaries[kind] }, [{ outageId, kind }])
      .catch((error: unknown) => {
        log.error('The admins could not be told', { outageId, kind, error: String(error) });
      })
      .finally(() => {
        this.#notifying -= 1;
      });
  }

  #mayBegin(): boolean {
    const { control, wanted } = this.#options;
    return !control.stopping && !control.paused && wanted();
  }

  async #waitForRetry(outage: OutageView): Promise<void> {
    const { control } = this.#options;
    const remaining =
      outage.nextAttemptAt === null ? 0 : Date.parse(outage.nextAttemptAt) - Date.now();
    if (remaining <= 0) return;
    const over = () => control.stopping || control.paused || this.#retryRequested;
    await condition(over, remaining, { summary: `Wait for attempt ${outage.attempts + 1}` });
  }

  async #attempt(): Promise<void> {
    const startedAt = Date.now();
    this.#retryRequested = false;
    this.#attemptStartedAt = startedAt;
    this.#options.changed();
    let attempted: boolean;
    try {
      attempted = await this.#options.attempt();
    } catch (error) {
      if (isCancellation(error)) throw error;
      await this.#fail(startedAt, failureOf(error, this.#options.name));
      return;
    } finally {
      this.#attemptStartedAt = null;
    }
    if (attempted) await this.#recover();
    this.#options.changed();
  }

  async #fail(startedAt: number, failure: { code: FailureCode; message: string }): Promise<void> {
    const { stream, name, timings } = this.#options;
    const attempt = (this.#outage?.attempts ?? 0) + 1;
    const summary = `Attempt ${attempt} failed: ${failure.code}`;
    const outage = await bookkeeping.recordFailure.executeWithOptions({ summary }, [
      {
        stream,
        lane: name,
        attemptStartedAt: new Date(startedAt).toISOString(),
        nextAttemptAt: new Date(Date.now() + timings.retryInterval).toISOString(),
        ...failure,
      },
    ]);
    this.#outage = outage;
    if (personCodes.has(failure.code) && !outage.told.includes('person_needed')) {
      this.notify(outage.id, 'person_needed');
    }
    this.#options.changed();
  }

  async #recover(): Promise<void> {
    if (this.#outage === null) return;
    const { id, since } = this.#outage;
    const summary = `It works again, after ${span(Date.now() - Date.parse(since))}`;
    const { told } = await bookkeeping.endOutage.executeWithOptions({ summary }, [
      { outageId: id },
    ]);
    this.#outage = null;
    // Who was told of the trouble is told that it is over; nobody else is bothered.
    if (told.length > 0) this.notify(id, 'recovered');
  }

  async #escalate({ id: outageId, since }: OutageView): Promise<void> {
    const escalated = await bookkeeping.escalateOutage.executeWithOptions(
      { summary: `The outage has lasted ${span(Date.now() - Date.parse(since))}` },
      [{ outageId }],
    );
    if (escalated === null || this.#outage?.id !== outageId) return;
    this.#outage = { ...this.#outage, escalatedAt: escalated.escalatedAt };
    this.notify(outageId, 'escalated');
    this.#options.changed();
  }

  async #unlessStopped(work: () => Promise<void>): Promise<void> {
    this.#unfinished += 1;
    try {
      await work();
    } finally {
      this.#unfinished -= 1;
    }
  }
}

/** The code and message of an attempt's error. */
export function failureOf(error: unknown, lane: LaneName): { code: FailureCode; message: string } {
  const cause = error instanceof ActivityFailure ? error.cause : error;
  if (cause instanceof ApplicationFailure && cause.nonRetryable && cause.type) {
    return { code: cause.type as FailureCode, message: cause.message };
  }
  if (cause instanceof TimeoutFailure) {
    const code = lane === 'source' ? 'source_timeout' : 'repository_timeout';
    return { code, message: 'The attempt did not end in time, or no worker was there to end it.' };
  }
  return {
    code: 'internal_error',
    message: cause instanceof Error ? cause.message : String(cause),
  };
}
