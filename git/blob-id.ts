import { createHash } from 'node:crypto';

/**
 * The id that Git gives to this content as a blob (a text counts as its UTF-8 bytes): the SHA-1 of
 * `blob <length>\0<content>`, as 40 hex digits.
 */
export function blobId(content: Uint8Array | string): string {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  return createHash('sha1').update(`blob ${bytes.byteLength}\0`).update(bytes).digest('hex');
}
