import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What the build writes where a nonce belongs: see `web/vite.config.ts`. */
const placeholder = 'GITWARD-NONCE';

/** The console's one HTML page, as one answer has it. */
export interface Page {
  html: string;
  /** The value of `Content-Security-Policy`. */
  policy: string;
}

/** Reads the page that was built in this directory; returns what makes an answer of it. Throws if it was not built. */
export async function readPage(directory: string): Promise<() => Page> {
  const template = await readFile(join(directory, 'index.html'), 'utf8');
  return () => {
    const nonce = randomBytes(16).toString('base64url');
    return { html: template.replaceAll(placeholder, nonce), policy: policyWith(nonce) };
  };
}

/**
 * Only what comes from here may run, load or be asked. Style elements that the page makes itself carry the nonce of this
 * answer (the kit and the editor make some), and nothing is allowed by `unsafe-inline`.
 */
function policyWith(nonce: string): string {
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    // The lineage is laid out in one.
    "worker-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
