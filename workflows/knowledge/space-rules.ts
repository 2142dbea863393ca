import type {
  ReviewsResult,
  SpaceCounts,
  SpaceView,
  SyncSpaceResult,
} from '../../activities/knowledge/contract.ts';
import { streamState, type StreamState } from '../../model/streams/state.ts';
import type { SpaceCarried, SpaceInput, SpaceStatus, SpaceTimings } from '../messages.ts';
import { newLaneState } from '../streams/lane-state.ts';
import { timeOf, type ShownFacts } from '../streams/shown-facts.ts';
import { attemptSummary, span } from '../streams/story.ts';
import { StreamRules, type Deadline } from '../streams/stream-rules.ts';
import { spaceDetails, syncSummary } from './story.ts';

/** What a space wishes; a run that began before there were reviews has none. */
type Wishes = Required<Omit<SpaceCarried, 'retryWanted'>>;

const nothingCarried: Wishes = {
  windowClosesAt: null,
  syncWanted: false,
  nextPollAt: null,
  nextReviewAt: null,
  reviewsWanted: false,
};

/**
 * What a space decides: how long it collects saves, when it checks the branch, and what a sync changes.
 * During an outage a sync is always wanted, and the lane's retry timer decides when.
 */
export class SpaceRules extends StreamRules<SpaceView, 'repository' | 'review'> {
  readonly lanes = { repository: newLaneState(), review: newLaneState() };
  readonly #spaceId: string;
  readonly #timings: SpaceTimings;
  readonly #carried: SpaceCarried | undefined;
  readonly #wishes: Wishes;

  constructor({ spaceId, timings, carried }: SpaceInput) {
    super();
    this.#spaceId = spaceId;
    this.#timings = timings;
    this.#carried = carried;
    this.#wishes = { ...nothingCarried, ...carried };
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
    if (this.#hasReviews) this.#wishes.reviewsWanted = true;
  }

  /** Somebody asked for a review, or something happened to one. */
  reviewsChanged(): void {
    this.#wishes.reviewsWanted = true;
  }

  override retry(): void {
    super.retry();
    this.#wishes.syncWanted = true;
    if (this.#hasReviews) this.#wishes.reviewsWanted = true;
  }

  override start(view: SpaceView, now: number): void {
    this.takeFirst(view, this.#carried?.retryWanted);
    // A start or restart checks the branch, where it finds what a lost worker had pushed.
    this.#wishes.syncWanted ||= this.#carried === undefined || view.outages.length > 0;
    if (!this.#wishes.syncWanted) this.#wishes.nextPollAt ??= now + this.#timings.pollInterval;
    if (this.lanes.review.outage !== null) this.#wishes.reviewsWanted = true;
    else this.#planReviews(view, now);
  }

  override reread(view: SpaceView): void {
    this.take(view);
    this.retry();
  }

  /** The sooner one of the next sync and the next look at the reviews. */
  override deadline(): Deadline | null {
    const [sync, reviews] = [this.#syncDeadline(), this.#reviewsDeadline()];
    if (sync === null || reviews === null) return sync ?? reviews;
    return reviews.at < sync.at ? reviews : sync;
  }

  override deadlineReached(now: number): void {
    const reviews = this.#reviewsDeadline();
    if (reviews !== null && reviews.at <= now) this.#wishes.reviewsWanted = true;
    const sync = this.#syncDeadline();
    if (sync !== null && sync.at <= now) this.#wishes.syncWanted = true;
  }

  /** The end of the open window, or else the next check of the branch; a poll never ends a window early. */
  #syncDeadline(): Deadline | null {
    const { windowClosesAt, syncWanted, nextPollAt } = this.#wishes;
    if (this.paused || syncWanted || this.lanes.repository.attemptStartedAt !== null) return null;
    const { window, pollInterval } = this.#timings;
    if (windowClosesAt !== null)
      return { at: windowClosesAt, summary: `Collect saves for ${span(window)}` };
    if (nextPollAt === null) return null;
    return { at: nextPollAt, summary: `Check the branch every ${span(pollInterval)}` };
  }

  #reviewsDeadline(): Deadline | null {
    const { reviewsWanted, nextReviewAt } = this.#wishes;
    const isBusy = reviewsWanted || this.lanes.review.attemptStartedAt !== null;
    if (this.paused || isBusy || nextReviewAt === null) return null;
    return { at: nextReviewAt, summary: 'Look at the reviews' };
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
    // A commit on the branch may be what a review became.
    if (active && entries > 0 && (result.openReviews ?? 0) > 0) this.#wishes.reviewsWanted = true;
    else if (active) this.#planReviews(result, now);
    if (this.view !== null) {
      const initialized = this.view.initialized || active;
      const { openReviews = 0 } = result;
      this.view = { ...this.view, active, waitingSaves, openConflicts, openReviews, initialized };
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

  /** Whether the reviews should be looked at now. */
  get reviewsWanted(): boolean {
    return this.#wishes.reviewsWanted;
  }

  /** The reviews are being looked at. Returns what is about to be done. What is signalled meanwhile asks for another look. */
  followingBegins(): string {
    this.#wishes.reviewsWanted = false;
    this.#wishes.nextReviewAt = null;
    return attemptSummary('Look at the reviews', this.lanes.review.outage);
  }

  /** The reviews were looked at. Returns `false` if the space was found paused or ended instead. */
  followed(result: ReviewsResult, now: number): boolean {
    const { active, openReviews = 0, syncWanted } = result;
    if (this.view !== null) this.view = { ...this.view, active, openReviews };
    if (!active) return this.foundInactive();
    this.#planReviews(result, now);
    if (syncWanted) this.#wishes.syncWanted = true;
    return true;
  }

  /** They could not be looked at: they still should be. */
  followingFailed(): void {
    this.#wishes.reviewsWanted = true;
  }

  /** What the next run needs to know. */
  get carried(): SpaceCarried {
    return { ...this.#wishes, retryWanted: this.retryWanted };
  }

  /** The answer to the space's status query. */
  status(): SpaceStatus {
    return {
      state: this.#state(),
      windowClosesAt: timeOf(this.#wishes.windowClosesAt),
      nextPollAt: timeOf(this.#wishes.nextPollAt),
      waitingSaves: this.view?.waitingSaves ?? 0,
      openConflicts: this.view?.openConflicts ?? 0,
      openReviews: this.view?.openReviews ?? 0,
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

  get #hasReviews(): boolean {
    return (this.view?.openReviews ?? 0) > 0;
  }

  /** When the reviews are looked at next, as the database says. */
  #planReviews({ openReviews = 0, reviewsDueIn }: SpaceCounts, now: number): void {
    const { nextReviewAt } = this.#wishes;
    if (openReviews === 0 || reviewsDueIn == null) {
      this.#wishes.nextReviewAt = null;
      return;
    }
    const at = now + reviewsDueIn;
    this.#wishes.nextReviewAt = nextReviewAt === null ? at : Math.min(nextReviewAt, at);
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
