import { createHash } from 'node:crypto';
import { compareBytes } from './byte-order.ts';
import { safeSegment } from './safe-segment.ts';

const maxLength = 150;
const harmless = /^[A-Za-z0-9_][A-Za-z0-9._-]*$/;
/** Names that Windows reserves for devices, also when followed by a dot and more. */
const device = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)/i;

/** What else affects the names in a folder. */
export interface FileNamesOptions {
  /** The names of other files in the folder, without extensions. */
  reserved?: readonly string[];
  /**
   * Ids that choose from the names that remain, so that an id with a typing error cannot take the name of one
   * that exists.
   */
  after?: Iterable<string>;
}

/**
 * A file name (without extension) in one folder for each of these ids: the id itself if it is harmless. The
 * name ends in a digest of the id if it is not, or if it differs from another name only in upper and lower
 * case (the first of these in byte order has no digest). The order of the ids does not matter, and names
 * never differ only in upper and lower case.
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

/** The SHA-1 of an id, in hex. It serves to distinguish and distribute ids, not to protect anything. */
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
