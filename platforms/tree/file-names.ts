import { createHash } from 'node:crypto';
import { compareBytes } from './byte-order.ts';
import { safeSegment } from './safe-segment.ts';

const maxLength = 150;
const harmless = /^[A-Za-z0-9_][A-Za-z0-9._-]*$/;
/** Names that Windows keeps for devices, whatever follows a dot. */
const device = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)/i;

/** Which names a folder has. */
export interface FileNamesOptions {
  /** Names of other files there, without extension. */
  reserved?: readonly string[];
  /** Ids that take what the others leave: what a typing error names must not move what exists. */
  after?: Iterable<string>;
}

/**
 * A file name (without extension) for each of these ids, in one folder: the id itself wherever that is
 * harmless. An id that is not, or that differs from another's name in nothing but upper and lower case
 * (of those the first in byte order keeps it), has a digest of it at its end. The order of ids does not
 * matter; names never differ in case alone.
 */
export function fileNames(
  ids: Iterable<string>,
  { reserved = [], after = [] }: FileNamesOptions = {},
): Map<string, string> {
  const names = new Map<string, string>();
  const taken = new Set(reserved.map((name) => name.toLowerCase()));
  for (const group of [ids, after]) {
    const unnamed = [...new Set(group)].filter((id) => !names.has(id)).sort(compareBytes);
    for (const id of unnamed) if (isHarmless(id)) take(id, id);
    for (const id of unnamed) {
      if (names.has(id)) continue;
      const start = safeSegment(id).slice(0, maxLength);
      if (!take(id, `${start}-${digest(id).slice(0, 10)}`)) take(id, `${start}-${digest(id)}`);
    }
  }
  return names;

  function take(id: string, name: string): boolean {
    if (taken.has(name.toLowerCase())) return false;
    taken.add(name.toLowerCase());
    names.set(id, name);
    return true;
  }
}

/** SHA-1 of an id, in hex: it spreads and tells apart, and protects nothing. */
export function digest(id: string): string {
  return createHash('sha1').update(id).digest('hex');
}

function isHarmless(id: string): boolean {
  return (
    id.length <= maxLength &&
    harmless.test(id) &&
    !device.test(id) &&
    !id.includes('..') &&
    !id.endsWith('.')
  );
}
