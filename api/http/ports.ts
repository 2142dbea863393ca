import type { MirrorKey } from '../../model/mirror/ids.ts';
import type { MirrorPreview, PreviewRequest } from '../../model/mirror/preview.ts';
import type { Visibility } from '../../model/streams/visibility.ts';

export type { MirrorPreview, PreviewRequest } from '../../model/mirror/preview.ts';

/**
 * Which addresses Gitward may talk to. Both answer the address as it is to be stored, and throw
 * `StreamFailure('address_refused')` with a message that says what would be allowed.
 */
export interface AddressPolicy {
  checkRepositoryUrl(url: string): string;
  /** For sources and webhooks. */
  checkHttpUrl(url: string): string;
}

/**
 * Looks at source and repository without writing to either. What cannot be reached is in the answer;
 * rejects only with the signal's reason and with defects.
 */
export type PreviewMirror = (
  request: PreviewRequest,
  options: { signal: AbortSignal },
) => Promise<MirrorPreview>;

/**
 * Asks who may read a mirror's repository, and keeps the answer for its status. What cannot be asked is in the
 * answer; rejects only with the signal's reason and with defects.
 */
export type CheckVisibility = (
  mirror: MirrorKey,
  options: { signal: AbortSignal },
) => Promise<void>;

/**
 * Who may read a space's repository: asked now, unless the last answer is young enough. What cannot be asked is
 * `unknown`, with the reason; rejects only with the signal's reason and with defects.
 */
export type CheckSpaceVisibility = (
  spaceId: string,
  options: { signal: AbortSignal },
) => Promise<Visibility>;
