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
 * What a space decides: how long saves gather, when the branch is looked at, and what a sync changes.
 * In an outage a sync is wanted all the time, and the lane's retry timer rules.
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

  /** Saves wait in the database: they gather from the first one on. */
  doorbell(now: number): void {
    this.#openWindow(now);
    // It rings for a space that is not paused, or for a save: we may not have heard of its being resumed.
    if (this.paused) this.changed();
  }

  /** Somebody cannot wait for the window's end, or pushed. */
  sync(): void {
    this.#wishes.syncWanted = true;
  }

  override retry(): void {
    super.retry();
    this.#wishes.syncWanted = true;
  }

  override start(view: SpaceView, now: number): void {
    this.takeFirst(view);
    // A start or a restart looks at the branch: what a lost worker had pushed is found there.
    this.#wishes.syncWanted ||= this.#firstRun || view.outages.length > 0;
    if (!this.#wishes.syncWanted) this.#wishes.nextPollAt ??= now + this.#timings.pollInterval;
  }

  override reread(view: SpaceView): void {
    this.take(view);
    this.retry();
  }

  /** The end of the open window, or the next look at the branch; a poll cuts no window short. */
  override deadline(): Deadline | null {
    const { windowClosesAt, syncWanted, nextPollAt } = this.#wishes;
    if (this.paused || syncWanted || this.lanes.repository.attemptStartedAt !== null) return null;
    const { window, pollInterval } = this.#timings;
    if (windowClosesAt !== null)
      return { at: windowClosesAt, summary: `Gather saves for ${span(window)}` };
    if (nextPollAt === null) return null;
    return { at: nextPollAt, summary: `Look at the branch every ${span(pollInterval)}` };
  }

  override deadlineReached(): void {
    this.#wishes.syncWanted = true;
  }

  /** Whether the space and its branch are to be brought together now. */
  get syncWanted(): boolean {
    return this.#wishes.syncWanted;
  }

  /** A sync begins; answers what it is about to do. A wish that comes meanwhile is another one. */
  syncBegins(): string {
    const { initialized = false, waitingSaves = 0 } = this.view ?? {};
    const saves = this.#wishes.windowClosesAt !== null || waitingSaves > 0;
    this.#wishes.syncWanted = false;
    this.#wishes.windowClosesAt = null;
    return syncSummary({ initialized, saves }, this.lanes.repository.outage);
  }

  /** The sync is done; `false` where the space was found paused or ended instead. */
  synced(result: SyncSpaceResult, now: number): boolean {
    const { active, waitingSaves, openConflicts, commits, entries } = result;
    if (this.view !== null) {
      const initialized = this.view.initialized || active;
      this.view = { ...this.view, active, waitingSaves, openConflicts, initialized };
    }
    if (!active) return this.foundInactive();
    this.#wishes.nextPollAt = now + this.#timings.pollInterval;
    if (waitingSaves > 0) {
      // What cannot be sent now is not asked for in a hot loop.
      if (commits + entries > 0) this.#wishes.syncWanted = true;
      else this.#openWindow(now);
    }
    return true;
  }

  /** What waited still waits. */
  syncFailed(): void {
    this.#wishes.syncWanted = true;
  }

  /** What the next run has to know. */
  get carried(): SpaceCarried {
    return { ...this.#wishes };
  }

  /** What the space's status query answers. */
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
