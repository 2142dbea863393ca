import { readVersion } from '../version.ts';

/** What became of a part. */
export interface Listed {
  file: string;
  about: string;
  /** Bytes; `null` if it was left out. */
  size: number | null;
  /** Why it was left out, or `null`. */
  why: string | null;
}

/** The list of what is in a bundle, and of what is not. */
export function contentsText(listed: readonly Listed[], redactionNote: string): string {
  const inside = listed.filter(({ why }) => why === null);
  const out = listed.filter(({ why }) => why !== null);
  return [
    '# Support bundle of Gitward',
    '',
    `Made by Gitward ${readVersion()} at ${new Date().toISOString()}. Read it before you pass it on.`,
    '',
    '## What is in it',
    '',
    ...inside.map(({ file, about, size }) => `- \`${file}\` (${size ?? 0} bytes): ${about}`),
    '',
    '## What was left out',
    '',
    ...out.map(({ file, about, why }) => `- \`${file}\`: ${about}. ${why ?? ''}`),
    "- Contents: no entry, save, draft, file of a repository, event or sample is in any of these files; nor are tokens, sessions, people's addresses to which notices went, or credentials.",
    "- The logs of Gitward's own processes: they go to standard error, and whoever started these keeps them.",
    '',
    '## What was redacted',
    '',
    redactionNote,
    'Each is replaced by `[redacted]` or `[secret]`. Names of mirrors, spaces and people, addresses of repositories, and what hosts and servers said are as they were.',
    '',
  ].join('\n');
}
