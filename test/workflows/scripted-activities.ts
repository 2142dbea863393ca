import { Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { Activities, MirrorView, OpenBatchInput } from '../../activities/contract.ts';
import type { FailureCode } from '../../model/errors.ts';
import type { NoticeName, OutageView } from '../../model/outage.ts';

/** What no mirror asks for. */
type NotAMirrors = 'readSpace' | 'syncSpace' | 'runOperation' | 'endOperation';

/** What the remote does with the next deliveries. */
export type RemoteBehaviour = 'works' | 'hangs' | FailureCode;

/**
 * Activities over a world that a test turns: how many changes wait, what the remote and the source do. They keep
 * the contract of the real ones (counts, outages once, notices once), without a database.
 */
export class ScriptedActivities implements Omit<Activities, NotAMirrors> {
  pendingChanges = 0;
  waitingBatches = 0;
  deliveredBatches = 0;
  resync = false;
  ended = false;
  paused = false;
  remote: RemoteBehaviour = 'works';
  source: FailureCode | 'works' = 'works';
  outage: OutageView | null = null;
  unsentNotices: NoticeName[] = [];
  readonly notices: string[] = [];
  readonly windows: OpenBatchInput[] = [];
  /** When each delivery began, by the server's clock, and how it ended. */
  readonly deliveries: { at: number; result: RemoteBehaviour }[] = [];
  /** How often a delivery found the mirror paused or ended. */
  looks = 0;
  /** Ends the deliveries that hang. */
  release: () => void = () => undefined;
  /** Called in the middle of reading the source. */
  whileReading: () => Promise<void> = () => Promise.resolve();

  /** The activities as a worker takes them. */
  activities(): Activities {
    return Object.fromEntries(
      Object.entries(this).filter(([, value]) => typeof value === 'function'),
    ) as unknown as Activities;
  }

  readMirror = (): Promise<MirrorView> =>
    Promise.resolve({
      ended: this.ended,
      paused: this.paused,
      initialized: !this.resync,
      outages: this.outage === null ? [] : [this.outage],
      unsentNotices: this.unsentNotices,
      ...this.#counts(),
    });

  openBatch: Activities['openBatch'] = async (input) => {
    this.windows.push(input);
    if (this.source !== 'works') throw failure(this.source);
    const taken = this.pendingChanges;
    await this.whileReading();
    if (this.resync || taken === 0 || this.paused || this.ended)
      return { batchId: null, changes: 0, files: 0, ...this.#counts() };
    this.pendingChanges -= taken;
    this.waitingBatches += 1;
    return {
      batchId: `batch-${this.windows.length}`,
      changes: taken,
      files: taken,
      ...this.#counts(),
    };
  };

  deliver: Activities['deliver'] = async () => {
    if (this.paused || this.ended) {
      this.looks += 1;
      return { tip: null, commits: 0, ...this.#counts() };
    }
    const result = this.remote;
    this.deliveries.push({ at: Context.current().info.currentAttemptScheduledTimestampMs, result });
    if (result === 'hangs') return this.#hang();
    if (result !== 'works') throw failure(result);
    const commits = this.waitingBatches + (this.resync ? 1 : 0);
    this.deliveredBatches += this.waitingBatches;
    this.waitingBatches = 0;
    this.resync = false;
    return { tip: 'f'.repeat(40), commits, ...this.#counts() };
  };

  recordFailure: Activities['recordFailure'] = (attempt) => {
    this.outage = {
      id: this.outage?.id ?? `outage-${this.notices.length}-${attempt.attemptStartedAt}`,
      lane: attempt.lane,
      since: this.outage?.since ?? attempt.attemptStartedAt,
      attempts: (this.outage?.attempts ?? 0) + 1,
      nextAttemptAt: attempt.nextAttemptAt,
      escalatedAt: this.outage?.escalatedAt ?? null,
      code: attempt.code,
      message: attempt.message,
      told: this.outage?.told ?? [],
    };
    return Promise.resolve({ ...this.outage });
  };

  escalateOutage: Activities['escalateOutage'] = () => {
    if (this.outage === null) return Promise.resolve(null);
    const at = new Date(Context.current().info.currentAttemptScheduledTimestampMs).toISOString();
    this.outage = { ...this.outage, escalatedAt: this.outage.escalatedAt ?? at };
    return Promise.resolve(this.outage);
  };

  endOutage: Activities['endOutage'] = () => {
    const told = this.outage?.told ?? [];
    this.outage = null;
    return Promise.resolve({ told });
  };

  notifyAdmins: Activities['notifyAdmins'] = ({ kind }) => {
    if (this.outage !== null) this.outage = { ...this.outage, told: [...this.outage.told, kind] };
    this.notices.push(kind);
    return Promise.resolve({ told: 1 });
  };

  listActiveMirrors: Activities['listActiveMirrors'] = () => Promise.resolve([]);
  requestCatchUp: Activities['requestCatchUp'] = () => Promise.resolve();
  linkBranches: Activities['linkBranches'] = () => Promise.resolve({ linked: [], failure: null });
  verifyMirror: Activities['verifyMirror'] = () =>
    Promise.resolve({ outcome: 'identical', differenceCount: 0 });

  /** Goes on until the test, or Temporal, ends it. */
  async #hang(): Promise<never> {
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

  #counts() {
    const { pendingChanges, waitingBatches, resync } = this;
    return {
      active: !this.ended && !this.paused,
      pendingChanges,
      undeliveredChanges: pendingChanges + waitingBatches,
      waitingBatches,
      resync,
    };
  }
}

/** A classified failure, as activities give it to workflows. */
export function failure(code: FailureCode): ApplicationFailure {
  return ApplicationFailure.create({
    type: code,
    message: `It failed: ${code}.`,
    nonRetryable: true,
  });
}
