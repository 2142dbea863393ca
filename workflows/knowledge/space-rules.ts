import type { SpaceView, SyncSpaceResult } from '../../activities/knowledge/contract.ts';
import { streamState, type StreamState } from '../../model/streams/state.ts';
import type { SpaceCarried, SpaceInput, SpaceStatus, SpaceTimings } from '../messages.ts';
import { newLaneState } from '../streams/lane-state.ts';
import { timeOf, type ShownFacts } from '../streams/shown-facts.ts';
import { span } from '../streams/story.ts';
import { StreamRules, type Deadline } from '../streams/stream-rules.ts';
import { spaceDetails, syncSummary } from './story.ts';

const nothingCarried: SpaceCarried = { windowClosesAt: null, syncWanted: false, nextPollAt: null };

/**
 * What a space decides: how long it collects saves, when it checks the branch, and what a sync changes.
 * During an outage a sync is always wanted, and the lane's retry timer decides when.
 */
export class SpaceRules extends StreamRules<SpaceView, 'repository'> {
  readonly lanes = { repository: newLaneState() };
  readonly #spaceId: string;
  readonly #timings: SpaceTimings;
  readonly #firstRun: boolean;
  readonly #wishes: SpaceCarried;

  constructor({ spaceId, timings, carried }: SpaceInput) {
    super();
    this.#spaceId = spaceId;
    this.#timings = timings;
    this.#firstRun = carried === undefined;
    this.#wishes = { ...(carried ?? nothingCarried) };
  }

  /** Saves are waiting in the database: the window opens with the first one. */
  doorbell(now: number): void {
    this.#openWindow(now);
    // It also rings when a space is no longer paused, and we may have missed the signal that it was resumed.
    if (this.paused) this.changed();
  }

  /** Somebody pushed, or does not want to wait for the window to end. */
  sync(): void {
    this.#wishes.syncWanted = true;
  }

  override retry(): void {
    super.retry();
    this.#wishes.syncWanted = true;
  }

  override start(view: SpaceView, now: number): void {
    this.takeFirst(view);
    // A start or restart checks the branch, where it finds what a lost worker had pushed.
    this.#wishes.syncWanted ||= this.#firstRun || view.outages.length > 0;
    if (!this.#wishes.syncWanted) this.#wishes.nextPollAt ??= now + this.#timings.pollInterval;
  }

  override reread(view: SpaceView): void {
    this.take(view);
    this.retry();
  }

  /** The end of the open window, or else the next check of the branch; a poll never ends a window early. */
  override deadline(): Deadline | null {
    const { windowClosesAt, syncWanted, nextPollAt } = this.#wishes;
    if (this.paused || syncWanted || this.lanes.repository.attemptStartedAt !== null) return null;
    const { window, pollInterval } = this.#timings;
    if (windowClosesAt !== null)
      return { at: windowClosesAt, summary: `Collect saves for ${span(window)}` };
    if (nextPollAt === null) return null;
    return { at: nextPollAt, summary: `Check the branch every ${span(pollInterval)}` };
  }

  override deadlineReached(): void {
    this.#wishes.syncWanted = true;
  }

  /** Whether the space should be synced with its branch now. */
  get syncWanted(): boolean {
    return this.#wishes.syncWanted;
  }

  /** A sync begins. Returns what it is about to do. A request that arrives during the sync asks for another sync. */
  syncBegins(): string {
    const { initialized = false, waitingSaves = 0 } = this.view ?? {};
    const saves = this.#wishes.windowClosesAt !== null || waitingSaves > 0;
    this.#wishes.syncWanted = false;
    this.#wishes.windowClosesAt = null;
    return syncSummary({ initialized, saves }, this.lanes.repository.outage);
  }

  /** The sync is done. Returns `false` if it found the space paused or ended instead. */
  synced(result: SyncSpaceResult, now: number): boolean {
    const { active, waitingSaves, heldSaves = 0, openConflicts, commits, entries } = result;
    if (this.view !== null) {
      const initialized = this.view.initialized || active;
      this.view = { ...this.view, active, waitingSaves, openConflicts, initialized };
    }
    if (!active) return this.foundInactive();
    this.#wishes.nextPollAt = now + this.#timings.pollInterval;
    if (waitingSaves > heldSaves) {
      // If nothing could be sent, wait for a window: asking again at once would be a hot loop.
      if (commits + entries > 0) this.#wishes.syncWanted = true;
      else this.#openWindow(now);
    }
    return true;
  }

  /** The sync failed: what was waiting is still waiting. */
  syncFailed(): void {
    this.#wishes.syncWanted = true;
  }

  /** What the next run needs to know. */
  get carried(): SpaceCarried {
    return { ...this.#wishes };
  }

  /** The answer to the space's status query. */
  status(): SpaceStatus {
    return {
      state: this.#state(),
      windowClosesAt: timeOf(this.#wishes.windowClosesAt),
      nextPollAt: timeOf(this.#wishes.nextPollAt),
      waitingSaves: this.view?.waitingSaves ?? 0,
      openConflicts: this.view?.openConflicts ?? 0,
      outage: this.outage,
      runAttempt: timeOf(this.lanes.repository.attemptStartedAt),
    };
  }

  override shown(): ShownFacts {
    const { outage } = this;
    const state = this.#state();
    const { waitingSaves = 0, openConflicts = 0 } = this.view ?? {};
    const details = spaceDetails(this.#spaceId, state, outage, { waitingSaves, openConflicts });
    return { state, outage, waiting: waitingSaves, details };
  }

  #openWindow(now: number): void {
    this.#wishes.windowClosesAt ??= now + this.#timings.window;
  }

  #state(): StreamState {
    const attempting = this.lanes.repository.attemptStartedAt !== null;
    return streamState({
      ...this.standing,
      undelivered: this.#wishes.syncWanted || attempting,
      pendingChanges: this.#wishes.windowClosesAt === null ? 0 : 1,
    });
  }
}
