import type { ChangePreview, ChangeRequest } from '../../model/mirror/change-preview.ts';
import type { MirrorKey } from '../../model/mirror/ids.ts';
import type { MirrorPreview, PreviewRequest } from '../../model/mirror/preview.ts';
import type { RepositoryFindings } from '../../model/streams/repository-findings.ts';
import type { Visibility } from '../../model/streams/visibility.ts';

export type { MirrorPreview, PreviewRequest } from '../../model/mirror/preview.ts';

/**
 * Which addresses Gitward may talk to. Both methods return the address in the form to store, and
 * throw `StreamFailure('address_refused')` with a message that says what would be allowed.
 */
export interface AddressPolicy {
  checkRepositoryUrl(url: string): string;
  /** For sources and webhooks. */
  checkHttpUrl(url: string): string;
}

/**
 * Reads the source and the repository without writing to either. If one cannot be reached, the
 * answer says so; rejects only with the signal's reason, or because of a bug.
 */
export type PreviewMirror = (
  request: PreviewRequest,
  options: { signal: AbortSignal },
) => Promise<MirrorPreview>;

/** Like {@link PreviewMirror}, about other settings for a mirror that exists. */
export type PreviewChange = (
  request: ChangeRequest,
  options: { signal: AbortSignal },
) => Promise<ChangePreview>;

/** A branch of a repository, and the credential to check it with: a stored one, or one that is not stored yet. */
export interface RepositoryToCheck {
  url: string;
  branch: string;
  credential: { id: string } | { username: string; password: string } | null;
}

/**
 * Finds out whether a stream could write to a branch, and who may read the repository. Changes nothing there. If it
 * cannot be reached, the answer says so; rejects only with the signal's reason, or because of a bug.
 */
export type CheckRepository = (
  repository: RepositoryToCheck,
  options: { signal: AbortSignal },
) => Promise<RepositoryFindings>;

/**
 * Asks who may read a mirror's repository, and stores the answer for the mirror's status. If this
 * cannot be found out, the answer says so; rejects only with the signal's reason, or because of a
 * bug.
 */
export type CheckVisibility = (
  mirror: MirrorKey,
  options: { signal: AbortSignal },
) => Promise<void>;

/**
 * Who may read a space's repository; asks now unless the last answer is recent enough. If this
 * cannot be found out, the result is `unknown`, with the reason; rejects only with the signal's
 * reason, or because of a bug.
 */
export type CheckSpaceVisibility = (
  spaceId: string,
  options: { signal: AbortSignal },
) => Promise<Visibility>;

/** How other hosts are reached, without any credential. */
export interface NetworkView {
  /** Scheme, host and port; `null`: directly. */
  httpsProxy: string | null;
  httpProxy: string | null;
  trustProxyDns: boolean;
  certificateFiles: string[];
}
