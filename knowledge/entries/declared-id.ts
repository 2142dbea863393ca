import type { Kind } from '../../model/knowledge/entry.ts';
import { isEntryId, plainId } from './entry-id.ts';
import { readEntryBytes } from './read-entry.ts';

/** The id that a file of this kind declares; `null` if it has none that can be used, or cannot be read (`content` is `null`). */
export function declaredId(content: Uint8Array | null, kind: Kind): string | null {
  if (content !== null && kind.format === 'markdown') {
    const plain = plainId(Buffer.from(content).toString('utf8'));
    if (plain !== undefined) return plain;
  }
  const { id } = readEntryBytes(content, kind);
  return id !== null && isEntryId(id) ? id : null;
}
