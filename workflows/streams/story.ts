import type { StreamState } from '../../model/streams/state.ts';
import type { NoticeKind, OutageView } from '../../model/streams/outage.ts';

/*
 * What the Temporal UI shows beside timers and activities: read from top to bottom, a history tells
 * whoever is on call what happened. Each product has its own words beside these.
 */

/** Why a stream's row is read. */
export const readingSummaries = {
  start: 'Read how things stand',
  changed: 'Something was changed: read how things stand',
};

/** What admins are being told. */
export const noticeSummaries: Record<NoticeKind, string> = {
  person_needed: 'Tell the admins that a person is needed',
  escalated: 'Tell the admins that the outage goes on',
  recovered: 'Tell the admins that it works again',
};

/** The states that have the same words whatever the stream delivers. */
export const troubleWords: Record<'held' | 'escalated' | 'retrying', string> = {
  held: 'Held: the repository is not as we left it, and only a person can say what is right.',
  escalated: 'Escalated: the outage goes on, and the admins were told.',
  retrying: 'Retrying: an attempt failed, and the next one comes by itself.',
};

/** Milliseconds in the largest units that fit: `3 h`, `1 h 30 min`, `30 s`. */
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

/** A piece of work; in an outage with the attempt's number. */
export function attemptSummary(work: string, outage: OutageView | null): string {
  return outage === null
    ? work
    : `Attempt ${outage.attempts + 1}: ${work.charAt(0).toLowerCase()}${work.slice(1)}`;
}

/** `1 change waits`, `2 changes wait`. */
export function counted(count: number, one: string, many: string): string {
  return count === 1 ? `1 ${one}` : `${count} ${many}`;
}

/** How a stream stands, in Markdown: what is the matter, since when, and what to do about it. */
export function details(facts: {
  words: Record<StreamState, string>;
  state: StreamState;
  /** Sentences about what waits. */
  waiting: string[];
  /** What the outage means, should there be one. */
  trouble: string;
  outage: OutageView | null;
  /** The command that asks for an attempt. */
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
