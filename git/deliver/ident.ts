import type { Person } from '../../model/streams/author.ts';

/**
 * `Name <email> seconds +0000`, as a commit object has it. What Git cannot hold in an identity is
 * dropped here once more, since a host's fsck would refuse the whole push for it.
 */
export function formatIdent({ name, email }: Person, seconds: number): string {
  const cleanEmail = clean(email).replaceAll(' ', '');
  return `${clean(name) || cleanEmail || 'Unknown'} <${cleanEmail}> ${seconds} +0000`;
}

/** A person as a trailer's value: `Name <email>` on one line. */
export function formatPerson({ name, email }: Person): string {
  const cleanEmail = clean(email).replaceAll(' ', '');
  return `${clean(name) || cleanEmail || 'Unknown'} <${cleanEmail}>`;
}

/** Whole seconds since 1970, as commits count time; earlier times, which Git cannot hold, are 0. */
export function wholeSeconds(time: Date): number {
  const seconds = Math.floor(time.getTime() / 1000);
  if (!Number.isSafeInteger(seconds)) throw new RangeError('A commit was planned without a time.');
  return Math.max(0, seconds);
}

function clean(text: string): string {
  return (
    text
      // eslint-disable-next-line no-control-regex -- controls are what is being dropped
      .replace(/[<>\u0000-\u001f\u007f]+/g, ' ')
      .replace(/\s+/g, ' ')
      .trim()
  );
}
