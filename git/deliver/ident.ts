import type { Person } from '../../model/streams/author.ts';

/**
 * `Name <email> seconds +0000`, as in a commit object. Characters that Git does not allow in an
 * identity are removed here again, because the host's fsck would refuse the whole push because of
 * them.
 */
export function formatIdent({ name, email }: Person, seconds: number): string {
  const cleanEmail = clean(email).replaceAll(' ', '');
  return `${clean(name) || cleanEmail || 'Unknown'} <${cleanEmail}> ${seconds} +0000`;
}

/** A person as git takes them for a commit. */
export function cleanPerson({ name, email }: Person): Person {
  const cleanEmail = clean(email).replaceAll(' ', '');
  return { name: clean(name) || cleanEmail || 'Unknown', email: cleanEmail };
}

/** A person as the value of a trailer: `Name <email>` on one line. */
export function formatPerson({ name, email }: Person): string {
  const cleanEmail = clean(email).replaceAll(' ', '');
  return `${clean(name) || cleanEmail || 'Unknown'} <${cleanEmail}>`;
}

/**
 * Whole seconds since 1970, the unit of commit times. Git cannot store earlier times, so they
 * become 0.
 */
export function wholeSeconds(time: Date): number {
  const seconds = Math.floor(time.getTime() / 1000);
  if (!Number.isSafeInteger(seconds)) throw new RangeError('A commit was planned without a time.');
  return Math.max(0, seconds);
}

/** The end of the year 9999: hosts refuse later times, and dates of four digits cannot name them. */
const latest = 253_402_300_799;

/**
 * The committer date of somebody's commit, in seconds since 1970. Anybody can write anything there, and what is built
 * on the commit must have a valid time: what is no time becomes 0, and later ones become the end of the year 9999.
 */
export function readSeconds(text: string | undefined): number {
  const seconds = Number(text);
  return Number.isFinite(seconds) ? Math.min(Math.max(Math.floor(seconds), 0), latest) : 0;
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
