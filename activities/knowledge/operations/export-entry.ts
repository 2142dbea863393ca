import type { Trx } from '../../../db/connect.ts';
import { findEntry, type Entry } from '../../../db/knowledge/entries.ts';
import { forgetInGit } from '../../../db/knowledge/operation-entries.ts';
import type { DoneItem, OperationItem } from '../../../db/knowledge/operation-items.ts';
import type { Operation } from '../../../db/knowledge/operations.ts';
import { acceptSave } from '../../../db/knowledge/saves.ts';
import type { ItemOutcome } from '../../../model/knowledge/operation.ts';

/** What became of an entry; `ring` says whether to ring the space's doorbell. */
export interface ExportedEntry extends DoneItem {
  ring: boolean;
}

/** What entries are compared with. */
export interface ExportFacts {
  /** The files of the synced commit: path → blob id. */
  files: ReadonlyMap<string, string>;
  /** Why texts of a kind must not be accepted, by kind. */
  refusals: ReadonlyMap<string, string>;
}

/**
 * Compares an entry with the files of the synced commit, and saves it again if the commit does not have it. The
 * space must be locked. If Git has a different version than the database expects, neither overwrites the other.
 */
export async function exportEntry(
  trx: Trx,
  row: Operation,
  { ordinal, entryId }: OperationItem,
  { files, refusals }: ExportFacts,
): Promise<ExportedEntry> {
  const done = (outcome: ItemOutcome, message: string | null = null, ring = false) => ({
    ordinal,
    entryId,
    outcome,
    message,
    ring,
  });
  const entry = entryId === null ? null : await findEntry(trx, row.spaceId, entryId);
  if (entry === null) return done('skipped', 'It was removed in the meantime.');
  if (entry.conflicted) return done('conflict', 'It has an open conflict: settle it.');
  const there = files.get(entry.path) ?? null;
  if (entry.waiting) return done(row.dryRun ? 'would_change' : 'unchanged');
  if (there !== null)
    return there === entry.gitBlob
      ? done('unchanged')
      : done(
          'failed',
          'Git has a different version than was read: sync everything from Git first.',
        );
  if (entry.headText === null)
    return done('failed', 'It is not in Git, and Gitward does not have its text.');
  const refusal = refusals.get(entry.kind);
  if (refusal !== undefined) return done('failed', refusal);
  if (row.dryRun) return done('would_create');
  return done('created', null, await saveAgain(trx, row, entry, entry.headText));
}

/** Notes that Git does not have the entry, and saves it on top of that; returns whether to ring the doorbell. */
async function saveAgain(trx: Trx, row: Operation, entry: Entry, text: string): Promise<boolean> {
  await forgetInGit(trx, entry.spaceId, entry.id);
  const accepted = await acceptSave(trx, {
    spaceId: entry.spaceId,
    entryId: entry.id,
    kind: entry.kind,
    path: entry.path,
    action: 'restore',
    base: null,
    content: {
      text,
      blob: entry.headBlob ?? '',
      declaredId: entry.declaredId,
      title: entry.title,
      fields: entry.fields,
      problems: entry.problems,
    },
    person: row.person,
    by: row,
    via: 'api',
    message: 'Export everything to Git',
    operationId: row.id,
  });
  if (accepted.kind !== 'accepted')
    throw new Error(`Unexpected under the space's lock: ${accepted.kind}`);
  return accepted.ring;
}
