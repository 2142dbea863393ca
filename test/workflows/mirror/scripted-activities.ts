import { Context } from '@temporalio/activity';
import type {
  CatchUpActivities,
  MirrorActivities,
  MirrorView,
  OpenBatchInput,
  VerifyActivities,
} from '../../../activities/mirror/contract.ts';
import type { FailureCode } from '../../../model/streams/errors.ts';
import {
  failure,
  ScriptedStreamActivities,
  type RemoteBehaviour,
} from '../streams/scripted-stream-activities.ts';

/** The activities of a mirror in a world that tests control: how many changes are waiting, what the source does. */
export class ScriptedActivities
  extends ScriptedStreamActivities
  implements MirrorActivities, CatchUpActivities, VerifyActivities
{
  pendingChanges = 0;
  waitingBatches = 0;
  deliveredBatches = 0;
  resync = false;
  source: FailureCode | 'works' = 'works';
  /** The ended outage that the next delivery names, because the host refused files. */
  refusals: string | null = null;
  readonly windows: OpenBatchInput[] = [];
  /** When each delivery started, by the server's clock, and how it ended. */
  readonly deliveries: { at: number; result: RemoteBehaviour }[] = [];
  /** How often a delivery found the mirror paused or ended. */
  looks = 0;
  /** Called while the source is being read. */
  whileReading: () => Promise<void> = () => Promise.resolve();

  readMirror = (): Promise<MirrorView> =>
    Promise.resolve({
      ended: this.ended,
      paused: this.paused,
      initialized: !this.resync,
      outages: this.outage === null ? [] : [this.outage],
      unsentNotices: this.unsentNotices,
      ...this.#counts(),
    });

  openBatch: MirrorActivities['openBatch'] = async (input) => {
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

  deliver: MirrorActivities['deliver'] = async () => {
    if (this.paused || this.ended) {
      this.looks += 1;
      return { tip: null, commits: 0, ...this.#counts() };
    }
    const result = this.remote;
    this.deliveries.push({ at: Context.current().info.currentAttemptScheduledTimestampMs, result });
    if (result === 'hangs') return this.hang();
    if (result !== 'works') throw failure(result);
    const commits = this.waitingBatches + (this.resync ? 1 : 0);
    this.deliveredBatches += this.waitingBatches;
    this.waitingBatches = 0;
    this.resync = false;
    const { refusals } = this;
    this.refusals = null;
    return {
      ...{ tip: 'f'.repeat(40), commits, ...this.#counts() },
      ...(refusals === null ? {} : { refusals }),
    };
  };

  listActiveMirrors: CatchUpActivities['listActiveMirrors'] = () => Promise.resolve([]);
  catchUpProject: CatchUpActivities['catchUpProject'] = () =>
    Promise.resolve({ asked: 0, unchanged: 0 });
  requestCatchUp: CatchUpActivities['requestCatchUp'] = () => Promise.resolve();
  linkBranches: CatchUpActivities['linkBranches'] = () =>
    Promise.resolve({ linked: [], failure: null });
  verifyMirror: VerifyActivities['verifyMirror'] = () =>
    Promise.resolve({ outcome: 'identical', differenceCount: 0 });

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
