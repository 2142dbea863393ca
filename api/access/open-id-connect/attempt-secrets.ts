import { createHmac, randomBytes } from 'node:crypto';
import type { AttemptSecrets } from '../../../model/access/open-id-connect.ts';

/** Generates a secret for an address or a cookie. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/**
 * The secrets of an attempt to sign in. All but `state` come from the browser's cookie, so that we
 * store none of them, and nobody who sees the address that the browser comes back to can finish the
 * attempt elsewhere.
 */
export function attemptSecrets(state: string, browser: string): AttemptSecrets {
  const derive = (what: string) =>
    createHmac('sha256', browser).update(`gitward ${what} ${state}`).digest('base64url');
  return { state, nonce: derive('nonce'), codeVerifier: derive('code verifier') };
}
