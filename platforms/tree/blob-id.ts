import { createHash } from 'node:crypto';

/** The id that Git gives to this content as a blob: SHA-1 of `blob <length>\0<content>`, in hex. */
export function blobId(content: Uint8Array): string {
  return createHash('sha1').update(`blob ${content.byteLength}\0`).update(content).digest('hex');
}
