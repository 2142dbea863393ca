import { Context } from '@temporalio/activity';
import type { SpaceActivities, SpaceView } from '../../../activities/knowledge/contract.ts';
import {
  failure,
  ScriptedStreamActivities,
  type RemoteBehaviour,
} from '../streams/scripted-stream-activities.ts';

/**
 * The activities of a space in a world that tests control: how many saves are waiting, what was
 * pushed.
 */
export class ScriptedSpaceActivities extends ScriptedStreamActivities implements SpaceActivities {
  waitingSaves = 0;
  openConflicts = 0;
  /** Entries that were pushed and not yet read. */
  pushedEntries = 0;
  initialized = true;
  /** Reviews that go on, and in how many milliseconds the next is due. */
  openReviews = 0;
  reviewsDueIn: number | null = null;
  /** How often the reviews were looked at, and whether their host works. */
  reviewLooks = 0;
  reviewHost: RemoteBehaviour = 'works';
  /** Saves that have reached the remote. */
  deliveredSaves = 0;
  readEntries = 0;
  /** The ended outage that the next sync names, because the host refused files. */
  refusals: string | null = null;
  /** How many saves are sent at once at most. */
  savesACommit = Infinity;
  /** When each sync started, by the server's clock, and how it ended. */
  readonly syncs: { at: number; result: RemoteBehaviour }[] = [];
  /** How often the row was read. */
  reads = 0;
  /** How often a sync found the space paused or ended. */
  looks = 0;
  /** Called during a sync, after the waiting saves were counted. */
  whileSyncing: () => Promise<void> = () => Promise.resolve();

  readSpace = (): Promise<SpaceView> => {
    this.reads += 1;
    return Promise.resolve({
      ended: this.ended,
      paused: this.paused,
      initialized: this.initialized,
      outages: this.outage === null ? [] : [this.outage],
      unsentNotices: this.unsentNotices,
      ...this.#counts(),
    });
  };

  followReviews: SpaceActivities['followReviews'] = () => {
    this.reviewLooks += 1;
    if (this.reviewHost === 'hangs') return this.hang();
    if (this.reviewHost !== 'works') throw failure(this.reviewHost);
    return Promise.resolve({ ...this.#counts(), syncWanted: false });
  };

  syncSpace: SpaceActivities['syncSpace'] = async () => {
    if (this.paused || this.ended) {
      this.looks += 1;
      return { tip: null, commits: 0, entries: 0, ...this.#counts() };
    }
    const result = this.remote;
    this.syncs.push({ at: Context.current().info.currentAttemptScheduledTimestampMs, result });
    const sent = Math.min(this.waitingSaves, this.savesACommit);
    const entries = this.pushedEntries;
    await this.whileSyncing();
    if (result === 'hangs') return this.hang();
    if (result !== 'works') throw failure(result);
    this.waitingSaves -= sent;
    this.deliveredSaves += sent;
    this.pushedEntries -= entries;
    this.readEntries += entries;
    this.initialized = true;
    const { refusals } = this;
    this.refusals = null;
    return {
      ...{ tip: 'f'.repeat(40), commits: sent > 0 ? 1 : 0, entries, ...this.#counts() },
      ...(refusals === null ? {} : { refusals }),
    };
  };

  #counts() {
    const { waitingSaves, openConflicts, openReviews, reviewsDueIn } = this;
    const active = !this.ended && !this.paused;
    return { active, waitingSaves, openConflicts, openReviews, reviewsDueIn };
  }
}
