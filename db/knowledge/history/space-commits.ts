import { sql } from 'kysely';
import type { Db, Trx } from '../../connect.ts';
import type { Via } from '../../../model/knowledge/entry.ts';
import { storableText, storableTime } from '../../storable.ts';

/** A commit of the branch's first-parent line, to be added to the index. */
export interface IndexedCommit {
  position: number;
  sha: string;
  author: { name: string; email: string };
  authoredAt: Date;
  effectiveAt: Date;
  subject: string;
  via: Via;
}

/** What a commit did to an entry, to be added to the index. */
export interface IndexedVersion {
  position: number;
  entryId: string;
  kind: string;
  path: string;
  previousPath: string | null;
  blobId: string | null;
}

/** The end of the index. */
export interface LineEnd {
  position: number;
  effectiveAt: Date;
}

/** Stores commits and what they changed, with one statement each, however many there are. */
export async function insertCommits(
  trx: Trx,
  spaceId: string,
  commits: readonly IndexedCommit[],
  versions: readonly IndexedVersion[],
): Promise<void> {
  if (commits.length > 0)
    await sql`
      INSERT INTO space_commits (space_id, position, sha, author_name, author_email, authored_at, effective_at, subject, via)
      SELECT ${spaceId}, * FROM unnest(
        ${commits.map(({ position }) => position)}::bigint[],
        ${commits.map(({ sha }) => sha)}::text[],
        ${commits.map(({ author }) => storableText(author.name))}::text[],
        ${commits.map(({ author }) => storableText(author.email))}::text[],
        ${commits.map(({ authoredAt }) => storableTime(authoredAt))}::timestamptz[],
        ${commits.map(({ effectiveAt }) => storableTime(effectiveAt))}::timestamptz[],
        ${commits.map(({ subject }) => storableText(subject))}::text[],
        ${commits.map(({ via }) => via)}::text[])`.execute(trx);
  if (versions.length > 0)
    await sql`
      INSERT INTO entry_versions (space_id, position, entry_id, kind, path, previous_path, blob_id)
      SELECT ${spaceId}, * FROM unnest(
        ${versions.map(({ position }) => position)}::bigint[],
        ${versions.map(({ entryId }) => entryId)}::text[],
        ${versions.map(({ kind }) => kind)}::text[],
        ${versions.map(({ path }) => path)}::text[],
        ${versions.map(({ previousPath }) => previousPath)}::text[],
        ${versions.map(({ blobId }) => blobId)}::text[])`.execute(trx);
}

/** Finds the last of these commits on the line that is in the index; `null` if none is. */
export async function findLastIndexed(
  db: Db,
  spaceId: string,
  shas: readonly string[],
): Promise<{ sha: string; position: number } | null> {
  const row = await db
    .selectFrom('spaceCommits')
    .select(['sha', 'position'])
    .where('spaceId', '=', spaceId)
    .where(sql<boolean>`sha = ANY (${shas}::text[])`)
    .orderBy('position', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ?? null;
}

/** Reads where the index ends; position 0 if it is empty. */
export async function readEndOfLine(db: Db, spaceId: string): Promise<LineEnd> {
  const row = await db
    .selectFrom('spaceCommits')
    .select(['position', 'effectiveAt'])
    .where('spaceId', '=', spaceId)
    .orderBy('position', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined
    ? { position: 0, effectiveAt: new Date(0) }
    : { position: row.position, effectiveAt: row.effectiveAt };
}

/** The commit that last changed an entry. */
export interface LastChange {
  sha: string;
  author: string;
  at: Date;
}

/** Lists the last change of each entry that was changed after a position, by entry id. */
export async function listLastChanges(
  db: Db,
  spaceId: string,
  after: number,
): Promise<Map<string, LastChange>> {
  const rows = await db
    .selectFrom('entryVersions as v')
    .innerJoin('spaceCommits as c', (join) =>
      join.onRef('c.spaceId', '=', 'v.spaceId').onRef('c.position', '=', 'v.position'),
    )
    .distinctOn('v.entryId')
    .select(['v.entryId', 'c.sha', 'c.authorName', 'c.authoredAt'])
    .where('v.spaceId', '=', spaceId)
    .where('v.position', '>', after)
    .orderBy('v.entryId')
    .orderBy('v.position', 'desc')
    .execute();
  return new Map(
    rows.map(({ entryId, sha, authorName: author, authoredAt: at }) => [
      entryId,
      { sha, author, at },
    ]),
  );
}

/** A version of an entry that has waiting saves. */
export interface PassedVersion {
  entryId: string;
  /** The kind's name. */
  kind: string;
  blobId: string;
}

/** Lists the versions that commits after a position made of entries with waiting saves, oldest first; at most `limit`. */
export async function listPassedVersions(
  db: Db,
  spaceId: string,
  { after, limit }: { after: number; limit: number },
): Promise<PassedVersion[]> {
  const rows = await db
    .selectFrom('entryVersions as v')
    .select(['v.entryId', 'v.kind', 'v.blobId'])
    .where('v.spaceId', '=', spaceId)
    .where('v.position', '>', after)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('saves as s')
          .select('s.id')
          .where('s.spaceId', '=', spaceId)
          .where('s.state', '=', 'waiting')
          .whereRef('s.entryId', '=', 'v.entryId'),
      ),
    )
    .orderBy('v.position')
    .limit(limit)
    .execute();
  return rows.flatMap(({ blobId, ...row }) => (blobId === null ? [] : [{ ...row, blobId }]));
}

/**
 * Notes the last change of entries that commits touched and left as they were, such as files that were moved away and
 * back. Entries that are not in Git stay as they are, and waiting saves keep their authors.
 */
export async function noteLastChanges(
  trx: Trx,
  spaceId: string,
  changes: ReadonlyMap<string, LastChange>,
): Promise<void> {
  if (changes.size === 0) return;
  const last = [...changes.values()];
  await sql`
    UPDATE entries e SET
      commit_sha = l.sha,
      updated_by = CASE WHEN e.waiting THEN e.updated_by ELSE l.author END,
      updated_at = CASE WHEN e.waiting THEN e.updated_at ELSE l.at END
    FROM unnest(${[...changes.keys()]}::text[], ${last.map(({ sha }) => sha)}::text[],
      ${last.map(({ author }) => author)}::text[], ${last.map(({ at }) => at)}::timestamptz[])
      AS l (id, sha, author, at)
    WHERE e.space_id = ${spaceId} AND e.id = l.id AND e.git_blob IS NOT NULL
      AND e.commit_sha IS DISTINCT FROM l.sha`.execute(trx);
}

/**
 * Removes everything after a position from the index, because the branch's line is different from
 * there on.
 */
export async function cutLine(trx: Trx, spaceId: string, after: number): Promise<void> {
  for (const table of ['spaceCommits', 'entryVersions'] as const)
    await trx
      .deleteFrom(table)
      .where('spaceId', '=', spaceId)
      .where('position', '>', after)
      .execute();
}

/** Lists the files at the end of the line according to the index, as pairs of path and entry. */
export async function listFilesAtEndOfLine(
  db: Db,
  spaceId: string,
): Promise<[path: string, id: string][]> {
  const rows = await db
    .selectFrom('entryVersions')
    .distinctOn('entryId')
    .select(['entryId', 'path', 'blobId'])
    .where('spaceId', '=', spaceId)
    .orderBy('entryId')
    .orderBy('position', 'desc')
    .execute();
  return rows.flatMap(({ entryId, path, blobId }) =>
    blobId === null ? [] : [[path, entryId] as [string, string]],
  );
}

/** Reads the commit at a position of the line; `null` if there is none. */
export async function readShaAt(db: Db, spaceId: string, position: number): Promise<string | null> {
  const row = await db
    .selectFrom('spaceCommits')
    .select('sha')
    .where('spaceId', '=', spaceId)
    .where('position', '=', position)
    .executeTakeFirst();
  return row?.sha ?? null;
}
