import { sql } from 'kysely';
import type { Db } from '../connect.ts';
import type { Via } from '../../model/knowledge/entry.ts';

/** A version of an entry: the commit that made it, and what it became there. */
export interface EntryVersion {
  /** Along the branch's first-parent line, counted from 1. */
  position: number;
  sha: string;
  /** When its author wrote it. */
  authoredAt: Date;
  author: { name: string; email: string };
  subject: string;
  via: Via;
  entryId: string;
  kind: string;
  path: string;
  /** Where it was before, if this commit moved it. */
  previousPath: string | null;
  /** `null`: it was removed. */
  blobId: string | null;
}

/** Which version is meant: the entry as it was in a commit of the index, or at a time. */
export type VersionMoment = { commit: string } | { at: Date };

/** An entry as it was at a moment. */
export interface VersionAt {
  /** Of the commit that made it so. */
  position: number;
  sha: string;
  kind: string;
  path: string;
  /** `null`: it had been removed. */
  blob: string | null;
  /** When the branch had it: the latest committer date up to that commit. */
  at: Date;
}

/**
 * The entry as it was in a commit, whichever commit changed it last, or "as of" a time. `null` where the index has no
 * such commit, or the entry was not there yet.
 */
export async function findVersionAt(
  db: Db,
  spaceId: string,
  entryId: string,
  moment: VersionMoment,
): Promise<VersionAt | null> {
  const position = await findPosition(db, spaceId, moment);
  if (position === null) return null;
  const row = await db
    .selectFrom('entryVersions as v')
    .innerJoin('spaceCommits as c', (join) =>
      join.onRef('c.spaceId', '=', 'v.spaceId').onRef('c.position', '=', 'v.position'),
    )
    .select(['v.position', 'c.sha', 'v.kind', 'v.path', 'v.blobId as blob', 'c.effectiveAt as at'])
    .where('v.spaceId', '=', spaceId)
    .where('v.entryId', '=', entryId)
    .where('v.position', '<=', position)
    .orderBy('v.position', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ?? null;
}

/** Where a moment is on the branch's line; `null` where it is not on it, or before it. */
export async function findPosition(
  db: Db,
  spaceId: string,
  moment: VersionMoment,
): Promise<number | null> {
  let commits = db.selectFrom('spaceCommits').select('position').where('spaceId', '=', spaceId);
  commits =
    'commit' in moment
      ? commits.where('sha', '=', moment.commit)
      : // Both grow along the line, so the newest that is not later is the last of them.
        commits
          .where('effectiveAt', '<=', moment.at)
          .orderBy('effectiveAt', 'desc')
          .orderBy('position', 'desc')
          .limit(1);
  return (await commits.executeTakeFirst())?.position ?? null;
}

/** A page of versions. */
export interface VersionsPage {
  /** `null` is all. */
  kinds: readonly string[] | null;
  limit: number;
  /** The position before which the page begins (with {@link listRecentChanges}: and the entry after which); `null`: the newest. */
  before: { position: number; entryId: string } | null;
}

/** An entry's versions, newest first, also of one that was removed. */
export async function listVersions(
  db: Db,
  spaceId: string,
  entryId: string,
  { kinds, limit, before }: VersionsPage,
): Promise<EntryVersion[]> {
  let query = versions(db, spaceId, kinds).where('v.entryId', '=', entryId);
  if (before !== null) query = query.where('v.position', '<', before.position);
  const rows = await query.orderBy('v.position', 'desc').limit(limit).execute();
  return rows.map(versionRow);
}

/** What commits changed of the space's entries, newest first, and in one commit by the entries' ids. */
export async function listRecentChanges(
  db: Db,
  spaceId: string,
  { kinds, limit, before }: VersionsPage,
): Promise<EntryVersion[]> {
  let query = versions(db, spaceId, kinds);
  if (before !== null)
    query = query.where(({ and, eb, or }) =>
      and([
        eb('v.position', '<=', before.position),
        or([eb('v.position', '<', before.position), eb('v.entryId', '>', before.entryId)]),
      ]),
    );
  const rows = await query
    .orderBy('v.position', 'desc')
    .orderBy('v.entryId')
    .limit(limit)
    .execute();
  return rows.map(versionRow);
}

function versions(db: Db, spaceId: string, kinds: readonly string[] | null) {
  const all = db
    .selectFrom('entryVersions as v')
    .innerJoin('spaceCommits as c', (join) =>
      join.onRef('c.spaceId', '=', 'v.spaceId').onRef('c.position', '=', 'v.position'),
    )
    .select([
      ...(['v.position', 'v.entryId', 'v.kind', 'v.path', 'v.previousPath', 'v.blobId'] as const),
      ...([
        'c.sha',
        'c.authorName',
        'c.authorEmail',
        'c.authoredAt',
        'c.subject',
        'c.via',
      ] as const),
    ])
    .where('v.spaceId', '=', spaceId);
  return kinds === null ? all : all.where('v.kind', '=', sql<string>`ANY (${kinds}::text[])`);
}

type SelectedVersion = Awaited<ReturnType<ReturnType<typeof versions>['executeTakeFirstOrThrow']>>;

function versionRow(row: SelectedVersion): EntryVersion {
  return {
    position: row.position,
    sha: row.sha,
    authoredAt: row.authoredAt,
    author: { name: row.authorName, email: row.authorEmail },
    subject: row.subject,
    via: row.via,
    entryId: row.entryId,
    kind: row.kind,
    path: row.path,
    previousPath: row.previousPath,
    blobId: row.blobId,
  };
}

/** The newest commit in which an entry was this blob, or `null`. */
export async function findCommitOfBlob(
  db: Db,
  spaceId: string,
  entryId: string,
  blobId: string,
): Promise<string | null> {
  const row = await versions(db, spaceId, null)
    .where('v.entryId', '=', entryId)
    .where('v.blobId', '=', blobId)
    .orderBy('v.position', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.sha ?? null;
}
