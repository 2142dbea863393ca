import { Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { Activities } from '../../../activities/contract.ts';
import type { StreamActivities } from '../../../activities/streams/contract.ts';
import type { FailureCode } from '../../../model/streams/errors.ts';
import type { NoticeName, OutageView } from '../../../model/streams/outage.ts';

/** What the remote does with deliveries from now on. */
export type RemoteBehaviour = 'works' | 'hangs' | FailureCode;

/**
 * The activities that the workflow of any stream uses, in a world that tests control. They keep the contract of the
 * real activities (outages once, notices once) without a database.
 */
export class ScriptedStreamActivities implements StreamActivities {
  ended = false;
  paused = false;
  remote: RemoteBehaviour = 'works';
  outage: OutageView | null = null;
  unsentNotices: NoticeName[] = [];
  readonly notices: string[] = [];
  /** Whether nobody can be told for now, and when each attempt to tell began, by the server's clock. */
  deaf = false;
  readonly deafTo: number[] = [];
  /** Ends the deliveries that hang. */
  release: () => void = () => undefined;

  /** The activities as a worker takes them. */
  activities(): Activities {
    return Object.fromEntries(
      Object.entries(this).filter(([, value]) => typeof value === 'function'),
    ) as unknown as Activities;
  }

  recordFailure: StreamActivities['recordFailure'] = (attempt) => {
    this.outage = {
      id: this.outage?.id ?? `outage-${this.notices.length}-${attempt.attemptStartedAt}`,
      lane: attempt.lane,
      since: this.outage?.since ?? attempt.attemptStartedAt,
      attempts: (this.outage?.attempts ?? 0) + 1,
      nextAttemptAt: attempt.nextAttemptAt,
      escalatedAt: this.outage?.escalatedAt ?? null,
      code: attempt.code,
      message: attempt.message,
      notices: this.outage?.notices ?? [],
    };
    return Promise.resolve({ ...this.outage });
  };

  escalateOutage: StreamActivities['escalateOutage'] = () => {
    if (this.outage === null) return Promise.resolve(null);
    const at = new Date(Context.current().info.currentAttemptScheduledTimestampMs).toISOString();
    this.outage = { ...this.outage, escalatedAt: this.outage.escalatedAt ?? at };
    return Promise.resolve(this.outage);
  };

  endOutage: StreamActivities['endOutage'] = () => {
    const notices = this.outage?.notices ?? [];
    this.outage = null;
    return Promise.resolve({ notices });
  };

  notifyAdmins: StreamActivities['notifyAdmins'] = ({ kind }) => {
    if (this.deaf) {
      this.deafTo.push(Context.current().info.currentAttemptScheduledTimestampMs);
      return Promise.reject(new Error('Nobody answers.'));
    }
    if (this.outage !== null)
      this.outage = { ...this.outage, notices: [...this.outage.notices, kind] };
    this.notices.push(kind);
    return Promise.resolve({ recipients: 1 });
  };

  /** Hangs until the test or Temporal ends it. */
  protected async hang(): Promise<never> {
    const { cancellationSignal } = Context.current();
    const timer = setInterval(() => Context.current().heartbeat(), 1_000);
    try {
      await new Promise<void>((resolve) => {
        this.release = resolve;
        cancellationSignal.addEventListener('abort', () => resolve());
      });
      throw failure('repository_timeout');
    } finally {
      clearInterval(timer);
    }
  }
}

/** A classified failure, as activities return it to workflows. */
export function failure(code: FailureCode): ApplicationFailure {
  return ApplicationFailure.create({
    type: code,
    message: `It failed: ${code}.`,
    nonRetryable: true,
  });
}
