/** A person or a machine as Git names it. */
export interface Person {
  name: string;
  email: string;
}

/** Who commits, and who is named when nobody else is known. */
export const gitward: Person = { name: 'Gitward', email: 'gitward@localhost' };

const emailPattern = /^[^\s@<>,;]+@[^\s@<>,;]+$/;

/**
 * The Git author of an event's `author`: an e-mail address is name and e-mail; other text is the
 * name, with an address that cannot be delivered to (RFC 2606's `.invalid`); nothing is Gitward.
 * Characters that Git cannot hold in a name (`<`, `>`, line ends, other controls) are dropped.
 */
export function personFrom(author: string | null | undefined): Person {
  const text = (author ?? '')
    .replace(/[<>\p{Cc}\p{Surrogate}]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  // Git itself strips these from both ends of a name; a name of nothing else is none.
  const stripped = text.replace(/^[\s.,:;"'\\]+|[\s.,:;"'\\]+$/g, '');
  // By code points: half of an emoji is no text that a database or a host takes.
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

/** Whether two persons are one to Git. */
export function samePerson(a: Person, b: Person): boolean {
  return a.name === b.name && a.email === b.email;
}
