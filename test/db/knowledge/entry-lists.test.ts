import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Db } from '../../../db/connect.ts';
import { listEntries, type EntriesPage } from '../../../db/knowledge/entry-lists.ts';
import { jsonb } from '../../../db/storable.ts';
import { syncStatuses, entrySyncStatus } from '../../../model/knowledge/sync-status.ts';
import { testDatabase } from '../../support/postgres.ts';
import { workOf } from '../../support/query-work.ts';
import { addManyEntries, manyLists } from './many-entries.ts';

const { db } = await testDatabase();
const byTitle = { by: { column: 'title' }, descending: false } as const;
const everything: EntriesPage = {
  ...{ kinds: null, status: null, words: [], fields: [], order: byTitle, after: null, limit: 200 },
};

interface Made {
  id: string;
  kind?: string;
  title?: string;
  fields?: object;
  text?: string | null;
  facts?: object;
  updatedAt?: string;
}

async function addSpace(id: string): Promise<void> {
  await db
    .insertInto('spaces')
    .values({
      ...{ id, name: id, repositoryUrl: `https://git.example/${id}`, repositoryBranch: 'main' },
      ...{ root: 'knowledge', rules: '{}', lastSequence: 0 },
    })
    .execute();
}

async function add(spaceId: string, entries: Made[]): Promise<void> {
  await db
    .insertInto('entries')
    .values(
      entries.map(({ id, kind = 'skill', title = id, fields = {}, text = title, ...rest }) => ({
        ...{ spaceId, id, kind, path: `knowledge/${id}.md`, title },
        fields: jsonb(fields),
        headText: text,
        headBlob: text === null ? null : 'b'.repeat(40),
        updatedAt: rest.updatedAt ?? '2026-03-01T12:00:00Z',
        ...rest.facts,
      })),
    )
    .execute();
}

/** The ids of a list, all its pages one after the other. */
async function idsOf(spaceId: string, asked: Partial<EntriesPage> = {}): Promise<string[]> {
  const ids: string[] = [];
  for (let after: EntriesPage['after'] = null; ;) {
    const page: EntriesPage = { ...everything, ...asked, after };
    const rows = await listEntries(db, spaceId, page);
    ids.push(...rows.map(({ id }) => id));
    const last = rows.at(-1);
    if (last === undefined || rows.length < page.limit) return ids;
    after = { key: last.key, id: last.id };
  }
}

describe('a list of entries', () => {
  beforeAll(async () => {
    await addSpace('few');
    await addSpace('other');
    await add('few', [
      {
        ...{ id: 'b', title: 'Beta rollout', updatedAt: '2026-03-02T12:00:00.000002Z' },
        fields: {
          ...{ region: 'North', tier: 2, tags: ['x', 'y'], active: true, size: 9 },
          ...{ owners: [{ email: 'eva@example.com' }], place: { city: 'Brno' } },
        },
      },
      {
        ...{
          id: 'a',
          title: 'Alpha',
          text: "The rollouts of Anna's spring: eva@example.com, 2026-03-01, https://acme.example/x",
          kind: 'customer',
        },
        fields: { region: 'South', tier: '2', tags: ['y'], size: 10 },
      },
      { id: 'c', title: 'Alpha', updatedAt: '2026-03-02T12:00:00.000001Z' },
      { id: 'removed', text: null },
    ]);
    await add('other', [{ id: 'elsewhere', title: 'Alpha' }]);
  });

  test.each([
    ['by title, then by id', {}, 'a c b'],
    ['backwards', { order: { by: { column: 'title' }, descending: true } }, 'b c a'],
    ['by the microsecond', { order: { by: { column: 'updated' }, descending: true } }, 'b c a'],
    ['by id', { order: { by: { column: 'id' }, descending: false } }, 'a b c'],
    ['by a field', { order: { by: { field: 'region' }, descending: false } }, 'b a c'],
    ['by a field, backwards', { order: { by: { field: 'region' }, descending: true } }, 'a b c'],
    [
      'by what is no field but would be SQL',
      { order: { by: { field: "x'; DROP TABLE entries; --" }, descending: false } },
      'a b c',
    ],
    ['of some kinds', { kinds: ['customer'] }, 'a'],
    ['of no kind', { kinds: [] }, ''],
    ['with a word and the beginning of another', { words: ['the', 'rollo'] }, 'a'],
    [
      'by a number, by its size; what has none comes last',
      { order: { by: { field: 'size' }, descending: false } },
      'b a c',
    ],
    [
      'by a number, backwards; what has none comes last',
      { order: { by: { field: 'size' }, descending: true } },
      'a b c',
    ],
    ['with an address', { words: ['eva@example.com'] }, 'a'],
    ['with a date, and a word', { words: ['2026-03-01', 'sprin'] }, 'a'],
    ['with the address of a page', { words: ['https://acme.example/x'] }, 'a'],
    ['with a phrase', { words: ['rollouts of'] }, 'a'],
    ['without a phrase', { words: ['of rollouts'] }, ''],
    ['with what would be operators', { words: ["anna's", "\\' | !beta & (x <-> y"] }, ''],
    ['with a word that is whole', { words: ['rollout', 'be'] }, 'b'],
    ['with a value', { fields: [{ field: 'region', values: ['North'] }] }, 'b'],
    ['with a number or its text', { fields: [{ field: 'tier', values: ['2', 2] }] }, 'a b'],
    ['with a value in a list', { fields: [{ field: 'tags', values: ['y'] }] }, 'a b'],
    [
      'in a list of objects',
      { fields: [{ field: 'owners.email', values: ['eva@example.com'] }] },
      'b',
    ],
    ['in an object', { fields: [{ field: 'place.city', values: ['Brno'] }] }, 'b'],
    [
      'with all that is asked',
      { words: ['roll'], fields: [{ field: 'active', values: [true] }] },
      'b',
    ],
  ] satisfies [string, Partial<EntriesPage>, string][])('%s', async (_what, asked, ids) => {
    expect((await idsOf('few', asked)).join(' ')).toBe(ids);
    expect((await idsOf('few', { ...asked, limit: 1 })).join(' ')).toBe(ids);
  });

  test('by status is what the pure function says', async () => {
    await addSpace('statuses');
    const facts = Array.from({ length: 32 }, (_one, bits) => ({
      conflicted: (bits & 1) > 0,
      failure: (bits & 2) > 0 ? { code: 'x', message: 'y' } : null,
      waiting: (bits & 4) > 0,
      problems: (bits & 8) > 0 ? [{}] : [],
      inReview: (bits & 16) > 0,
    }));
    await add(
      'statuses',
      facts.map(({ failure, problems, ...flags }, index) => ({
        id: String(index).padStart(2, '0'),
        facts: {
          ...flags,
          failure: failure && jsonb(failure),
          problems: jsonb(problems),
        },
      })),
    );
    for (const status of syncStatuses) {
      const expected = facts.flatMap((fact, index) =>
        entrySyncStatus(fact) === status ? [String(index).padStart(2, '0')] : [],
      );
      expect([status, await idsOf('statuses', { status })]).toEqual([status, expected]);
    }
  });
});

describe('ten thousand entries', () => {
  beforeAll(async () => {
    await addSpace('many');
    await addManyEntries(db, 'many', 10_000);
  });

  test.each(manyLists)(
    'are listed and searched with at most one look at each, and none at its text: %s',
    async (_what, few, page) => {
      const list = (of: Db) => listEntries(of, 'many', page);
      expect((await list(db)).length).toBeGreaterThan(10);
      const { rows, pages } = await workOf(db, list);
      expect(rows).toBeGreaterThan(10);
      // The table also has the few entries of the other spaces.
      expect(rows).toBeLessThan(few === 'few' ? 60 : 10_100);
      // The table has some 330, the index of words a few; each text and its words would be at least two more.
      expect(pages).toBeLessThan(500);
    },
  );

  test('are searched by their indexes', async () => {
    const { rows } = await sql<{ 'QUERY PLAN': string }>`
      EXPLAIN SELECT id FROM entries WHERE space_id = 'many'
        AND search @@ to_tsquery('simple', 'needle77:*') AND fields @> '{"region": "region-7"}'`.execute(
      db,
    );
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
    expect(plan).toMatch(/entries_(?:search|fields)/);
    expect(plan).not.toContain('Seq Scan');
  });
});
