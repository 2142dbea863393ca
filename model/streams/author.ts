/** A person or a machine as Git names it. */
export interface Person {
  name: string;
  email: string;
}

/** The committer, and the author if no other is known. */
export const gitward: Person = { name: 'Gitward', email: 'gitward@localhost' };

const emailPattern = /^[^\s@<>,;]+@[^\s@<>,;]+$/;

/**
 * The Git author for an event's `author`. An e-mail address becomes both name and e-mail; other text
 * becomes the name, with an undeliverable address (RFC 2606's `.invalid`); no text becomes Gitward.
 * Characters that Git does not allow in a name (`<`, `>`, line ends, other controls) are dropped.
 */
export function personFrom(author: string | null | undefined): Person {
  const text = (author ?? '')
    .replace(/[<>\p{Cc}\p{Surrogate}]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  // Git strips these from both ends of a name, so a name with nothing else would be empty.
  const stripped = text.replace(/^[\s.,:;"'\\]+|[\s.,:;"'\\]+$/g, '');
  // Cut by code points: databases and hosts do not accept half an emoji.
  const name = Array.from(stripped).slice(0, 200).join('');
  if (name === '') return gitward;
  if (emailPattern.test(name)) return { name, email: name };
  const local = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .toLowerCase();
  return { name, email: `${local === '' ? 'unknown' : local}@users.gitward.invalid` };
}

/** Whether Git considers two persons the same. */
export function samePerson(a: Person, b: Person): boolean {
  return a.name === b.name && a.email === b.email;
}
