import { sql } from 'kysely';
import type { Via } from '../../../model/knowledge/entry.ts';
import type { Db } from '../../connect.ts';

/** How many of a commit's entries are named. */
const mostNamed = 5;

/** What a commit did to an entry. */
export type EntryChange = 'added' | 'edited' | 'moved' | 'removed';

/** A commit that changed entries. */
export interface RecentCommit {
  /** Position on the branch's first-parent line, counted from 1. */
  position: number;
  sha: string;
  authoredAt: Date;
  author: { name: string; email: string };
  subject: string;
  via: Via;
  /** How many entries it changed. */
  count: number;
  /** The first of them, by id. */
  entries: {
    id: string;
    kind: string;
    path: string;
    /** The entry's title now; `null` if it does not exist any more. */
    title: string | null;
    change: EntryChange;
  }[];
}

/**
 * Lists the commits that changed entries, newest first, each once, however many entries it changed. With `kinds`, only what
 * it did to entries that had one of these kinds then and have one now. Each commit is found by one look at the index.
 */
export async function listRecentCommits(
  db: Db,
  spaceId: string,
  {
    kinds,
    limit,
    before,
  }: { kinds: readonly string[] | null; limit: number; before: number | null },
): Promise<RecentCommit[]> {
  const isSeen =
    kinds === null
      ? sql`true`
      : sql`v.kind = ANY (${kinds}::text[]) AND NOT EXISTS (
          SELECT FROM entries now WHERE now.space_id = v.space_id AND now.id = v.entry_id
            AND now.kind <> ALL (${kinds}::text[]))`;
  const newest = (until: ReturnType<typeof sql>) => sql`
    (SELECT v.position FROM entry_versions v
      WHERE v.space_id = ${spaceId} AND v.position < ${until} AND ${isSeen}
      ORDER BY v.position DESC LIMIT 1)`;
  const { rows } = await sql<
    Omit<RecentCommit, 'author'> & { authorName: string; authorEmail: string }
  >`
    WITH RECURSIVE line AS (
      SELECT ${newest(sql`${before ?? Number.MAX_SAFE_INTEGER}::bigint`)} AS position, 1 AS nth
      UNION ALL
      SELECT ${newest(sql`line.position`)}, nth + 1 FROM line
      WHERE line.position IS NOT NULL AND nth < ${limit}
    )
    SELECT c.position, c.sha, c.authored_at, c.author_name, c.author_email, c.subject, c.via, counted.count, named.entries
    FROM line
    JOIN space_commits c ON c.space_id = ${spaceId} AND c.position = line.position
    CROSS JOIN LATERAL (
      SELECT count(*) FROM entry_versions v
      WHERE v.space_id = ${spaceId} AND v.position = line.position AND ${isSeen}) counted
    CROSS JOIN LATERAL (
      SELECT jsonb_agg(jsonb_build_object('id', v.entry_id, 'kind', v.kind, 'path', v.path, 'title', e.title, 'change',
        CASE WHEN v.blob_id IS NULL THEN 'removed' WHEN before.blob_id IS NULL THEN 'added'
          WHEN v.previous_path IS NOT NULL THEN 'moved' ELSE 'edited' END) ORDER BY v.entry_id) AS entries
      FROM (
        SELECT * FROM entry_versions v
        WHERE v.space_id = ${spaceId} AND v.position = line.position AND ${isSeen}
        ORDER BY v.entry_id LIMIT ${mostNamed}) v
      LEFT JOIN entries e ON e.space_id = v.space_id AND e.id = v.entry_id AND e.head_blob IS NOT NULL
      LEFT JOIN LATERAL (
        SELECT p.blob_id FROM entry_versions p
        WHERE p.space_id = v.space_id AND p.entry_id = v.entry_id AND p.position < v.position
        ORDER BY p.position DESC LIMIT 1) before ON true) named
    ORDER BY c.position DESC`.execute(db);
  return rows.map(({ authorName, authorEmail, ...row }) => ({
    ...row,
    author: { name: authorName, email: authorEmail },
  }));
}
