import type { StreamState } from '../../model/streams/state.ts';
import type { NoticeKind, OutageView } from '../../model/streams/outage.ts';

/*
 * What the Temporal UI shows next to timers and activities: read from top to bottom, a history tells
 * whoever is on call what happened. Each product has its own words in addition to these.
 */

/** Why a stream's row is read. */
export const readingSummaries = {
  start: 'Read the current settings and state',
  changed: 'Something was changed: read the settings and state again',
};

/** What a notice tells the admins. */
export const noticeSummaries: Record<NoticeKind, string> = {
  person_needed: 'Tell the admins that a person is needed',
  escalated: 'Tell the admins that the outage continues',
  recovered: 'Tell the admins that it works again',
  found: 'Tell the admins what was found',
};

/** The states that are described in the same words for every product. */
export const troubleWords: Record<'held' | 'escalated' | 'retrying', string> = {
  held: 'Held: the repository is not as we left it, and only a person can decide what is right.',
  escalated: 'Escalated: the outage continues, and the admins were notified.',
  retrying: 'Retrying: an attempt failed, and the next one follows automatically.',
};

/** Milliseconds in at most two units, the largest that fit: `3 h`, `1 h 30 min`, `30 s`. */
export function span(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  const parts: [number, string][] = [
    [Math.floor(seconds / 3600), 'h'],
    [Math.floor((seconds % 3600) / 60), 'min'],
    [seconds % 60, 's'],
  ];
  const largest = parts.filter(([count]) => count > 0).slice(0, 2);
  return largest.length === 0
    ? '0 s'
    : largest.map(([count, unit]) => `${count} ${unit}`).join(' ');
}

/** A piece of work; during an outage with the attempt's number. */
export function attemptSummary(work: string, outage: OutageView | null): string {
  return outage === null
    ? work
    : `Attempt ${outage.attempts + 1}: ${work.charAt(0).toLowerCase()}${work.slice(1)}`;
}

/** `1 change is waiting`, `2 changes are waiting`. */
export function counted(count: number, one: string, many: string): string {
  return count === 1 ? `1 ${one}` : `${count} ${many}`;
}

/** A stream's status, in Markdown: what is wrong, since when, and what to do about it. */
export function details(facts: {
  words: Record<StreamState, string>;
  state: StreamState;
  /** Sentences about what is waiting. */
  waiting: string[];
  /** What does not work during an outage. */
  trouble: string;
  outage: OutageView | null;
  /** The command that requests an attempt. */
  retry: string;
}): string {
  const { words, state, waiting, trouble, outage, retry } = facts;
  const [word = '', ...rest] = words[state].split(':');
  const lines = [`**${word}**${rest.length > 0 ? ':' : ''}${rest.join(':')}`, ...waiting];
  if (outage !== null) {
    const next =
      outage.nextAttemptAt === null ? '' : `; the next attempt is at ${utc(outage.nextAttemptAt)}`;
    lines.push(
      `${trouble}: ${counted(outage.attempts, 'attempt', 'attempts')} since ${utc(outage.since)}${next}.`,
      // Keeps text from outside from becoming links or headings.
      `Reason: \`${outage.code}\`\n\n\`\`\`\n${outage.message.replaceAll('`', "'")}\n\`\`\``,
      `Try again now: \`${retry}\``,
    );
  }
  return lines.join('\n\n');
}

function utc(time: string): string {
  return `${time.slice(0, 19).replace('T', ' ')} UTC`;
}
