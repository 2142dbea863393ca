import type { StreamId } from '../../model/streams/ids.ts';
import type { Verification } from '../../model/mirror/verification.ts';
import type { Db } from '../connect.ts';
import { jsonb } from '../storable.ts';

/** Keeps a verification in the place of the stream's last, unless that began later. */
export async function storeVerification(
  db: Db,
  stream: StreamId,
  verification: Verification,
): Promise<void> {
  const columns = {
    outcome: verification.outcome,
    failure: verification.failure === null ? null : jsonb(verification.failure),
    checked_at: verification.checkedAt,
    commit_sha: verification.commit,
    files: verification.files,
    difference_count: verification.differenceCount,
    differences: jsonb(verification.differences),
  };
  await db
    .insertInto('verifications')
    .values({ stream, ...columns })
    .onConflict((conflict) =>
      conflict
        .column('stream')
        .doUpdateSet(columns)
        .whereRef('verifications.checked_at', '<=', 'excluded.checked_at'),
    )
    .execute();
}

/** The stream's last verification; `null` where there was none. */
export async function readVerification(db: Db, stream: StreamId): Promise<Verification | null> {
  const row = await db
    .selectFrom('verifications')
    .selectAll()
    .where('stream', '=', stream)
    .executeTakeFirst();
  if (row === undefined) return null;
  return {
    outcome: row.outcome,
    failure: row.failure,
    checkedAt: row.checked_at.toISOString(),
    commit: row.commit_sha,
    files: row.files,
    differenceCount: row.difference_count,
    differences: row.differences,
  };
}
