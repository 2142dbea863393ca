import type { Kysely, Transaction } from 'kysely';
import type { StreamId } from '../model/ids.ts';
import type { ObjectKey, RenderedFile } from '../model/tree.ts';
import type { Database } from './schema.ts';

/** A file of the rendered state: what it is and whose, without its bytes. */
export type RenderedEntry = Pick<RenderedFile, 'path' | 'blobId' | 'owner'>;

const ROWS_A_STATEMENT = 5_000;

/** The rendered state of a stream: path → entry. */
export async function readRenderedFiles(
  db: Kysely<Database>,
  stream: StreamId,
): Promise<Map<string, RenderedEntry>> {
  const rows = await db
    .selectFrom('rendered_files')
    .select(['path', 'blob_id', 'owner'])
    .where('stream', '=', stream)
    .orderBy('path')
    .execute();
  return new Map(rows.map(({ path, blob_id, owner }) => [path, { path, blobId: blob_id, owner }]));
}

/** Writes and removes entries of the rendered state. */
export async function updateRenderedFiles(
  trx: Transaction<Database>,
  stream: StreamId,
  { written, removed }: { written: readonly RenderedEntry[]; removed: readonly string[] },
): Promise<void> {
  for (let start = 0; start < removed.length; start += ROWS_A_STATEMENT) {
    const paths = removed.slice(start, start + ROWS_A_STATEMENT);
    await trx
      .deleteFrom('rendered_files')
      .where('stream', '=', stream)
      .where('path', 'in', paths)
      .execute();
  }
  for (let start = 0; start < written.length; start += ROWS_A_STATEMENT) {
    const rows = written.slice(start, start + ROWS_A_STATEMENT).map(({ path, blobId, owner }) => ({
      stream,
      path,
      blob_id: blobId,
      owner,
    }));
    await trx
      .insertInto('rendered_files')
      .values(rows)
      .onConflict((conflict) =>
        conflict.columns(['stream', 'path']).doUpdateSet((eb) => ({
          blob_id: eb.ref('excluded.blob_id'),
          owner: eb.ref('excluded.owner'),
        })),
      )
      .execute();
  }
}

/** Puts another rendered state in the place of the stream's. */
export async function replaceRenderedFiles(
  trx: Transaction<Database>,
  stream: StreamId,
  entries: readonly RenderedEntry[],
): Promise<void> {
  await trx.deleteFrom('rendered_files').where('stream', '=', stream).execute();
  await updateRenderedFiles(trx, stream, { written: entries, removed: [] });
}

/** The directory that each object has in the rendered state: the one of its topmost `meta.json`. */
export function givenPaths(entries: Iterable<RenderedEntry>): Map<ObjectKey, string> {
  const paths = new Map<ObjectKey, string>();
  for (const { path, owner } of entries) {
    if (!path.endsWith('/meta.json')) continue;
    const directory = path.slice(0, -'/meta.json'.length);
    const known = paths.get(owner);
    if (known === undefined || directory.length < known.length) paths.set(owner, directory);
  }
  return paths;
}
