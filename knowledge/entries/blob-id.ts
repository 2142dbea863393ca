import { createHash } from 'node:crypto';

/** Git's id of a text's UTF-8 bytes as a blob (SHA-1): 40 hex digits. It is what API and database call a base. */
export function textBlobId(text: string): string {
  const bytes = Buffer.from(text);
  return createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}
