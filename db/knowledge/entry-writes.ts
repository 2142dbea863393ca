import { sql } from 'kysely';
import type { Db, Trx } from '../connect.ts';
import type { EntryFields, EntryProblem } from '../../model/knowledge/entry.ts';
import { entryColumns, movingTo, type Entry } from './entries.ts';
import type { Save } from './saves.ts';
import { jsonb, storableText, storableTime, storableTitle } from '../storable.ts';

/** An entry as the sync stores it. */
export interface WrittenEntry {
  id: string;
  kind: string;
  path: string;
  declaredId: string | null;
  title: string;
  fields: EntryFields;
  problems: EntryProblem[];
  head: { blob: string | null; text: string | null };
  /** `text` only if the head differs. */
  git: { blob: string | null; text: string | null };
  commitSha: string | null;
  waiting: boolean;
  conflicted: boolean;
  updatedBy: string | null;
  updatedAt: Date;
}

const ENTRIES_A_STATEMENT = 2_000;

/** Lists the files of the synced commit that are entries: path → blob id. */
export async function listGitFiles(db: Db, spaceId: string): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('entries')
    .select(['path', 'gitBlob'])
    .where('spaceId', '=', spaceId)
    .where('gitBlob', 'is not', null)
    .execute();
  return new Map(rows.map(({ path, gitBlob }) => [path, gitBlob ?? '']));
}

/** Lists the files of the synced commit that are entries, as pairs of path and id. */
export async function listGitEntries(
  db: Db,
  spaceId: string,
): Promise<[path: string, id: string][]> {
  const rows = await db
    .selectFrom('entries')
    .select(['path', 'id'])
    .where('spaceId', '=', spaceId)
    .where('gitBlob', 'is not', null)
    .execute();
  return rows.map(({ path, id }) => [path, id]);
}

/**
 * Entries that a push may concern: those with these paths or ids, and those that declare one of the
 * ids.
 */
export interface EntriesAbout {
  paths: readonly string[];
  ids: readonly string[];
}

/** Lists {@link EntriesAbout}. */
export async function listEntriesAbout(
  db: Db,
  spaceId: string,
  about: EntriesAbout,
): Promise<Entry[]> {
  const rows = await db
    .selectFrom('entries')
    .select(entryColumns)
    .select(movingTo.as('movingTo'))
    .where('spaceId', '=', spaceId)
    .where(concerns(about))
    .execute();
  return rows;
}

/** What is known about an entry's file, without its content. */
export type KnownFile = Pick<Entry, 'id' | 'path' | 'kind' | 'declaredId' | 'gitBlob'> & {
  /** Bytes of the text in Git that is stored. */
  size: number;
};

/** Lists {@link EntriesAbout}, without their contents. */
export async function listFilesAbout(
  db: Db,
  spaceId: string,
  about: EntriesAbout,
): Promise<KnownFile[]> {
  return db
    .selectFrom('entries')
    .select(['id', 'path', 'kind', 'declaredId', 'gitBlob'])
    .select(sql<number>`coalesce(octet_length(coalesce(git_text, head_text)), 0)`.as('size'))
    .where('spaceId', '=', spaceId)
    .where(concerns(about))
    .execute();
}

function concerns({ paths, ids }: EntriesAbout) {
  return sql<boolean>`(path = ANY (${paths}::text[]) OR id = ANY (${ids}::text[]) OR declared_id = ANY (${ids}::text[]))`;
}

/** Lists the waiting saves of these entries in the order in which they were accepted. */
export async function listWaitingSaves(
  db: Db,
  spaceId: string,
  ids: readonly string[],
): Promise<Save[]> {
  return db
    .selectFrom('saves')
    .selectAll()
    .where('spaceId', '=', spaceId)
    .where('state', '=', 'waiting')
    .where(sql<boolean>`entry_id = ANY (${ids}::text[])`)
    .orderBy('sequence')
    .execute();
}

/** Writes the current state of entries, including new ones. */
export async function putEntries(
  trx: Trx,
  spaceId: string,
  entries: readonly WrittenEntry[],
): Promise<void> {
  for (let start = 0; start < entries.length; start += ENTRIES_A_STATEMENT) {
    const rows = entries.slice(start, start + ENTRIES_A_STATEMENT).map((entry) => ({
      spaceId,
      id: entry.id,
      kind: entry.kind,
      path: entry.path,
      declaredId: entry.declaredId,
      title: storableTitle(entry.title),
      fields: jsonb(entry.fields),
      problems: jsonb(entry.problems),
      headBlob: entry.head.blob,
      headText: entry.head.text,
      gitBlob: entry.git.blob,
      gitText: entry.git.text,
      commitSha: entry.commitSha,
      syncedAt: sql<Date>`now()`,
      waiting: entry.waiting,
      conflicted: entry.conflicted,
      failure: null,
      updatedBy: entry.updatedBy === null ? null : storableText(entry.updatedBy),
      updatedAt: storableTime(entry.updatedAt),
    }));
    await trx
      .insertInto('entries')
      .values(rows)
      .onConflict((conflict) =>
        conflict.columns(['spaceId', 'id']).doUpdateSet(({ ref }) =>
          Object.fromEntries(
            Object.keys(rows[0] ?? {})
              .filter((column) => column !== 'spaceId' && column !== 'id')
              .map((column) => [column, ref(`excluded.${column}` as 'excluded.kind')]),
          ),
        ),
      )
      .execute();
  }
}

/** Removes entries that are no longer in Git and have no waiting saves. */
export async function removeEntries(
  trx: Trx,
  spaceId: string,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return;
  await trx
    .deleteFrom('entries')
    .where('spaceId', '=', spaceId)
    .where(sql<boolean>`id = ANY (${ids}::text[])`)
    .execute();
}

/**
 * Removes the rows of entries that exist nowhere any more: removed in Git, with no open conflict.
 */
export async function removeGhosts(trx: Trx, spaceId: string): Promise<void> {
  await trx
    .deleteFrom('entries')
    .where('spaceId', '=', spaceId)
    .where('gitBlob', 'is', null)
    .where('headBlob', 'is', null)
    .where('waiting', '=', false)
    .where('conflicted', '=', false)
    .execute();
}

/**
 * Gives a new entry that is not in Git yet another path. The path of an entry from Git is decided
 * by Git.
 */
export async function moveNewEntry(
  trx: Trx,
  spaceId: string,
  id: string,
  path: string,
): Promise<void> {
  await trx
    .updateTable('entries')
    .set({ path })
    .where('spaceId', '=', spaceId)
    .where('id', '=', id)
    .where('gitBlob', 'is', null)
    .execute();
}

/** An entry, as its kind's index file lists it. */
export interface IndexedRow {
  id: string;
  kind: string;
  title: string;
  path: string;
  fields: EntryFields;
  /** Whether some of it is not in Git yet. */
  waiting: boolean;
  /** Whether none of it is. */
  isNew: boolean;
}

/**
 * Lists the entries of these kinds that have a head, for the index files, ordered by id. Of fields whose JSON together has
 * more than `longest` bytes (PostgreSQL's JSON: with a space after each comma and colon), only these names, and only
 * those that have at most that many characters by themselves.
 */
export async function listIndexed(
  db: Db,
  spaceId: string,
  kinds: readonly string[],
  { names, longest }: { names: readonly string[]; longest: number },
): Promise<IndexedRow[]> {
  const some = sql<EntryFields>`CASE WHEN octet_length(fields::text) <= ${longest}::integer THEN fields ELSE (
    SELECT coalesce(jsonb_object_agg(key, value), '{}'::jsonb) FROM jsonb_each(fields)
    WHERE key = ANY (${names}::text[]) AND length(value::text) <= ${longest}::integer
  ) END`;
  return db
    .selectFrom('entries')
    .select(['id', 'kind', 'title', 'waiting'])
    .select([
      sql<string>`coalesce(${movingTo}, path)`.as('path'),
      some.as('fields'),
      sql<boolean>`git_blob IS NULL`.as('isNew'),
    ])
    .where('spaceId', '=', spaceId)
    .where('kind', 'in', kinds)
    .where('headBlob', 'is not', null)
    .orderBy('id')
    .execute();
}

/** Ends saves that no longer change anything. Entries that waited only for them no longer wait. */
export async function endUnneeded(
  trx: Trx,
  spaceId: string,
  saves: readonly Pick<Save, 'id' | 'entryId'>[],
): Promise<void> {
  if (saves.length === 0) return;
  await trx
    .updateTable('saves')
    .set({ state: 'unneeded' })
    .where(sql<boolean>`id = ANY (${saves.map(({ id }) => id)}::uuid[])`)
    .where('state', '=', 'waiting')
    .execute();
  await trx
    .updateTable('entries')
    .set({ waiting: false, gitText: null, failure: null })
    .where('spaceId', '=', spaceId)
    .where(sql<boolean>`id = ANY (${saves.map(({ entryId: id }) => id)}::text[])`)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('saves')
            .select('saves.id')
            .whereRef('saves.spaceId', '=', 'entries.spaceId')
            .whereRef('saves.entryId', '=', 'entries.id')
            .where('saves.state', '=', 'waiting'),
        ),
      ),
    )
    .execute();
}

/**
 * Records on the entries with waiting saves why these cannot be sent, or clears it (`null`). The
 * next reading clears it too.
 */
export async function noteEntryFailure(
  db: Db,
  spaceId: string,
  failure: { code: string; message: string } | null,
): Promise<void> {
  await db
    .updateTable('entries')
    .set({ failure: failure === null ? null : jsonb(failure) })
    .where('spaceId', '=', spaceId)
    .where(failure === null ? sql<boolean>`failure IS NOT NULL` : sql<boolean>`waiting`)
    .execute();
}

/** Has PostgreSQL update its statistics of the tables of entries and their versions. */
export async function analyzeEntries(db: Db): Promise<void> {
  await sql`ANALYZE entries, entry_versions, space_commits`.execute(db);
}
