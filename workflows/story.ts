import type { MirrorKey } from '../model/ids.ts';
import type { MirrorState } from '../model/mirror.ts';
import type { NoticeKind, OutageView } from '../model/outage.ts';

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
  const work = deliveryWork(view);
  return outage === null
    ? work
    : `Attempt ${outage.attempts + 1}: ${work.charAt(0).toLowerCase()}${work.slice(1)}`;
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

const stateWords: Record<MirrorState, string> = {
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

/** How a mirror stands, in Markdown: what is the matter, since when, and what to do about it. */
export function currentDetails(
  { projectId, branchId }: MirrorKey,
  state: MirrorState,
  outage: OutageView | null,
  waiting: number,
): string {
  const [word = '', ...rest] = stateWords[state].split(':');
  const lines = [`**${word}**${rest.length > 0 ? ':' : ''}${rest.join(':')}`];
  lines.push(waiting === 1 ? '1 change waits.' : `${waiting} changes wait.`);
  if (outage !== null) {
    // A delivery of the whole tree reads the project too.
    const what =
      outage.lane === 'source' || outage.code.startsWith('source_')
        ? 'The project cannot be read'
        : 'Delivery does not work';
    const next =
      outage.nextAttemptAt === null ? '' : `; the next attempt is at ${utc(outage.nextAttemptAt)}`;
    lines.push(
      `${what} since ${utc(outage.since)}, ` +
        `${outage.attempts === 1 ? '1 attempt' : `${outage.attempts} attempts`}${next}.`,
      // Text from outside stays text: no links, no headings.
      `Reason: \`${outage.code}\`\n\n\`\`\`\n${outage.message.replaceAll('`', "'")}\n\`\`\``,
      `Try again now: \`gitward mirrors retry ${projectId} ${branchId}\``,
    );
  }
  return lines.join('\n\n');
}

function utc(time: string): string {
  return `${time.slice(0, 19).replace('T', ' ')} UTC`;
}
