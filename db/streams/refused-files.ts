import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { RefusedFile } from '../../model/streams/refusal.ts';
import type { StreamId } from '../../model/streams/ids.ts';
import type { Db, Trx } from '../connect.ts';
import { insertEndedOutage } from './outages.ts';
import { storableText } from '../storable.ts';

/** A refused file, and since when it is. */
export interface StoredRefusal extends RefusedFile {
  refusedAt: Date;
}

/** Lists the contents of a stream's files that the host refuses, by path, the newest of a file last. */
export async function listRefused(db: Db, stream: StreamId): Promise<StoredRefusal[]> {
  return (await listRefusedOf(db, [stream])).get(stream) ?? [];
}

/** Lists the refused files of each of these streams. */
export async function listRefusedOf(
  db: Db,
  streams: readonly StreamId[],
): Promise<Map<StreamId, StoredRefusal[]>> {
  const refused = new Map<StreamId, StoredRefusal[]>();
  if (streams.length === 0) return refused;
  const rows = await db
    .selectFrom('refusedFiles')
    .select(['stream', 'path', 'blobId', 'rule', 'refusedAt'])
    .where('stream', 'in', streams)
    .orderBy('path')
    .orderBy('refusedAt')
    .execute();
  for (const { stream, ...file } of rows)
    refused.set(stream, [...(refused.get(stream) ?? []), file]);
  return refused;
}

/** Notes files that the host refuses. The admins are still to be told of those that are new. */
export async function putRefused(
  db: Db,
  stream: StreamId,
  files: readonly RefusedFile[],
): Promise<void> {
  if (files.length === 0) return;
  await db
    .insertInto('refusedFiles')
    .values(files.map(({ rule, ...file }) => ({ stream, ...file, rule: storableText(rule) })))
    .onConflict((conflict) =>
      conflict
        .columns(['stream', 'path', 'blobId'])
        .doUpdateSet((eb) => ({ rule: eb.ref('excluded.rule') })),
    )
    .execute();
}

/** Forgets that these were refused: they were sent with other content, or are gone. */
export async function forgetRefused(
  db: Db,
  stream: StreamId,
  paths: readonly string[],
): Promise<void> {
  if (paths.length === 0) return;
  await db
    .deleteFrom('refusedFiles')
    .where('stream', '=', stream)
    .where(sql<boolean>`path = ANY (${paths}::text[])`)
    .execute();
}

/** Forgets all that was refused of a stream, so that it is sent again. */
export async function forgetAllRefused(db: Db, stream: StreamId): Promise<void> {
  await db.deleteFrom('refusedFiles').where('stream', '=', stream).execute();
}

/**
 * Records the refused files that nobody was told of as an outage that is over: everything else was sent. Returns the
 * outage of which the admins are still to be told; `null` if there is none.
 */
export async function noteRefusals(db: Db, stream: StreamId): Promise<string | null> {
  // Most streams have none, and all of them ask after each sync or delivery.
  const refused = await db
    .selectFrom('refusedFiles')
    .select('path')
    .where('stream', '=', stream)
    .limit(1)
    .executeTakeFirst();
  if (refused === undefined) return null;
  return db.transaction().execute(async (trx) => {
    const files = await trx
      .selectFrom('refusedFiles')
      .select(['path', 'rule'])
      .where('stream', '=', stream)
      .where('outageId', 'is', null)
      .orderBy('path')
      .forUpdate()
      .execute();
    if (files.length > 0) await recordRefusals(trx, stream, files);
    const untold = await trx
      .selectFrom('refusedFiles')
      .select('outageId')
      .where('stream', '=', stream)
      .where('outageId', 'is not', null)
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('notices')
              .select('outageId')
              .whereRef('notices.outageId', '=', 'refusedFiles.outageId'),
          ),
        ),
      )
      .executeTakeFirst();
    return untold?.outageId ?? null;
  });
}

async function recordRefusals(
  trx: Trx,
  stream: StreamId,
  files: readonly Pick<RefusedFile, 'path' | 'rule'>[],
): Promise<void> {
  const outageId = randomUUID();
  const listed = files.slice(0, 20).map(({ path, rule }) => `${path} (${rule})`);
  const more = files.length > listed.length ? [`and ${files.length - listed.length} more`] : [];
  await insertEndedOutage(trx, {
    ...{ id: outageId, stream, lane: 'repository', code: 'content_refused' },
    message: `The host refuses ${files.length === 1 ? 'a file' : `${files.length} files`}: ${[...listed, ...more].join('; ')}. Everything else was sent.`,
  });
  await trx
    .updateTable('refusedFiles')
    .set({ outageId })
    .where('stream', '=', stream)
    .where('outageId', 'is', null)
    .execute();
}
