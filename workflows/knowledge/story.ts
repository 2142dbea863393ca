import type { OutageView } from '../../model/streams/outage.ts';
import type { StreamState } from '../../model/streams/state.ts';
import { attemptSummary, counted, details, troubleWords } from '../streams/story.ts';

/** What a sync of a space is about to do; in an outage with the attempt's number. */
export function syncSummary(
  { initialized, saves }: { initialized: boolean; saves: boolean },
  outage: OutageView | null,
): string {
  if (!initialized) return attemptSummary('Read the whole branch', outage);
  const work = saves ? 'Look at the branch, and send what waits' : 'Look at the branch';
  return attemptSummary(work, outage);
}

const words: Record<StreamState, string> = {
  ...troubleWords,
  ended: 'The space has ended.',
  paused: 'Paused: saves are accepted, and nothing is sent or read until it is resumed.',
  initializing: 'Initializing: the branch is being read for the first time.',
  syncing: 'Syncing: the branch is being read, and what waits is being sent.',
  pending: 'Pending: saves gather until their window ends.',
  synced: 'Synced: the database and Git hold the same.',
};

/** How a space stands, in Markdown. */
export function spaceDetails(
  spaceId: string,
  state: StreamState,
  outage: OutageView | null,
  { waitingSaves, openConflicts }: { waitingSaves: number; openConflicts: number },
): string {
  const waiting = [`${counted(waitingSaves, 'save waits', 'saves wait')}.`];
  if (openConflicts > 0)
    waiting.push(`${counted(openConflicts, 'conflict waits', 'conflicts wait')} for a person.`);
  return details({
    words,
    state,
    waiting,
    trouble: 'The space and its branch cannot be brought together',
    outage,
    retry: `gitward knowledge spaces retry ${spaceId}`,
  });
}
