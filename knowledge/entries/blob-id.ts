import { blobId } from '../../git/blob-id.ts';

/** Git's id of an entry's text as a blob: 40 hex digits. It is what API and database call a base. */
export function textBlobId(text: string): string {
  return blobId(text);
}
