import { condition, continueAsNew, proxyActivities, setHandler, uuid4 } from '@temporalio/workflow';
import type {
  MirrorActivities,
  MirrorView,
  StreamCounts,
} from '../../activities/streams/contract.ts';
import { mirrorStream } from '../../model/mirror/ids.ts';
import { streamState, type StreamState } from '../../model/streams/state.ts';
import type { OutageView } from '../../model/streams/outage.ts';
import { Lane, type LaneControl } from '../streams/lane.ts';
import {
  catchUp,
  doorbell,
  mirrorChanged,
  retryNow,
  statusQuery,
  syncNow,
  type MirrorCarried,
  type MirrorInput,
  type MirrorStatus,
} from '../messages.ts';
import { stopToContinueAsNew } from '../streams/renewal.ts';
import { outageStatus, ShownState, timeOf } from '../streams/shown-state.ts';
import { currentDetails, deliverySummary, span, windowSummary } from '../streams/story.ts';

const { readMirror } = proxyActivities<MirrorActivities>({
  startToCloseTimeout: '30s',
  retry: { initialInterval: '1s', maximumInterval: '1m' },
});

// Classified failures are not retryable, so what Temporal retries here are lost workers and
// timeouts and a database that is away for minutes; what lasts longer is an outage like any other.
const { openBatch, deliver } = proxyActivities<MirrorActivities>({
  startToCloseTimeout: '30m',
  heartbeatTimeout: '15s',
  retry: { initialInterval: '1s', maximumInterval: '30s', maximumAttempts: 10 },
});

/** A window that has ended and whose batch is not made yet. */
interface EndedWindow {
  key: string;
  openedAt: number;
  closedAt: number;
  catchUp: boolean;
}

const nothingCarried: MirrorCarried = {
  windowOpenedAt: null,
  windowClosesAt: null,
  rung: false,
  syncWanted: false,
  catchUpWanted: false,
  deliverWanted: false,
};

/**
 * Mirrors one branch of a project for as long as its mirror exists. What was accepted is in the
 * database; this workflow decides when it is gathered and sent. It ends when the mirror is ended, and
 * a doorbell for an ended mirror ends at once.
 */
export async function mirrorWorkflow(input: MirrorInput): Promise<void> {
  const { projectId, branchId, timings } = input;
  const key = { projectId, branchId };
  const wishes = { ...(input.carried ?? nothingCarried) };
  const control: LaneControl = { stopping: false, paused: false };
  const shown = new ShownState(['syncing']);
  let view: MirrorView | null = null;
  let ended: EndedWindow | null = null;
  let rereadWanted = false;
  let lanes: { source: Lane; repository: Lane } | null = null;

  setHandler(doorbell, () => void (wishes.rung = true));
  setHandler(syncNow, () => void (wishes.syncWanted = true));
  setHandler(mirrorChanged, () => void (rereadWanted = true));
  setHandler(retryNow, () => {
    lanes?.source.retry();
    lanes?.repository.retry();
    wishes.deliverWanted = true;
  });
  setHandler(catchUp, () => {
    // In an outage there is no catch-up: recovery reconciles anyway.
    if (lanes?.source.outage == null && lanes?.repository.outage == null)
      wishes.catchUpWanted = true;
  });
  setHandler(statusQuery, status);

  // What was signalled up to now is what we are about to read.
  rereadWanted = false;
  view = await readMirror.executeWithOptions({ summary: 'Look what is known of the mirror' }, [
    key,
  ]);
  if (view.ended) return;
  absorb(view);
  control.paused = view.paused;

  const source = new Lane({
    stream: mirrorStream(key),
    name: 'source',
    timings,
    control,
    outage: view.outages.find(({ lane }) => lane === 'source') ?? null,
    wanted: () => ended !== null,
    attempt: makeBatch,
    changed: publish,
  });
  const repository = new Lane({
    stream: mirrorStream(key),
    name: 'repository',
    timings,
    control,
    outage: view.outages.find(({ lane }) => lane === 'repository') ?? null,
    wanted: () => wishes.deliverWanted,
    attempt: deliverWhatWaits,
    changed: publish,
  });
  lanes = { source, repository };
  // A start or a restart reconciles: what a lost worker had pushed is found on the tip.
  wishes.deliverWanted ||= input.carried === undefined || view.outages.length > 0;
  for (const { outageId, kind } of view.unsentNotices) repository.notify(outageId, kind);
  publish();

  await Promise.all([
    source.run(),
    source.watch(),
    repository.run(),
    repository.watch(),
    gather(),
    reread(),
    stopToContinueAsNew(control, [source, repository], () => !rereadWanted),
  ]);
  publish();
  if (hasEnded()) return;
  await continueAsNew<typeof mirrorWorkflow>({ ...input, carried: carried() });

  /** Opens a window at the first ring, and ends it on its deadline or when someone cannot wait. */
  async function gather(): Promise<void> {
    const wished = () => wishes.rung || wishes.syncWanted || wishes.catchUpWanted;
    for (;;) {
      await condition(() => stopping() || (!halted() && ended === null && wished()));
      if (stopping()) return;
      wishes.windowOpenedAt ??= Date.now();
      wishes.windowClosesAt ??= wishes.windowOpenedAt + timings.window;
      publish();
      const remaining = wishes.windowClosesAt - Date.now();
      const cut = () => halted() || wishes.syncWanted || wishes.catchUpWanted;
      if (remaining > 0)
        await condition(cut, remaining, {
          summary: `Gather changes for ${span(timings.window)}`,
        });
      if (halted()) continue;
      ended = {
        key: uuid4(),
        openedAt: wishes.windowOpenedAt,
        closedAt: Date.now(),
        catchUp: wishes.catchUpWanted,
      };
      Object.assign(wishes, nothingCarried, { deliverWanted: wishes.deliverWanted });
    }
  }

  async function makeBatch(): Promise<boolean> {
    if (ended === null) return false;
    const window = ended;
    const result = await openBatch.executeWithOptions({ summary: windowSummary(window) }, [
      {
        ...key,
        windowKey: window.key,
        openedAt: new Date(window.openedAt).toISOString(),
        closedAt: new Date(window.closedAt).toISOString(),
        catchUp: window.catchUp,
      },
    ]);
    absorb(result);
    if (!result.active) return lookAgain();
    ended = null;
    // A catch-up also looks at the tip: someone may have taken our last commit away.
    if (window.catchUp) wishes.deliverWanted = true;
    return true;
  }

  async function deliverWhatWaits(): Promise<boolean> {
    // Taken back before the attempt, so that a wish that comes meanwhile is not lost.
    wishes.deliverWanted = false;
    try {
      const result = await deliver.executeWithOptions(
        { summary: deliverySummary(view, repository.outage) },
        [key],
      );
      absorb(result);
      return result.active || lookAgain();
    } catch (error) {
      wishes.deliverWanted = true;
      throw error;
    }
  }

  /** An attempt found the mirror paused or ended before anybody told us: begin no other until we know. */
  function lookAgain(): false {
    control.paused = true;
    rereadWanted = true;
    return false;
  }

  /** Reads the mirror's row again each time that the API changed it. */
  async function reread(): Promise<void> {
    for (;;) {
      await condition(() => stopping() || rereadWanted);
      if (stopping()) return;
      rereadWanted = false;
      view = await readMirror.executeWithOptions(
        { summary: 'The mirror was changed: look again' },
        [key],
      );
      absorb(view);
      control.paused = view.paused;
      if (view.ended) control.stopping = true;
      source.retry();
      repository.retry();
      publish();
    }
  }

  function hasEnded(): boolean {
    return view?.ended ?? false;
  }

  function stopping(): boolean {
    return control.stopping;
  }

  function halted(): boolean {
    return control.stopping || control.paused;
  }

  function absorb(counts: StreamCounts): void {
    if (view !== null) {
      const { pendingChanges, undeliveredChanges, waitingBatches, resync } = counts;
      const { ending = false } = counts;
      view = {
        ...view,
        pendingChanges,
        undeliveredChanges,
        waitingBatches,
        resync,
        ending,
        initialized: view.initialized || !resync,
      };
    }
    if (!counts.active) return;
    // While everything is rendered anyway, changes wait to join that commit.
    if (counts.pendingChanges > 0 && !counts.resync) wishes.rung = true;
    if (counts.waitingBatches > 0 || counts.resync) wishes.deliverWanted = true;
  }

  function currentOutage(): OutageView | null {
    const outages = [source.outage, repository.outage].filter((outage) => outage !== null);
    return outages.sort((a, b) => a.since.localeCompare(b.since))[0] ?? null;
  }

  function currentState(): StreamState {
    const outage = lanes === null ? null : currentOutage();
    return streamState({
      ended: view?.ended ?? false,
      paused: control.paused,
      outage: outage && { code: outage.code, escalated: outage.escalatedAt !== null },
      initialized: view?.initialized ?? false,
      undelivered:
        (view?.waitingBatches ?? 0) > 0 ||
        (view?.resync ?? false) ||
        lanes?.repository.attemptStartedAt != null,
      pendingChanges:
        wishes.rung || wishes.windowClosesAt !== null ? Math.max(view?.pendingChanges ?? 0, 1) : 0,
    });
  }

  function status(): MirrorStatus {
    const outage = lanes === null ? null : currentOutage();
    const startedAt = lanes?.repository.attemptStartedAt ?? lanes?.source.attemptStartedAt ?? null;
    return {
      state: currentState(),
      windowClosesAt: timeOf(wishes.windowClosesAt),
      pendingChanges: view?.pendingChanges ?? 0,
      waitingBatches: view?.waitingBatches ?? 0,
      outage: outageStatus(outage),
      runAttempt: timeOf(startedAt),
    };
  }

  function publish(): void {
    const state = currentState();
    const outage = currentOutage();
    const waiting = view?.undeliveredChanges ?? 0;
    const details = currentDetails(key, state, outage, waiting);
    shown.show({ state, outage, waiting, details });
  }

  function carried(): MirrorCarried {
    if (ended === null) return wishes;
    // The window's batch was not made: the next run ends the same window at once.
    return {
      ...wishes,
      rung: true,
      catchUpWanted: wishes.catchUpWanted || ended.catchUp,
      windowOpenedAt: ended.openedAt,
      windowClosesAt: ended.closedAt,
    };
  }
}
