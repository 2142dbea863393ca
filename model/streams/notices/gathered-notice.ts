import { cut } from '../../text/outside-text.ts';
import type { NoticeFacts, NoticeText } from '../notice.ts';
import { oneLine } from '../notice-subject.ts';
import type { NoticeKind } from '../outage.ts';
import { paragraphs, utc } from './notice-words.ts';
import type { CauseWords } from './outage-cause.ts';

/** How many outages a message lists. */
export const mostListed = 50;

/** Slack and Teams cut longer paragraphs than ten such lines. */
const linesOfParagraph = 10;
const longestName = 100;

/** Outages of which one message tells. */
export interface Gathered {
  kind: NoticeKind;
  /** What they have in common; `null` if that is no longer one cause. */
  cause: CauseWords | null;
  /** At least one, the oldest first, and at most {@link mostListed}. */
  listed: NoticeFacts[];
  /** How many there are, by the word for each. */
  counts: Record<string, number>;
  /** Since when the oldest lasts. */
  since: Date;
}

/** The message of several outages: how many, why, the list, and what to do. */
export function composeGathered(gathered: Gathered): NoticeText {
  return gathered.kind === 'recovered' ? recovery(gathered) : trouble(gathered);
}

function trouble(gathered: Gathered): NoticeText {
  const { kind, cause, since, listed, counts } = gathered;
  const [first] = listed;
  const what = cause === null ? 'fail' : `${cause.name} ${cause.trouble}`;
  const sinceInSubject = kind === 'escalated' ? ` (since ${utc(since)})` : '';
  return {
    subject: oneLine(`[Gitward] ${counted(counts)}: ${what}${sinceInSubject}`),
    text: paragraphs([
      `${upper(what)}. For that reason ${counted(counts)} fail, the first since ${utc(since)}.`,
      ...list(gathered, ({ since: from }) => `since ${utc(from)}`),
      ...(first === undefined ? [] : [`Reason of the first (${first.code}): ${first.message}`]),
      'Everything accepted is kept in the database and will be sent when this works again.',
      ...(cause === null ? [] : [`What to do: ${cause.advice}`]),
      'Others that fail for the same reason in the next hours are not told of each: `gitward status` lists all.',
    ]),
  };
}

function recovery(gathered: Gathered): NoticeText {
  const { cause, counts } = gathered;
  const because = cause === null ? '' : ` They failed because ${cause.name} ${past(cause)}.`;
  return {
    subject: oneLine(
      `[Gitward] Working again: ${counted(counts)}${cause === null ? '' : ` (${cause.name})`}`,
    ),
    text: paragraphs([
      `${counted(counts)} are working again.${because}`,
      ...list(
        gathered,
        ({ since, endedAt }) =>
          `failed from ${utc(since)}${endedAt === null ? '' : ` until ${utc(endedAt)}`}`,
      ),
      'Nothing was lost, and there is nothing for you to do.',
    ]),
  };
}

/** The list, in paragraphs that no channel cuts. */
function list({ listed, counts }: Gathered, when: (facts: NoticeFacts) => string): string[] {
  const lines = listed.map((facts) => {
    const { subject, waiting } = facts;
    const plural = waiting === 1 ? subject.item : `${subject.item}s`;
    const waits = waiting === 0 ? '' : `, ${waiting} ${plural} waiting`;
    return `- ${cut(subject.label, longestName)}, ${when(facts)}${waits}`;
  });
  const more = totalOf(counts) - listed.length;
  if (more > 0) lines.push(`and ${more} more`);
  const count = Math.ceil(lines.length / linesOfParagraph);
  return Array.from({ length: count }, (_, at) =>
    lines.slice(at * linesOfParagraph, (at + 1) * linesOfParagraph).join('\n'),
  );
}

/** `50 mirrors and 1 space`. */
function counted(counts: Gathered['counts']): string {
  return Object.entries(counts)
    .map(([word, count]) => `${count} ${word}${count === 1 ? '' : 's'}`)
    .join(' and ');
}

function totalOf(counts: Gathered['counts']): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

function past({ trouble: words }: CauseWords): string {
  return words.replace(/^cannot be/, 'could not be').replace(/^is /, 'was ');
}

function upper(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
