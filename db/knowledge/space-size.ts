import { sql } from 'kysely';
import type { Db } from '../connect.ts';

/**
 * How many files a space has in Git and their bytes together, without those at these paths. It reads all entries of the
 * space, but not their texts.
 */
export async function readSpaceSize(
  db: Db,
  spaceId: string,
  without: readonly string[],
): Promise<{ files: number; text: number }> {
  const { files, text } = await db
    .selectFrom('entries')
    .select([
      sql<string>`count(*)`.as('files'),
      sql<string>`coalesce(sum(octet_length(coalesce(git_text, head_text))), 0)`.as('text'),
    ])
    .where('spaceId', '=', spaceId)
    .where('gitBlob', 'is not', null)
    .where(sql<boolean>`NOT (path = ANY (${without}::text[]))`)
    .executeTakeFirstOrThrow();
  return { files: Number(files), text: Number(text) };
}

/** Those of these entries that people see as they are in Git, by path, and how many such entries the space has. */
export async function readSeen(
  db: Db,
  spaceId: string,
  ids: readonly string[],
): Promise<{ paths: string[]; total: number }> {
  const seen = db
    .selectFrom('entries')
    .where('spaceId', '=', spaceId)
    .where('gitBlob', 'is not', null)
    .where('headBlob', 'is not', null);
  const paths = await seen
    .select('path')
    .where(sql<boolean>`id = ANY (${ids}::text[])`)
    .execute();
  const { total } = await seen
    .select(sql<number>`count(*)::integer`.as('total'))
    .executeTakeFirstOrThrow();
  return { paths: paths.map(({ path }) => path), total };
}
