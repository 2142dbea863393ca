import { createHash, randomBytes } from 'node:crypto';

/** Generates a secret: the prefix, which says what it is, and 32 random bytes in base64url. */
export function generateSecret(prefix: 'gw_' | 'gs_' | 'gl_'): string {
  return prefix + randomBytes(32).toString('base64url');
}

/**
 * The hash of a secret, which is all we keep of it. A secret has 256 random bits, so it needs no slow
 * hash, and since it is looked up by its hash, the time of a comparison reveals nothing.
 */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
