import type { EntryContent } from '../../../db/knowledge/saves.ts';
import type { Kind, SaveAction } from '../../../model/knowledge/entry.ts';

/** A save as a route asks for it. */
export interface AskedSave {
  id: string;
  kind: Kind;
  path: string;
  action: SaveAction;
  /** The blob that the person saw; `null`: there is to be no such entry. */
  base: string | null;
  /** `null` removes the entry. */
  content: EntryContent | null;
  message: string | null;
  /** Whether the answer is to wait for the commit. */
  wait: boolean;
}
