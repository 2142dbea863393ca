import type { EntryContent } from '../../../db/knowledge/saves.ts';
import type { EntryFields, Kind, SaveAction } from '../../../model/knowledge/entry.ts';

/** A save that a route requests. */
export interface AskedSave {
  id: string;
  kind: Kind;
  path: string;
  action: SaveAction;
  /** For a move: the file's new path. */
  moveTo?: string;
  /** The blob that the person saw; `null` if no such entry may exist yet. */
  base: string | null;
  /** `null` removes the entry. */
  content: EntryContent | null;
  /** For a rollback of an environment: the fields that its file had before, to which it goes back. */
  goesBackTo?: EntryFields;
  message: string | null;
  /** Whether the answer waits for the commit. */
  wait: boolean;
}
