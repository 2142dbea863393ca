import type { BlameLine } from './clone-types.ts';
import { timeOf } from './log-stream.ts';

type Facts = Pick<BlameLine, 'author' | 'authoredAt'>;

/**
 * Parses the output of `git blame --porcelain`: the commit of each line, the details of a commit
 * when it first occurs, and the line itself after a tab. Nothing else starts with a tab.
 */
export function parseBlame(output: Buffer): BlameLine[] {
  const lines: BlameLine[] = [];
  const commits = new Map<string, Facts>();
  let facts: Facts = newFacts();
  let sha = '';
  let line = 0;
  for (const text of output.toString().split('\n')) {
    if (text.startsWith('\t')) {
      lines.push({ line, sha, ...facts, text: text.slice(1) });
      continue;
    }
    const [key = '', ...rest] = text.split(' ');
    const value = rest.join(' ');
    if (/^[0-9a-f]{40}$/.test(key)) {
      sha = key;
      line = Number(rest[1]);
      facts = commits.get(sha) ?? newFacts();
      commits.set(sha, facts);
    } else if (key === 'author') facts.author.name = value;
    else if (key === 'author-mail') facts.author.email = value.replace(/^<|>$/g, '');
    else if (key === 'author-time') facts.authoredAt = timeOf(value);
  }
  return lines;
}

function newFacts(): Facts {
  return { author: { name: '', email: '' }, authoredAt: new Date(0) };
}
