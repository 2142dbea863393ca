import { warning, type Found } from '../check.ts';

/** That something could not be looked at because the database has to be mended first. */
export function databaseNotUsable(what: string): Found {
  return warning(
    `${what} was not looked at, because the database cannot be used.`,
    'Mend what is said about the database, and look again.',
  );
}
