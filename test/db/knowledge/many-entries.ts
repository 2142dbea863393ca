import { sql } from 'kysely';
import type { Db } from '../../../db/connect.ts';
import type { EntriesPage } from '../../../db/knowledge/entry-lists.ts';

/** The first 51 entries, by title. */
const firstPage: EntriesPage = {
  ...{ kinds: null, status: null, words: [], fields: [], after: null, limit: 51 },
  order: { by: { column: 'title' }, descending: false },
};

/** Lists of a large space, each with a name and whether an index yields its few rows or all rows must be read. */
export const manyLists: readonly [string, 'few' | 'all', EntriesPage][] = (
  [
    ['the first page', 'all', {}],
    ['the newest', 'few', { order: { by: { column: 'updated' }, descending: true } }],
    ['of a kind', 'few', { kinds: ['customer'] }],
    [
      'of a kind, the middle',
      'few',
      { kinds: ['customer'], after: { key: `Entry ${'8'.repeat(32)}`, id: 'entry-1' } },
    ],
    ['of several kinds', 'all', { kinds: ['customer', 'skill'] }],
    ['by a field', 'all', { order: { by: { field: 'region' }, descending: false } }],
    ...(['invalid', 'conflict', 'in_review'] as const).map(
      (status): [string, 'few', Partial<EntriesPage>] => [
        `what is ${status}, newest first`,
        'few',
        { status, order: { by: { column: 'updated' }, descending: true } },
      ],
    ),
    ['a word', 'few', { words: ['needle77'] }],
    ['the beginning of a word', 'all', { words: ['needle'] }],
    ['a field', 'all', { fields: [{ field: 'region', values: ['region-7'] }] }],
    [
      'a word and a field',
      'all',
      { words: ['need'], fields: [{ field: 'tier', values: ['2', 2] }] },
    ],
    ['the middle', 'all', { after: { key: `Entry ${'8'.repeat(32)}`, id: 'entry-1' } }],
  ] satisfies [string, 'few' | 'all', Partial<EntriesPage>][]
).map(([name, rows, asked]) => [name, rows, { ...firstPage, ...asked }]);

/** Fills a space with entries of some 2 KB: two kinds, 50 regions, 4 tiers, and each of 500 words in some of them. One in 500 each is invalid, in conflict and in review. */
export async function addManyEntries(db: Db, spaceId: string, count: number): Promise<void> {
  await sql`
    INSERT INTO entries (space_id, id, kind, path, title, fields, head_text, head_blob, updated_at, problems, conflicted, in_review)
    SELECT ${spaceId}, 'entry-' || n, CASE WHEN n % 2 = 0 THEN 'customer' ELSE 'skill' END,
      'knowledge/' || n || '.md', 'Entry ' || md5(n::text),
      jsonb_build_object('region', 'region-' || n % 50, 'tier', n % 4),
      (SELECT string_agg(md5((n * 100 + w % 70)::text), ' ') FROM generate_series(1, 80) w) || ' needle' || n % 500,
      md5(n::text), timestamptz '2026-01-01' + n * interval '1 minute',
      CASE WHEN n % 500 = 1 THEN '[{"code": "x"}]'::jsonb ELSE '[]'::jsonb END, n % 500 = 2, n % 500 = 3
    FROM generate_series(1, ${count}::int) n`.execute(db);
  await sql`ANALYZE entries`.execute(db);
}
