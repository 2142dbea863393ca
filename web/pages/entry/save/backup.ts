import type { DraftContent } from './draft-keeper.ts';

/** What this machine keeps of a draft until the server has it. */
export interface Backup {
  draft: string;
  base: string | null;
  content: DraftContent;
  /** ISO 8601. */
  at: string;
}

/** Where a browser keeps small things. */
export type Keep = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** Names what is kept: nobody sees what somebody else wrote at the same machine. */
export function backupKey(owner: string, space: string, entry: string): string {
  return `gitward-draft ${JSON.stringify([owner, space, entry])}`;
}

/** What is kept under this name; `null` if nothing is. */
export function readBackup(keep: Keep, key: string): Backup | null {
  try {
    const read = JSON.parse(keep.getItem(key) ?? 'null') as Backup | null;
    return typeof read?.draft === 'string' && typeof read.content === 'object' ? read : null;
  } catch {
    return null;
  }
}

/** Keeps something, or forgets it. A browser that is full or keeps nothing is no reason to stop writing. */
export function writeBackup(keep: Keep, key: string, backup: Backup | null): void {
  try {
    if (backup === null) keep.removeItem(key);
    else keep.setItem(key, JSON.stringify(backup));
  } catch {
    // The server has it in a moment.
  }
}
