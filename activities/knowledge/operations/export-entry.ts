import type { Transaction } from 'kysely';
import { findEntry, type EntryRow } from '../../../db/knowledge/entries.ts';
import type { DoneItem, OperationItemRow } from '../../../db/knowledge/operation-items.ts';
import type { OperationRow } from '../../../db/knowledge/operations.ts';
import { acceptSave } from '../../../db/knowledge/saves.ts';
import type { Database } from '../../../db/schema/database.ts';
import type { ItemOutcome } from '../../../model/knowledge/operation.ts';

/** What became of an entry; `ring`: the space's doorbell is to be rung. */
export interface ExportedEntry extends DoneItem {
  ring: boolean;
}

/**
 * Compares an entry with the files of the synced commit, and saves it again where the commit lacks it. The space
 * is locked. Where Git has another version than the database thinks, neither is written over the other.
 */
export async function exportEntry(
  trx: Transaction<Database>,
  row: OperationRow,
  { ordinal, entry_id: entryId }: OperationItemRow,
  files: ReadonlyMap<string, string>,
): Promise<ExportedEntry> {
  const done = (outcome: ItemOutcome, message: string | null = null, ring = false) => ({
    ordinal,
    entryId,
    outcome,
    message,
    ring,
  });
  const entry = entryId === null ? null : await findEntry(trx, row.space_id, entryId);
  if (entry === null) return done('skipped', 'It was removed meanwhile.');
  if (entry.conflicted) return done('conflict', 'A conflict of it is open: settle it.');
  const there = files.get(entry.path) ?? null;
  if (entry.waiting) return done(row.dry_run ? 'would_change' : 'unchanged');
  if (there !== null)
    return there === entry.git_blob
      ? done('unchanged')
      : done('failed', 'Git has another version than was read: sync everything from Git first.');
  if (entry.head_text === null)
    return done('failed', 'Git lacks it, and what was read was no text that is kept.');
  if (row.dry_run) return done('would_create');
  return done('created', null, await saveAgain(trx, row, entry, entry.head_text));
}

/** Notes that Git does not have the entry, and saves it on top of that; answers whether to ring. */
async function saveAgain(
  trx: Transaction<Database>,
  row: OperationRow,
  entry: EntryRow,
  text: string,
): Promise<boolean> {
  await trx
    .updateTable('entries')
    .set({ git_blob: null, git_text: null, head_blob: null, head_text: null })
    .where('space_id', '=', entry.space_id)
    .where('id', '=', entry.id)
    .execute();
  const accepted = await acceptSave(trx, {
    spaceId: entry.space_id,
    entryId: entry.id,
    kind: entry.kind,
    path: entry.path,
    action: 'restore',
    base: null,
    content: {
      text,
      blob: entry.head_blob ?? '',
      declaredId: entry.declared_id,
      title: entry.title,
      fields: entry.fields,
      problems: entry.problems,
    },
    person: row.person,
    tokenId: row.token_id,
    via: 'api',
    message: 'Export everything to Git',
    operationId: row.id,
  });
  if (accepted.kind !== 'accepted') throw new Error(`Under its lock: ${accepted.kind}`);
  return accepted.ring;
}
