import { timeOf } from './log-stream.ts';
import type { CommitFacts } from './reading-types.ts';

const longestSubject = 1_000;
const longestBody = 64 * 1024;

/** Reads a commit object as Git stores it. A header that is missing or has no meaning gives an empty value. */
export function parseCommit(sha: string, content: Buffer): CommitFacts {
  const text = content.toString('utf8');
  const end = text.indexOf('\n\n');
  const header = end === -1 ? text : text.slice(0, end);
  const message = end === -1 ? '' : text.slice(end + 2).trim();
  const author = person(field(header, 'author'));
  const lineEnd = message.indexOf('\n');
  const subject = lineEnd === -1 ? message : message.slice(0, lineEnd);
  return {
    sha,
    tree: field(header, 'tree'),
    parent: field(header, 'parent') || null,
    author: author.who,
    authoredAt: author.at,
    committedAt: person(field(header, 'committer')).at,
    subject: subject.slice(0, longestSubject),
    body: lineEnd === -1 ? '' : message.slice(lineEnd + 1, lineEnd + 1 + longestBody).trim(),
  };
}

/** The first value of a header. */
function field(header: string, name: string): string {
  const start = header.startsWith(`${name} `) ? 0 : header.indexOf(`\n${name} `) + 1;
  if (start === 0 && !header.startsWith(`${name} `)) return '';
  const end = header.indexOf('\n', start);
  return header.slice(start + name.length + 1, end === -1 ? undefined : end);
}

/** `Name <email> <seconds> <zone>`. */
function person(text: string): { who: CommitFacts['author']; at: Date } {
  const close = text.lastIndexOf('>');
  const open = text.lastIndexOf('<', close);
  const seconds = text
    .slice(close + 1)
    .trim()
    .split(' ', 1)[0];
  if (open === -1) return { who: { name: text.slice(0, 200), email: '' }, at: timeOf(seconds) };
  const who = { name: text.slice(0, open).trim(), email: text.slice(open + 1, close) };
  return { who, at: timeOf(seconds) };
}
