import type { MirrorKey } from '../../model/mirror/ids.ts';
import type { StreamState } from '../../model/streams/state.ts';
import type { NoticeKind, OutageView } from '../../model/streams/outage.ts';

/*
 * What the Temporal UI shows beside timers and activities: read from top to bottom, a history tells
 * whoever is on call what happened.
 */

/** What admins are being told. */
export const noticeSummaries: Record<NoticeKind, string> = {
  person_needed: 'Tell the admins that this needs a person',
  escalated: 'Tell the admins that the outage lasts',
  recovered: 'Tell the admins that it works again',
};

/** Milliseconds in the largest units that fit: `3 h`, `1 h 30 min`, `30 s`. */
export function span(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  const parts: [number, string][] = [
    [Math.floor(seconds / 3600), 'h'],
    [Math.floor((seconds % 3600) / 60), 'min'],
    [seconds % 60, 's'],
  ];
  const told = parts.filter(([count]) => count > 0).slice(0, 2);
  return told.length === 0 ? '0 s' : told.map(([count, unit]) => `${count} ${unit}`).join(' ');
}

/** A window that became a batch, or a comparison with the source. */
export function windowSummary(window: {
  openedAt: number;
  closedAt: number;
  catchUp: boolean;
}): string {
  return window.catchUp
    ? 'Read the project, and look for what nobody told'
    : `Read the project, and make a batch of the last ${span(window.closedAt - window.openedAt)}`;
}

/** What a delivery is about to do; in an outage, the how manieth attempt it is. */
export function deliverySummary(
  view: { initialized: boolean; resync: boolean; ending?: boolean; waitingBatches: number } | null,
  outage: OutageView | null,
): string {
  return attemptSummary(deliveryWork(view), outage);
}

/** A piece of work; in an outage, the how manieth attempt at it. */
function attemptSummary(work: string, outage: OutageView | null): string {
  return outage === null
    ? work
    : `Attempt ${outage.attempts + 1}: ${work.charAt(0).toLowerCase()}${work.slice(1)}`;
}

/** What a sync of a space is about to do; in an outage, the how manieth attempt it is. */
export function syncSummary(
  { initialized, saves }: { initialized: boolean; saves: boolean },
  outage: OutageView | null,
): string {
  if (!initialized) return attemptSummary('Read the whole branch', outage);
  return attemptSummary(
    saves ? 'Look at the branch, and send what waits' : 'Look at the branch',
    outage,
  );
}

function deliveryWork(view: Parameters<typeof deliverySummary>[0]): string {
  if (view?.ending)
    return view.waitingBatches > 0 ? 'The branch is gone: send what is left' : 'End the mirror';
  if (view?.resync)
    return view.initialized
      ? 'Render everything, and send what the repository lacks'
      : 'Make the first commit';
  const batches = view?.waitingBatches ?? 0;
  if (batches === 0) return 'Look whether the branch is as we left it';
  return batches === 1 ? 'Send one batch' : `Send ${batches} batches`;
}

const stateWords: Record<StreamState, string> = {
  ended: 'The mirror has ended.',
  paused: 'Paused: changes are accepted, and nothing is sent until it is resumed.',
  held: 'Held: the repository is not as we left it, and only a person can say what is right.',
  escalated: 'Escalated: the outage lasts, and the admins are told.',
  retrying: 'Retrying: an attempt failed, and the next one comes by itself.',
  initializing: 'Initializing: the first commit is being made.',
  syncing: 'Syncing: batches are being sent.',
  pending: 'Pending: changes gather until their window ends.',
  synced: 'Synced: Git holds everything that was accepted.',
};

const spaceWords: Record<StreamState, string> = {
  ...stateWords,
  ended: 'The space has ended.',
  paused: 'Paused: saves are accepted, and nothing is sent or read until it is resumed.',
  initializing: 'Initializing: the branch is being read for the first time.',
  syncing: 'Syncing: the branch is being read, and what waits is being sent.',
  pending: 'Pending: saves gather until their window ends.',
  synced: 'Synced: the database and Git hold the same.',
};

/** How a mirror stands, in Markdown: what is the matter, since when, and what to do about it. */
export function currentDetails(
  { projectId, branchId }: MirrorKey,
  state: StreamState,
  outage: OutageView | null,
  waiting: number,
): string {
  return details({
    words: stateWords[state],
    waiting: [counted(waiting, 'change waits', 'changes wait')],
    // A delivery of the whole tree reads the project too.
    trouble:
      outage?.lane === 'source' || outage?.code.startsWith('source_')
        ? 'The project cannot be read'
        : 'Delivery does not work',
    outage,
    retry: `gitward mirrors retry ${projectId} ${branchId}`,
  });
}

/** As {@link currentDetails}, of a space. */
export function spaceDetails(
  spaceId: string,
  state: StreamState,
  outage: OutageView | null,
  { waitingSaves, openConflicts }: { waitingSaves: number; openConflicts: number },
): string {
  const waiting = [counted(waitingSaves, 'save waits', 'saves wait')];
  if (openConflicts > 0)
    waiting.push(
      `${counted(openConflicts, 'conflict waits', 'conflicts wait').slice(0, -1)} for a person.`,
    );
  return details({
    words: spaceWords[state],
    waiting,
    trouble: 'The space and its branch cannot be brought together',
    outage,
    retry: `gitward knowledge spaces retry ${spaceId}`,
  });
}

function counted(count: number, one: string, many: string): string {
  return `${count === 1 ? `1 ${one}` : `${count} ${many}`}.`;
}

function details(facts: {
  words: string;
  waiting: string[];
  /** What the outage is, should there be one. */
  trouble: string;
  outage: OutageView | null;
  retry: string;
}): string {
  const { words, waiting, trouble, outage, retry } = facts;
  const [word = '', ...rest] = words.split(':');
  const lines = [`**${word}**${rest.length > 0 ? ':' : ''}${rest.join(':')}`, ...waiting];
  if (outage !== null) {
    const next =
      outage.nextAttemptAt === null ? '' : `; the next attempt is at ${utc(outage.nextAttemptAt)}`;
    lines.push(
      `${trouble} since ${utc(outage.since)}, ` +
        `${outage.attempts === 1 ? '1 attempt' : `${outage.attempts} attempts`}${next}.`,
      // Text from outside stays text: no links, no headings.
      `Reason: \`${outage.code}\`\n\n\`\`\`\n${outage.message.replaceAll('`', "'")}\n\`\`\``,
      `Try again now: \`${retry}\``,
    );
  }
  return lines.join('\n\n');
}

function utc(time: string): string {
  return `${time.slice(0, 19).replace('T', ' ')} UTC`;
}
