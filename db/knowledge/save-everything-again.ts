import { sql } from 'kysely';
import { gitward } from '../../model/streams/author.ts';
import type { Trx } from '../connect.ts';
import { jsonb } from '../storable.ts';

/**
 * Creates a save for each entry that has a text and no waiting save, so that the branch can be
 * created again from what the database holds. Saves that are already waiting keep waiting, based on
 * nothing.
 */
export async function saveEverythingAgain(trx: Trx, spaceId: string): Promise<void> {
  await sql`
    WITH again AS (
      SELECT e.*, row_number() OVER (ORDER BY e.id) AS number
      FROM entries e
      WHERE e.space_id = ${spaceId} AND NOT e.waiting AND e.head_text IS NOT NULL
    ), counted AS (
      UPDATE spaces SET last_sequence = last_sequence + (SELECT count(*) FROM again)
      WHERE id = ${spaceId}
      RETURNING last_sequence - (SELECT count(*) FROM again) AS before
    )
    INSERT INTO saves (id, space_id, sequence, entry_id, kind, path, action, base_text, text, current_text, person, via, message, state)
    SELECT gen_random_uuid(), ${spaceId}, counted.before + again.number, again.id, again.kind, again.path, 'restore',
      NULL, again.head_text, again.head_text, ${jsonb(gitward)}::jsonb, 'api', 'Create the branch again from what Gitward holds', 'waiting'
    FROM again, counted`.execute(trx);
  await sql`
    UPDATE entries SET waiting = head_text IS NOT NULL OR waiting, git_blob = NULL, git_text = NULL
    WHERE space_id = ${spaceId}`.execute(trx);
}
