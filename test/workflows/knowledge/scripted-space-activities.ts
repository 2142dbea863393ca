import { Context } from '@temporalio/activity';
import type { SpaceActivities, SpaceView } from '../../../activities/knowledge/contract.ts';
import {
  failure,
  ScriptedStreamActivities,
  type RemoteBehaviour,
} from '../streams/scripted-stream-activities.ts';

/** A space's activities over a world that a test turns: how many saves wait, what was pushed. */
export class ScriptedSpaceActivities extends ScriptedStreamActivities implements SpaceActivities {
  waitingSaves = 0;
  openConflicts = 0;
  /** Entries that somebody has pushed and nobody has read. */
  pushedEntries = 0;
  initialized = true;
  /** Saves that are on the remote. */
  deliveredSaves = 0;
  readEntries = 0;
  /** At most so many saves are sent at once. */
  savesACommit = Infinity;
  /** When each sync began, by the server's clock, and how it ended. */
  readonly syncs: { at: number; result: RemoteBehaviour }[] = [];
  /** How often the row was read. */
  reads = 0;
  /** How often a sync found the space paused or ended. */
  looks = 0;
  /** Called in the middle of a sync, after what waits was counted. */
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
    return { tip: 'f'.repeat(40), commits: sent > 0 ? 1 : 0, entries, ...this.#counts() };
  };

  #counts() {
    const { waitingSaves, openConflicts } = this;
    return { active: !this.ended && !this.paused, waitingSaves, openConflicts };
  }
}
