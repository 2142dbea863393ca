import type { OutageView } from '../../model/streams/outage.ts';
import type { StreamState } from '../../model/streams/state.ts';
import { attemptSummary, counted, details, troubleWords } from '../streams/story.ts';

/** What a sync of a space is about to do; during an outage with the attempt's number. */
export function syncSummary(
  { initialized, saves }: { initialized: boolean; saves: boolean },
  outage: OutageView | null,
): string {
  if (!initialized) return attemptSummary('Read the whole branch', outage);
  const work = saves ? 'Check the branch, and send what is waiting' : 'Check the branch';
  return attemptSummary(work, outage);
}

const words: Record<StreamState, string> = {
  ...troubleWords,
  ended: 'The space has ended.',
  paused: 'Paused: saves are accepted, but nothing is sent or read until the space is resumed.',
  initializing: 'Initializing: the branch is being read for the first time.',
  syncing: 'Syncing: the branch is being read, and waiting saves are being sent.',
  pending: 'Pending: saves are collected until their window ends.',
  synced: 'Synced: the database and Git are the same.',
};

/** The status of a space, in Markdown. */
export function spaceDetails(
  spaceId: string,
  state: StreamState,
  outage: OutageView | null,
  { waitingSaves, openConflicts }: { waitingSaves: number; openConflicts: number },
): string {
  const waiting = [`${counted(waitingSaves, 'save is waiting', 'saves are waiting')}.`];
  if (openConflicts > 0)
    waiting.push(
      `${counted(openConflicts, 'conflict needs', 'conflicts need')} a person's decision.`,
    );
  return details({
    words,
    state,
    waiting,
    trouble: 'The space cannot be synced with its branch',
    outage,
    retry: `gitward knowledge spaces retry ${spaceId}`,
  });
}
