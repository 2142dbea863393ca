import { blobId } from '../../git/blob-id.ts';

/** Git's id of an entry's text as a blob, as 40 hex digits. The API and the database call it a base. */
export function textBlobId(text: string): string {
  return blobId(text);
}
