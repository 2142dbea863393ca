import type { StreamTrailers } from '../../model/streams/commit.ts';
import { usualStyle, type CommitStyle } from '../../model/streams/commit-style.ts';
import { cut } from '../../model/text/outside-text.ts';
import type { CommitMessage } from '../types.ts';
import { formatTrailers } from './trailers.ts';

/**
 * Formats a commit's message as Git stores it: subject, body, and the trailers as the last
 * paragraph.
 */
export function formatMessage(
  message: Pick<CommitMessage, 'subject' | 'body' | 'coAuthors' | 'reviewers'>,
  trailers: StreamTrailers,
  style: Pick<CommitStyle, 'prefix' | 'suffix'> = usualStyle,
): string {
  const subject = styled(oneLine(message.subject) || 'Update', style);
  const body = withoutNul(message.body)
    .replace(/\r\n?/g, '\n')
    .replace(/[ \t]+$/gm, '')
    .replace(/^\n+|\n+$/g, '');
  const paragraphs = [subject, body, formatTrailers(trailers, message)];
  return `${paragraphs.filter((text) => text !== '').join('\n\n')}\n`;
}

/** How long a subject with a prefix or a suffix may be, in characters. */
const longestSubject = 72;

/** The subject with what goes before and after it. Only the subject is cut if they are too long together. */
function styled(subject: string, style: Pick<CommitStyle, 'prefix' | 'suffix'>): string {
  const [prefix, suffix] = [oneLine(style.prefix), oneLine(style.suffix)];
  if (prefix === '' && suffix === '') return subject;
  const around = [prefix, suffix].reduce(
    (sum, text) => sum + (text === '' ? 0 : text.length + 1),
    0,
  );
  const within = cut(subject, Math.max(longestSubject - around, 20));
  return [prefix, within, suffix].filter((text) => text !== '').join(' ');
}

function oneLine(text: string): string {
  return withoutNul(text).replace(/\s+/g, ' ').trim();
}

/** The fsck of Git hosts refuses a commit that contains a NUL. */
function withoutNul(text: string): string {
  return text.replaceAll('\0', '\uFFFD');
}
