import type { StreamId } from '../../model/streams/ids.ts';
import type { Verification } from '../../model/mirror/verification.ts';
import type { Db } from '../connect.ts';
import { jsonb } from '../storable.ts';

/** Stores a verification as the stream's last, unless the stored one began later. */
export async function putVerification(
  db: Db,
  stream: StreamId,
  verification: Verification,
): Promise<void> {
  const columns = {
    outcome: verification.outcome,
    failure: verification.failure === null ? null : jsonb(verification.failure),
    checkedAt: verification.checkedAt,
    commitSha: verification.commit,
    files: verification.files,
    differenceCount: verification.differenceCount,
    differences: jsonb(verification.differences),
  };
  await db
    .insertInto('verifications')
    .values({ stream, ...columns })
    .onConflict((conflict) =>
      conflict
        .column('stream')
        .doUpdateSet(columns)
        .whereRef('verifications.checkedAt', '<=', 'excluded.checkedAt'),
    )
    .execute();
}

/** Finds the stream's last verification; `null` if there was none. */
export async function findVerification(db: Db, stream: StreamId): Promise<Verification | null> {
  const row = await db
    .selectFrom('verifications')
    .selectAll()
    .where('stream', '=', stream)
    .executeTakeFirst();
  if (row === undefined) return null;
  return {
    outcome: row.outcome,
    failure: row.failure,
    checkedAt: row.checkedAt.toISOString(),
    commit: row.commitSha,
    files: row.files,
    differenceCount: row.differenceCount,
    differences: row.differences,
  };
}
