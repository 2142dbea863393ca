import { originOf } from './credential-origin.ts';
import type { FailureCode } from './errors.ts';

/** What a stream depends on that others depend on, too. */
export interface SharedPlaces {
  repositoryUrl: string;
  credentialId: string | null;
  /** The address of the platform; `null` if there is none. */
  sourceUrl: string | null;
}

/**
 * What an outage has in common with the outages of other streams that fail for the same reason, as a text to compare: the
 * host or the platform that does not answer, or the credential that it refuses. `null` if the reason is the stream's own.
 */
export function sharedCause(
  code: FailureCode,
  { repositoryUrl, credentialId, sourceUrl }: SharedPlaces,
): string | null {
  switch (code) {
    case 'repository_unreachable':
    case 'repository_timeout':
      return named('host', hostOf(repositoryUrl));
    case 'credential_refused':
      return credentialId === null ? null : `credential ${credentialId}`;
    case 'source_unreachable':
    case 'source_timeout':
      return named('source', sourceUrl === null ? null : originOf(sourceUrl));
    default:
      return null;
  }
}

function hostOf(repositoryUrl: string): string | null {
  // A stream that is gone has no address.
  return URL.canParse(repositoryUrl) ? originOf(repositoryUrl) : null;
}

function named(kind: string, origin: string | null): string | null {
  return origin === null ? null : `${kind} ${origin}`;
}
