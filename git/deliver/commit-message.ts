import type { PlannedCommit } from '../types.ts';
import { formatTrailers } from './trailers.ts';

/** The message of a planned commit: subject, body, and the trailers as the last paragraph. */
export function commitMessage(
  commit: Pick<PlannedCommit, 'subject' | 'body' | 'trailers' | 'coAuthors'>,
): string {
  const subject = oneLine(commit.subject) || 'Update';
  const body = withoutNul(commit.body)
    .replace(/\r\n?/g, '\n')
    .replace(/[ \t]+$/gm, '')
    .replace(/^\n+|\n+$/g, '');
  const paragraphs = [subject, body, formatTrailers(commit.trailers, commit.coAuthors)];
  return `${paragraphs.filter((text) => text !== '').join('\n\n')}\n`;
}

function oneLine(text: string): string {
  return withoutNul(text).replace(/\s+/g, ' ').trim();
}

/** Hosts' fsck refuses a commit with a NUL in it. */
function withoutNul(text: string): string {
  return text.replaceAll('\0', '\uFFFD');
}
