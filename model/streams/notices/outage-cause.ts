import type { FailureCode } from '../errors.ts';
import type { LaneName } from '../outage.ts';

/**
 * Why outages of several streams began together: the host of their repositories, the host's API of reviews, the platform of
 * their projects, or their credential (for repositories or for reviews). As text: the kind, a colon, and the origin or the
 * credential's id.
 */
export type OutageCause = string;

/** Where a stream reads and writes. */
export interface StreamPlace {
  repositoryUrl: string;
  credentialId: string | null;
  /** The platform's address; `null` if there is none. */
  sourceUrl: string | null;
}

/**
 * The cause that outages of one code share. `null` if the failure may be one of the stream alone: a push that takes too long
 * may be a large push.
 */
export function causeOf(
  { lane, code }: { lane: LaneName; code: FailureCode },
  { repositoryUrl, credentialId, sourceUrl }: StreamPlace,
): OutageCause | null {
  // What cannot be done at the API of a host may well be done with its repositories.
  const isReview = lane === 'review';
  if (code === 'repository_unreachable')
    return named(isReview ? 'review-host' : 'git-host', originIn(repositoryUrl));
  if (code === 'credential_refused')
    return named(isReview ? 'review-credential' : 'credential', credentialId);
  if (code === 'source_unreachable' || code === 'source_timeout')
    return named('source', sourceUrl === null ? null : originIn(sourceUrl));
  return null;
}

/** A cause in words. */
export interface CauseWords {
  /** For a sentence: `the Git host https://git.example.com`. */
  name: string;
  /** What is wrong with it: `cannot be reached`. */
  trouble: string;
  /** What a person can do. */
  advice: string;
}

/** The credential's id, if the cause is one. */
export function credentialOfCause(cause: OutageCause): string | null {
  const { kind, what } = partsOf(cause);
  return kind === 'credential' || kind === 'review-credential' ? what : null;
}

/** A cause in words; `credentialName` is what the credential is called, if it is one. */
export function causeWords(cause: OutageCause, credentialName: string): CauseWords {
  const { kind, what } = partsOf(cause);
  switch (kind) {
    case 'git-host':
      return unreachable(`the Git host ${what}`);
    case 'review-host':
      return unreachable(`the API for reviews of ${what}`);
    case 'source':
      return unreachable(`the platform ${what}`);
    default:
      return {
        name: `the credential "${credentialName}"`,
        trouble: `is refused${kind === 'review-credential' ? ' for reviews' : ''}`,
        advice: `give the credential a token that may ${kind === 'review-credential' ? 'read and write reviews' : 'push'} (gitward credentials rotate); all of them then try again by themselves.`,
      };
  }
}

function unreachable(name: string): CauseWords {
  return {
    ...{ name, trouble: 'cannot be reached' },
    advice: 'see whether it works, and whether it can be reached from here. All of them try again by themselves.', // prettier-ignore
  };
}

function named(kind: string, what: string | null): OutageCause | null {
  return what === null ? null : `${kind}:${what}`;
}

function partsOf(cause: OutageCause): { kind: string; what: string } {
  const colon = cause.indexOf(':');
  return { kind: cause.slice(0, colon), what: cause.slice(colon + 1) };
}

/** Scheme, host and port; `null` of a local repository, or of what is no address. */
function originIn(address: string): string | null {
  if (!URL.canParse(address)) return null;
  const { protocol, host, origin } = new URL(address);
  if (host === '') return null;
  return origin === 'null' ? `${protocol}//${host}` : origin;
}
