import { sql } from 'kysely';
import type { Actor } from '../../../model/access/actor.ts';
import type { Db } from '../../connect.ts';
import { ownerColumns } from '../../access/owned.ts';

/** Somebody who is writing an entry, and when they wrote last. What they write is theirs. */
export interface Editor {
  name: string;
  at: Date;
}

/** Who else has written a draft of an entry since a moment: those who wrote last come first. */
export async function listOtherEditors(
  db: Db,
  {
    spaceId,
    entryId,
    reader,
    since,
    limit,
  }: { spaceId: string; entryId: string; reader: Actor; since: Date; limit: number },
): Promise<Editor[]> {
  const { personId, tokenId } = ownerColumns(reader);
  const { rows } = await sql<Editor>`
    SELECT coalesce(people.name, tokens.name) AS name, drafts.updated_at AS at
    FROM drafts
      LEFT JOIN people ON people.id = drafts.person_id
      LEFT JOIN tokens ON tokens.id = drafts.token_id
    WHERE drafts.space_id = ${spaceId} AND drafts.entry_id = ${entryId} AND drafts.updated_at >= ${since}
      AND (drafts.person_id IS DISTINCT FROM ${personId}::uuid OR drafts.token_id IS DISTINCT FROM ${tokenId}::uuid)
    ORDER BY drafts.updated_at DESC
    LIMIT ${limit}`.execute(db);
  return rows;
}
