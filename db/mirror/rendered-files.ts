import { sql } from 'kysely';
import type { Db, Trx } from '../connect.ts';
import type { StreamId } from '../../model/streams/ids.ts';
import type { ObjectKey, RenderedFile } from '../../model/platform/tree.ts';

/** A file of the rendered state: what it is and who owns it, without its bytes. */
export type RenderedEntry = Pick<RenderedFile, 'path' | 'blobId' | 'owner' | 'maskedFrom'>;

// While a statement is being sent it is in memory several times, so a few MB are enough.
const ENTRIES_A_STATEMENT = 10_000;

/**
 * The owners whose files to look up: these objects, and all objects of whole kinds (the start of a
 * key).
 */
export interface RenderedOwners {
  owners: readonly ObjectKey[];
  kinds: readonly string[];
}

/** Lists the rendered state of a stream, or the part that these own: path → entry. */
export async function listRenderedFiles(
  db: Db,
  stream: StreamId,
  of?: RenderedOwners,
): Promise<Map<string, RenderedEntry>> {
  if (of?.owners.length === 0 && of.kinds.length === 0) return new Map();
  const rows = await db
    .selectFrom('renderedFiles')
    .select(['path', 'blobId', 'owner', 'maskedFrom'])
    .where('stream', '=', stream)
    .$if(of !== undefined, (query) =>
      query.where((eb) =>
        eb.or([
          sql<boolean>`owner = ANY (${of?.owners ?? []}::text[])`,
          // `0` comes after `/`, so with this range the index finds all keys of a kind.
          ...(of?.kinds ?? []).map((kind) =>
            eb.or([
              eb('owner', '=', kind),
              eb.and([eb('owner', '>=', `${kind}/`), eb('owner', '<', `${kind}0`)]),
            ]),
          ),
        ]),
      ),
    )
    .execute();
  return new Map(rows.map((entry) => [entry.path, entry]));
}

/** Writes and removes entries of the rendered state; removes first. */
export async function updateRenderedFiles(
  trx: Trx,
  stream: StreamId,
  {
    written,
    removed,
  }: {
    written: readonly RenderedEntry[];
    removed: readonly Pick<RenderedEntry, 'path' | 'owner'>[];
  },
): Promise<void> {
  if (removed.length > 0) {
    await sql`
      DELETE FROM rendered_files f
      USING unnest(${columnOf(removed, 'owner')}::text[], ${columnOf(removed, 'path')}::text[]) AS gone (owner, path)
      WHERE f.stream = ${stream} AND f.owner = gone.owner AND f.path = gone.path`.execute(trx);
  }
  for (let start = 0; start < written.length; start += ENTRIES_A_STATEMENT) {
    const entries = written.slice(start, start + ENTRIES_A_STATEMENT);
    await sql`
      INSERT INTO rendered_files (stream, path, blob_id, owner, masked_from)
      SELECT ${stream}, entry.* FROM unnest(
        ${columnOf(entries, 'path')}::text[], ${columnOf(entries, 'blobId')}::text[], ${columnOf(entries, 'owner')}::text[],
        ${columnOf(entries, 'maskedFrom')}::text[]) AS entry
      ON CONFLICT (stream, owner, path) DO UPDATE
      SET blob_id = excluded.blob_id, masked_from = excluded.masked_from`.execute(trx);
  }
}

/** Replaces the rendered state of the stream. */
export async function replaceRenderedFiles(
  trx: Trx,
  stream: StreamId,
  entries: readonly RenderedEntry[],
): Promise<void> {
  await trx.deleteFrom('renderedFiles').where('stream', '=', stream).execute();
  await updateRenderedFiles(trx, stream, { written: entries, removed: [] });
}

/** One parameter for each column, however many entries there are. */
function columnOf<K extends keyof RenderedEntry>(
  entries: readonly Pick<RenderedEntry, K>[],
  column: K,
): (string | null)[] {
  return entries.map((entry) => entry[column] ?? null);
}
