import { condition, continueAsNew, proxyActivities, setHandler } from '@temporalio/workflow';
import type { SpaceActivities, SpaceCounts, SpaceView } from '../../activities/streams/contract.ts';
import { spaceStream } from '../../model/knowledge/ids.ts';
import { streamState, type StreamState } from '../../model/streams/state.ts';
import { Lane, type LaneControl } from '../streams/lane.ts';
import {
  doorbell,
  retryNow,
  spaceChanged,
  spaceStatusQuery,
  syncNow,
  type SpaceCarried,
  type SpaceInput,
  type SpaceStatus,
} from '../messages.ts';
import { stopToContinueAsNew } from '../streams/renewal.ts';
import { outageStatus, ShownState, timeOf } from '../streams/shown-state.ts';
import { span, spaceDetails, syncSummary } from '../streams/story.ts';

const { readSpace } = proxyActivities<SpaceActivities>({
  startToCloseTimeout: '30s',
  retry: { initialInterval: '1s', maximumInterval: '1m' },
});

// As a mirror's `deliver`: what Temporal retries here are lost workers, timeouts and a database that
// is away for minutes.
const { syncSpace } = proxyActivities<SpaceActivities>({
  startToCloseTimeout: '30m',
  heartbeatTimeout: '15s',
  retry: { initialInterval: '1s', maximumInterval: '30s', maximumAttempts: 10 },
});

const nothingCarried: SpaceCarried = { windowClosesAt: null, syncWanted: false, nextPollAt: null };

/**
 * Keeps a knowledge space and its branch together for as long as the space exists. What was saved is in
 * the database; this workflow decides when it is sent, and when the branch is asked for what others
 * pushed. It ends when the space is ended, and a doorbell for an ended space ends at once.
 */
export async function spaceWorkflow(input: SpaceInput): Promise<void> {
  const { spaceId, timings } = input;
  const wishes = { ...(input.carried ?? nothingCarried) };
  const control: LaneControl = { stopping: false, paused: false };
  const shown = new ShownState(['syncing', 'pending']);
  let view: SpaceView | null = null;
  let rereadWanted = false;
  let lane: Lane | null = null;

  setHandler(doorbell, () => {
    openWindow();
    // It rings for a space that is not paused, or for a save: we may not have heard of its being resumed.
    if (control.paused) rereadWanted = true;
  });
  setHandler(syncNow, () => void (wishes.syncWanted = true));
  setHandler(spaceChanged, () => void (rereadWanted = true));
  setHandler(retryNow, () => {
    lane?.retry();
    wishes.syncWanted = true;
  });
  setHandler(spaceStatusQuery, status);

  // What was signalled up to now is what we are about to read.
  rereadWanted = false;
  view = await readSpace.executeWithOptions({ summary: 'Look what is known of the space' }, [
    { spaceId },
  ]);
  if (view.ended) return;
  control.paused = view.paused;
  const repository = new Lane({
    stream: spaceStream(spaceId),
    name: 'repository',
    timings,
    control,
    outage: view.outages[0] ?? null,
    wanted: () => wishes.syncWanted,
    attempt: sync,
    changed: publish,
  });
  lane = repository;
  // A start or a restart looks at the branch: what a lost worker had pushed is found there.
  wishes.syncWanted ||= input.carried === undefined || view.outages.length > 0;
  for (const { outageId, kind } of view.unsentNotices) repository.notify(outageId, kind);
  publish();

  await Promise.all([
    repository.run(),
    repository.watch(),
    keepTime(),
    reread(),
    stopToContinueAsNew(control, [repository], () => !rereadWanted),
  ]);
  publish();
  if (hasEnded()) return;
  await continueAsNew<typeof spaceWorkflow>({ ...input, carried: wishes });

  /** Saves gather from the first one on. */
  function openWindow(): void {
    wishes.windowClosesAt ??= Date.now() + timings.window;
  }

  /** Wants a sync when the window closes, and when it is time to ask for the branch's tip. */
  async function keepTime(): Promise<void> {
    // In an outage a sync is wanted all the time, and the lane's retry timer rules.
    const busy = () => control.paused || wishes.syncWanted || repository.attemptStartedAt !== null;
    for (;;) {
      await condition(() => control.stopping || !busy());
      if (control.stopping) return;
      wishes.nextPollAt ??= Date.now() + timings.pollInterval;
      const { windowClosesAt, nextPollAt } = wishes;
      publish();
      const remaining = (windowClosesAt ?? nextPollAt) - Date.now();
      const summary =
        windowClosesAt === null
          ? `Look at the branch every ${span(timings.pollInterval)}`
          : `Gather saves for ${span(timings.window)}`;
      const over = () => control.stopping || busy() || wishes.windowClosesAt !== windowClosesAt;
      if (remaining > 0 && (await condition(over, remaining, { summary }))) continue;
      wishes.syncWanted = true;
    }
  }

  async function sync(): Promise<boolean> {
    const saves = wishes.windowClosesAt !== null || (view?.waitingSaves ?? 0) > 0;
    const summary = syncSummary(
      { initialized: view?.initialized ?? false, saves },
      repository.outage,
    );
    // Taken back before the attempt, so that a wish that comes meanwhile is not lost.
    wishes.syncWanted = false;
    wishes.windowClosesAt = null;
    try {
      const result = await syncSpace.executeWithOptions({ summary }, [{ spaceId }]);
      absorb(result);
      if (!result.active) return lookAgain();
      wishes.nextPollAt = Date.now() + timings.pollInterval;
      if (result.waitingSaves > 0) {
        // What cannot be sent now is not asked for in a hot loop.
        if (result.commits + result.entries > 0) wishes.syncWanted = true;
        else openWindow();
      }
      return true;
    } catch (error) {
      wishes.syncWanted = true;
      throw error;
    }
  }

  /** An attempt found the space paused or ended before anybody told us: begin no other until we know. */
  function lookAgain(): false {
    control.paused = true;
    rereadWanted = true;
    return false;
  }

  /** Reads the space's row again each time that the API changed it. */
  async function reread(): Promise<void> {
    for (;;) {
      await condition(() => control.stopping || rereadWanted);
      if (control.stopping) return;
      rereadWanted = false;
      view = await readSpace.executeWithOptions({ summary: 'The space was changed: look again' }, [
        { spaceId },
      ]);
      control.paused = view.paused;
      if (view.ended) control.stopping = true;
      wishes.syncWanted = true;
      repository.retry();
      publish();
    }
  }

  function hasEnded(): boolean {
    return view?.ended ?? false;
  }

  function absorb({ active, waitingSaves, openConflicts }: SpaceCounts): void {
    if (view === null) return;
    const initialized = view.initialized || active;
    view = { ...view, active, waitingSaves, openConflicts, initialized };
  }

  function currentState(): StreamState {
    const outage = lane?.outage ?? null;
    return streamState({
      ended: view?.ended ?? false,
      paused: control.paused,
      outage: outage && { code: outage.code, escalated: outage.escalatedAt !== null },
      initialized: view?.initialized ?? false,
      undelivered: wishes.syncWanted || lane?.attemptStartedAt != null,
      pendingChanges: wishes.windowClosesAt === null ? 0 : 1,
    });
  }

  function status(): SpaceStatus {
    return {
      state: currentState(),
      windowClosesAt: timeOf(wishes.windowClosesAt),
      nextPollAt: timeOf(wishes.nextPollAt),
      waitingSaves: view?.waitingSaves ?? 0,
      openConflicts: view?.openConflicts ?? 0,
      outage: outageStatus(lane?.outage ?? null),
      runAttempt: timeOf(lane?.attemptStartedAt ?? null),
    };
  }

  function publish(): void {
    const state = currentState();
    const outage = lane?.outage ?? null;
    const { waitingSaves = 0, openConflicts = 0 } = view ?? {};
    const details = spaceDetails(spaceId, state, outage, { waitingSaves, openConflicts });
    shown.show({ state, outage, waiting: waitingSaves, details });
  }
}
