import { sql } from 'kysely';
import type { Trx } from '../../connect.ts';
import { jsonb, storableTitle } from '../../storable.ts';
import type { EntryContent } from '../saves.ts';

/** What an entry is in Git. */
export type ContentInGit = Pick<EntryContent, 'title' | 'fields' | 'problems' | 'declaredId'> & {
  id: string;
  /** `null`: it is not there. */
  blob: string | null;
  text: string | null;
};

/**
 * Notes that waiting saves go on as reviews, inside the caller's transaction, which holds the space's row: their entries are
 * as in Git again, and every later save of the space is reviewed as well.
 */
export async function revertToGit(
  trx: Trx,
  spaceId: string,
  {
    became,
    contents,
  }: {
    became: readonly { saveId: string; reviewId: string }[];
    contents: readonly ContentInGit[];
  },
): Promise<void> {
  await sql`
    UPDATE saves SET state = 'in_review', review_id = became.review_id, batch_id = NULL
    FROM unnest(${became.map(({ saveId }) => saveId)}::uuid[], ${became.map(({ reviewId }) => reviewId)}::uuid[])
      AS became (id, review_id)
    WHERE saves.id = became.id AND saves.state = 'waiting'`.execute(trx);
  for (const { id, blob, text, title, fields, problems, declaredId } of contents)
    await trx
      .updateTable('entries')
      .set({
        headBlob: blob,
        headText: text,
        gitText: null,
        waiting: false,
        failure: null,
        title: storableTitle(title),
        fields: jsonb(fields),
        problems: jsonb(problems),
        declaredId,
      })
      .where('spaceId', '=', spaceId)
      .where('id', '=', id)
      .execute();
  await trx
    .updateTable('spaces')
    .set({ protectedAt: sql<Date>`coalesce(protected_at, now())`, updatedAt: sql<Date>`now()` })
    .where('id', '=', spaceId)
    .execute();
}
