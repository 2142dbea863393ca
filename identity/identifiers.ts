import { SignInRefused } from '../model/access/open-id-connect.ts';

/** At most 255 ASCII characters (OpenID Connect Core, section 2, of `sub`). */
const identifier = /^[\u0020-\u007e]{1,255}$/;

/** The id of a session in a claim, or `null`. */
export function identifierIn(claim: unknown): string | null {
  return typeof claim === 'string' && identifier.test(claim) ? claim : null;
}

/** The id of a person in a claim; throws `SignInRefused` if it is none. */
export function subjectIn(claim: unknown): string {
  const subject = identifierIn(claim);
  if (subject !== null) return subject;
  throw new SignInRefused("The person's id is not one of at most 255 ASCII characters.");
}
