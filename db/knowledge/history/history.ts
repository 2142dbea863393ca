import { sql } from 'kysely';
import type { Db } from '../../connect.ts';
import { entryIsOf } from '../entries.ts';
import type { Via } from '../../../model/knowledge/entry.ts';

/** A version of an entry: the commit that made it, and what the entry became there. */
export interface EntryVersion {
  /** Position on the branch's first-parent line, counted from 1. */
  position: number;
  sha: string;
  /** When the author wrote it. */
  authoredAt: Date;
  author: { name: string; email: string };
  subject: string;
  via: Via;
  entryId: string;
  kind: string;
  path: string;
  /** The path before, if this commit moved it. */
  previousPath: string | null;
  /** `null` if it was removed. */
  blobId: string | null;
}

/** Which version is meant: the entry in an indexed commit, at a time, or at a position of the branch's line. */
export type VersionMoment = { commit: string } | { at: Date } | { position: number };

/** An entry at a moment. */
export interface VersionAt {
  /** Position of the commit that last changed it. */
  position: number;
  sha: string;
  kind: string;
  path: string;
  /** `null` if it had been removed. */
  blob: string | null;
  /** When it reached the branch: the latest committer date up to that commit. */
  at: Date;
}

/**
 * Finds the entry as it was in a commit (whichever commit changed it last) or at a time. `null` if
 * the commit is not in the index, or the entry did not exist yet.
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

/**
 * Finds the position of a moment on the branch's line; `null` if the commit is not on it or the
 * time is before its start.
 */
export async function findPosition(
  db: Db,
  spaceId: string,
  moment: VersionMoment,
): Promise<number | null> {
  if ('position' in moment) return moment.position;
  let commits = db.selectFrom('spaceCommits').select('position').where('spaceId', '=', spaceId);
  commits =
    'commit' in moment
      ? commits.where('sha', '=', moment.commit)
      : // Both grow along the line, so the last commit that is not later than the time is the right one.
        commits
          .where('effectiveAt', '<=', moment.at)
          .orderBy('effectiveAt', 'desc')
          .orderBy('position', 'desc')
          .limit(1);
  return (await commits.executeTakeFirst())?.position ?? null;
}

/** How many commits with the same beginning are looked at: two are as ambiguous as many. */
const mostNamesakes = 2;

/**
 * Lists the commits of the branch whose ids begin with these hex digits, at most two. With `kinds`, only those that changed
 * an entry of these kinds.
 */
export async function listCommitsBeginning(
  db: Db,
  spaceId: string,
  digits: string,
  kinds: readonly string[] | null,
): Promise<string[]> {
  const commits = db
    .selectFrom('spaceCommits as c')
    .select('c.sha')
    .where('c.spaceId', '=', spaceId)
    .where('c.sha', '>=', digits)
    // `g` comes after every hex digit.
    .where('c.sha', '<', `${digits}g`)
    .limit(mostNamesakes);
  const rows = await (
    kinds === null
      ? commits
      : commits.where(({ exists, selectFrom }) =>
          exists(
            selectFrom('entryVersions as v')
              .select('v.entryId')
              .whereRef('v.spaceId', '=', 'c.spaceId')
              .whereRef('v.position', '=', 'c.position')
              .where('v.kind', '=', sql<string>`ANY (${kinds}::text[])`),
          ),
        )
  ).execute();
  return rows.map(({ sha }) => sha);
}

/** Lists the blobs that an entry has had in Git whose ids begin with these hex digits. */
export async function listBlobsBeginning(
  db: Db,
  spaceId: string,
  entryId: string,
  digits: string,
): Promise<string[]> {
  const rows = await db
    .selectFrom('entryVersions')
    .select('blobId')
    .distinct()
    .where('spaceId', '=', spaceId)
    .where('entryId', '=', entryId)
    .where('blobId', '>=', digits)
    .where('blobId', '<', `${digits}g`)
    .limit(mostNamesakes)
    .execute();
  return rows.flatMap(({ blobId }) => blobId ?? []);
}

/** A page of versions. */
export interface VersionsPage {
  /** `null` means all. */
  kinds: readonly string[] | null;
  limit: number;
  /**
   * The page starts before this position; {@link listRecentChanges} also uses the entry after which
   * it starts. `null` means the newest.
   */
  before: { position: number; entryId: string } | null;
}

/** Lists an entry's versions, newest first, even if the entry was removed. */
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

/**
 * Lists what commits changed in the space's entries, newest first; changes of one commit are
 * ordered by entry id. With `kinds`, without those of entries that now have another kind.
 */
export async function listRecentChanges(
  db: Db,
  spaceId: string,
  { kinds, limit, before }: VersionsPage,
): Promise<EntryVersion[]> {
  let query = versions(db, spaceId, kinds);
  if (kinds !== null) query = query.where(entryIsOf('v', kinds));
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

/** Finds the newest commit in which an entry was this blob; `null` if there is none. */
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
