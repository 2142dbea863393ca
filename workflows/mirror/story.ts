import type { MirrorKey } from '../../model/mirror/ids.ts';
import type { OutageView } from '../../model/streams/outage.ts';
import type { StreamState } from '../../model/streams/state.ts';
import { attemptSummary, counted, details, span, troubleWords } from '../streams/story.ts';

/** What making a window's batch is about to do: read the changes, or compare everything with the source. */
export function windowSummary(window: {
  openedAt: number;
  closedAt: number;
  catchUp: boolean;
}): string {
  return window.catchUp
    ? 'Read the whole project, and look for changes that no event reported'
    : `Read the project, and make a batch of the last ${span(window.closedAt - window.openedAt)}`;
}

/** What a delivery is about to do; during an outage with the attempt's number. */
export function deliverySummary(
  view: { initialized: boolean; resync: boolean; ending?: boolean; waitingBatches: number } | null,
  outage: OutageView | null,
): string {
  return attemptSummary(deliveryWork(view), outage);
}

function deliveryWork(view: Parameters<typeof deliverySummary>[0]): string {
  if (view?.ending)
    return view.waitingBatches > 0
      ? 'The branch no longer exists: send what is left'
      : 'End the mirror';
  if (view?.resync)
    return view.initialized
      ? 'Resync: render everything, and send the difference'
      : 'Make the first commit';
  const batches = view?.waitingBatches ?? 0;
  if (batches === 0) return 'Check that the branch is as we left it';
  return batches === 1 ? 'Send one batch' : `Send ${batches} batches`;
}

const words: Record<StreamState, string> = {
  ...troubleWords,
  ended: 'The mirror has ended.',
  paused: 'Paused: changes are accepted, but nothing is sent until the mirror is resumed.',
  initializing: 'Initializing: the first commit is being made.',
  syncing: 'Syncing: batches are being sent.',
  pending: 'Pending: changes are collected until their window ends.',
  synced: 'Synced: everything that was accepted is in Git.',
};

/** The status of a mirror, in Markdown. `waiting` is the number of changes accepted but not delivered. */
export function mirrorDetails(
  { projectId, branchId }: MirrorKey,
  state: StreamState,
  outage: OutageView | null,
  waiting: number,
): string {
  // A resync in the repository lane also reads the project.
  const unreadable = outage?.lane === 'source' || outage?.code.startsWith('source_');
  return details({
    words,
    state,
    waiting: [`${counted(waiting, 'change is waiting', 'changes are waiting')}.`],
    trouble: unreadable ? 'The project cannot be read' : 'Delivery does not work',
    outage,
    retry: `gitward mirrors retry ${projectId} ${branchId}`,
  });
}
