import { sql } from 'kysely';
import type { AppliedSampleChange, SampleChange } from '../../model/platform/sample-change.ts';
import type { Db } from '../connect.ts';
import { jsonb } from '../storable.ts';

/** A stored change of a sample project, with its place in the project's order (from 1). */
export type StoredSampleChange = AppliedSampleChange & { ordinal: number };

/**
 * Adds a change to a sample project's list and returns it. The project's row puts concurrent calls
 * in order; it stays locked until the caller's transaction ends. The project must exist.
 */
export async function addSampleChange(
  db: Db,
  projectId: string,
  { author, ...change }: SampleChange & { author: string },
): Promise<StoredSampleChange> {
  await db
    .selectFrom('projects')
    .select('id')
    .where('id', '=', projectId)
    .forUpdate()
    .executeTakeFirstOrThrow();
  const row = await db
    .insertInto('sampleChanges')
    .values((expression) => ({
      projectId,
      ordinal: expression
        .selectFrom('sampleChanges')
        .select(sql<number>`coalesce(max(ordinal), 0) + 1`.as('next'))
        .where('projectId', '=', projectId),
      change: jsonb(change),
      author,
      // The current time, not the start of the transaction, so that the times are in the same
      // order.
      at: sql<Date>`date_trunc('milliseconds', clock_timestamp())`,
    }))
    .returning(['ordinal', 'change', 'author', 'at'])
    .executeTakeFirstOrThrow();
  return stored(row);
}

/** Lists the changes that were made to a sample project, in order. */
export async function listSampleChanges(db: Db, projectId: string): Promise<StoredSampleChange[]> {
  const rows = await db
    .selectFrom('sampleChanges')
    .select(['ordinal', 'change', 'author', 'at'])
    .where('projectId', '=', projectId)
    .orderBy('ordinal')
    .execute();
  return rows.map(stored);
}

function stored(row: {
  ordinal: number;
  change: SampleChange;
  author: string;
  at: Date;
}): StoredSampleChange {
  return { ...row.change, author: row.author, at: row.at.toISOString(), ordinal: row.ordinal };
}
