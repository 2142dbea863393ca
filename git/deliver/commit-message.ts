import type { StreamTrailers } from '../../model/streams/commit.ts';
import type { CommitMessage } from '../types.ts';
import { formatTrailers } from './trailers.ts';

/**
 * Formats a commit's message as Git stores it: subject, body, and the trailers as the last
 * paragraph.
 */
export function formatMessage(
  message: Pick<CommitMessage, 'subject' | 'body' | 'coAuthors'>,
  trailers: StreamTrailers,
): string {
  const subject = oneLine(message.subject) || 'Update';
  const body = withoutNul(message.body)
    .replace(/\r\n?/g, '\n')
    .replace(/[ \t]+$/gm, '')
    .replace(/^\n+|\n+$/g, '');
  const paragraphs = [subject, body, formatTrailers(trailers, message.coAuthors)];
  return `${paragraphs.filter((text) => text !== '').join('\n\n')}\n`;
}

function oneLine(text: string): string {
  return withoutNul(text).replace(/\s+/g, ' ').trim();
}

/** The fsck of Git hosts refuses a commit that contains a NUL. */
function withoutNul(text: string): string {
  return text.replaceAll('\0', '\uFFFD');
}
