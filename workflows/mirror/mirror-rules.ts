import type {
  DeliverResult,
  MirrorView,
  OpenBatchInput,
  OpenBatchResult,
  MirrorCounts,
} from '../../activities/mirror/contract.ts';
import type { MirrorKey } from '../../model/mirror/ids.ts';
import { streamState, type StreamState } from '../../model/streams/state.ts';
import type { MirrorCarried, MirrorInput, MirrorStatus } from '../messages.ts';
import { newLaneState } from '../streams/lane-state.ts';
import { timeOf, type ShownFacts } from '../streams/shown-facts.ts';
import { StreamRules, type Deadline } from '../streams/stream-rules.ts';
import { MirrorWindow } from './mirror-window.ts';
import { deliverySummary, mirrorDetails, windowSummary } from './story.ts';

/**
 * What a mirror decides: when a window is open, whether a batch has to be made and sent, and what the
 * results of that change.
 */
export class MirrorRules extends StreamRules<MirrorView, 'source' | 'repository'> {
  readonly lanes = { source: newLaneState(), repository: newLaneState() };
  readonly #mirror: MirrorKey;
  readonly #window: MirrorWindow;
  readonly #carried: MirrorCarried | undefined;
  #deliverWanted: boolean;

  /** `newKey` makes the keys of windows. */
  constructor({ projectId, branchId, timings, carried }: MirrorInput, newKey: () => string) {
    super();
    this.#mirror = { projectId, branchId };
    this.#window = new MirrorWindow(timings.window, newKey, carried);
    this.#carried = carried;
    this.#deliverWanted = carried?.deliverWanted ?? false;
  }

  /** Changes are waiting in the database. */
  doorbell(now: number): void {
    this.#window.wish('rung');
    this.#openWindow(now);
  }

  /** Somebody does not want to wait for the window to end. */
  sync(now: number): void {
    this.#window.wish('syncWanted');
    this.#openWindow(now);
  }

  /** Compare the project with what was delivered. Ignored during an outage, since recovery reconciles anyway. */
  catchUp(now: number): void {
    if (this.outage !== null) return;
    this.#window.wish('catchUpWanted');
    this.#openWindow(now);
  }

  override retry(): void {
    super.retry();
    this.#deliverWanted = true;
  }

  override start(view: MirrorView, now: number): void {
    this.takeFirst(view, this.#carried?.retryWanted);
    this.#absorb(view);
    // A start or restart reconciles: it finds at the tip what a lost worker had pushed.
    this.#deliverWanted ||= this.#carried === undefined || view.outages.length > 0;
    this.#openWindow(now);
  }

  override reread(view: MirrorView, now: number): void {
    this.take(view);
    this.#absorb(view);
    super.retry();
    this.#openWindow(now);
  }

  override deadline(): Deadline | null {
    return this.paused ? null : this.#window.deadline();
  }

  override deadlineReached(now: number): void {
    this.#window.end(now);
  }

  /** The batch that has to be made, and a description of that work. */
  get batchToMake(): { input: OpenBatchInput; summary: string } | null {
    const window = this.#window.ended;
    if (window === null) return null;
    const input = {
      ...this.#mirror,
      windowKey: window.key,
      openedAt: timeOf(window.openedAt),
      closedAt: timeOf(window.closedAt),
      catchUp: window.catchUp,
    };
    return { input, summary: windowSummary(window) };
  }

  /** The window became a batch. Returns `false` if the mirror was found paused or ended instead. */
  batchMade(result: OpenBatchResult, now: number): boolean {
    this.#absorb(result);
    if (!result.active) return this.foundInactive();
    // A catch-up also checks the tip: somebody may have removed our last commit.
    if (this.#window.ended?.catchUp) this.#deliverWanted = true;
    this.#window.made();
    this.#openWindow(now);
    return true;
  }

  /** Whether there is something to send, or to check on the remote. */
  get deliveryWanted(): boolean {
    return this.#deliverWanted;
  }

  /** A delivery begins. Returns what it is about to do. A request that arrives during the delivery asks for another. */
  deliveryBegins(): string {
    this.#deliverWanted = false;
    return deliverySummary(this.view, this.lanes.repository.outage);
  }

  /** The delivery is done. Returns `false` if the mirror was found paused or ended, or has to wait for another one. */
  delivered(result: DeliverResult, now: number): boolean {
    this.#absorb(result);
    if (!result.active) return this.foundInactive();
    this.#openWindow(now);
    return result.waitsFor === undefined;
  }

  /** The delivery failed: what was waiting is still waiting. */
  deliveryFailed(): void {
    this.#deliverWanted = true;
  }

  /** What the next run needs to know. */
  get carried(): MirrorCarried {
    const { retryWanted } = this;
    return { ...this.#window.carried, deliverWanted: this.#deliverWanted, retryWanted };
  }

  /** The answer to the mirror's status query. */
  status(): MirrorStatus {
    const { source, repository } = this.lanes;
    return {
      state: this.#state(),
      windowClosesAt: timeOf(this.#window.closesAt),
      pendingChanges: this.view?.pendingChanges ?? 0,
      waitingBatches: this.view?.waitingBatches ?? 0,
      outage: this.outage,
      runAttempt: timeOf(repository.attemptStartedAt ?? source.attemptStartedAt),
    };
  }

  override shown(): ShownFacts {
    const { outage } = this;
    const state = this.#state();
    const waiting = this.view?.undeliveredChanges ?? 0;
    const details = mirrorDetails(this.#mirror, state, outage, waiting);
    return { state, outage, waiting, details };
  }

  #openWindow(now: number): void {
    if (this.view !== null && !this.paused) this.#window.open(now);
  }

  #absorb(counts: MirrorCounts): void {
    const { active, pendingChanges, undeliveredChanges, waitingBatches, resync } = counts;
    const { ending = false } = counts;
    if (this.view !== null) {
      const initialized = this.view.initialized || !resync;
      const waiting = { pendingChanges, undeliveredChanges, waitingBatches, resync, ending };
      this.view = { ...this.view, ...waiting, initialized };
    }
    if (!active) return;
    // If everything is about to be rendered anyway, changes wait for that commit.
    if (pendingChanges > 0 && !resync) this.#window.wish('rung');
    if (waitingBatches > 0 || resync) this.#deliverWanted = true;
  }

  #state(): StreamState {
    const { pendingChanges = 0, waitingBatches = 0, resync = false } = this.view ?? {};
    const attempting = this.lanes.repository.attemptStartedAt !== null;
    return streamState({
      ...this.standing,
      undelivered: waitingBatches > 0 || resync || attempting,
      pendingChanges: this.#window.gathering ? Math.max(pendingChanges, 1) : 0,
    });
  }
}
