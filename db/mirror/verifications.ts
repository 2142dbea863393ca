import type { StreamId } from '../../model/streams/ids.ts';
import type { Verification } from '../../model/mirror/verification.ts';
import type { Db, Trx } from '../connect.ts';
import type { Sealer } from '../sealing.ts';
import { jsonb } from '../storable.ts';

/** Stores a verification as the stream's last, unless the stored one began later; returns whether it was stored. */
export async function putVerification(
  db: Db,
  stream: StreamId,
  verification: Verification,
): Promise<boolean> {
  const columns = {
    outcome: verification.outcome,
    failure: verification.failure === null ? null : jsonb(verification.failure),
    checkedAt: verification.checkedAt,
    commitSha: verification.commit,
    files: verification.files,
    differenceCount: verification.differenceCount,
    differences: jsonb(verification.differences),
  };
  const { numInsertedOrUpdatedRows = 0n } = await db
    .insertInto('verifications')
    .values({ stream, ...columns })
    .onConflict((conflict) =>
      conflict
        .column('stream')
        .doUpdateSet(columns)
        .whereRef('verifications.checkedAt', '<=', 'excluded.checkedAt'),
    )
    .executeTakeFirst();
  return numInsertedOrUpdatedRows > 0n;
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

/** Keeps what the source makes of some paths that differ, in place of those of the verification before. */
export async function replaceExpectedFiles(
  trx: Trx,
  sealer: Sealer,
  stream: StreamId,
  files: ReadonlyMap<string, Uint8Array>,
): Promise<void> {
  await trx.deleteFrom('verificationFiles').where('stream', '=', stream).execute();
  if (files.size === 0) return;
  const rows = [...files].map(([path, content]) => ({
    stream,
    path,
    expected: sealer.seal(content, expectedFileContext(stream, path)),
  }));
  await trx.insertInto('verificationFiles').values(rows).execute();
}

/** What the source made of a path that differed in the last verification; `null` if it is not kept. */
export async function findExpectedFile(
  db: Db,
  sealer: Sealer,
  stream: StreamId,
  path: string,
): Promise<Buffer | null> {
  const row = await db
    .selectFrom('verificationFiles')
    .select('expected')
    .where('stream', '=', stream)
    .where('path', '=', path)
    .executeTakeFirst();
  return row === undefined ? null : sealer.open(row.expected, expectedFileContext(stream, path));
}

/** What a kept file is sealed for. */
export function expectedFileContext(stream: StreamId, path: string): string {
  return `${stream} expected ${path}`;
}
