import type { EntryType, TreeEntry } from './reading-types.ts';

const idBytes = 20;
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Yields the entries of a tree object as Git stores them: `<mode> <name>\0<20 bytes of id>`. What
 * does not have this form ends the list: Git would refuse such a tree.
 */
export function* parseTree(content: Buffer): Generator<TreeEntry> {
  for (let at = 0; at < content.length;) {
    const entry = entryFrom(content, at);
    if (entry === null) return;
    yield { ...named(content.subarray(entry.nameStart, entry.nameEnd)), ...entry.facts(content) };
    at = entry.end;
  }
}

/** The entry with this name; `null` if the tree has none. Looks at the bytes only. */
export function findInTree(content: Buffer, name: string): TreeEntry | null {
  const wanted = Buffer.from(name);
  for (let at = 0; at < content.length;) {
    const entry = entryFrom(content, at);
    if (entry === null) return null;
    const bytes = content.subarray(entry.nameStart, entry.nameEnd);
    if (bytes.equals(wanted)) return { name, isUtf8: true, ...entry.facts(content) };
    at = entry.end;
  }
  return null;
}

interface RawEntry {
  nameStart: number;
  nameEnd: number;
  /** Where the next entry starts. */
  end: number;
  facts: (content: Buffer) => Pick<TreeEntry, 'type' | 'id'>;
}

function entryFrom(content: Buffer, at: number): RawEntry | null {
  const space = content.indexOf(0x20, at);
  const nul = space === -1 ? -1 : content.indexOf(0, space);
  const end = nul + 1 + idBytes;
  if (nul === -1 || end > content.length) return null;
  return {
    nameStart: space + 1,
    nameEnd: nul,
    end,
    facts: () => ({
      type: typeOfMode(content.toString('latin1', at, space)),
      id: content.toString('hex', nul + 1, end),
    }),
  };
}

function named(bytes: Buffer): Pick<TreeEntry, 'name' | 'isUtf8'> {
  try {
    return { name: utf8.decode(bytes), isUtf8: true };
  } catch {
    return { name: bytes.toString('utf8'), isUtf8: false };
  }
}

/** What an entry with this mode (octal, as Git writes it) is. */
export function typeOfMode(mode: string): EntryType {
  if (mode.startsWith('100')) return 'file';
  if (mode.startsWith('120')) return 'symlink';
  return mode.startsWith('160') ? 'submodule' : 'folder';
}
