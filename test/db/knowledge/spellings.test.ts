import { sql, type Kysely } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { listEntries } from '../../../db/knowledge/entry-lists.ts';
import { up } from '../../../db/migrations/0033-spellings.ts';
import { pathKey } from '../../../model/text/path-key.ts';
import { testDatabase } from '../../support/postgres.ts';

const { db } = await testDatabase();

const titles = {
  zazolc: 'Zażółć gęślą jaźń',
  plain: 'zazolc gesla jazn',
  combined: 'Zaz\u0307o\u0301\u0142c\u0301',
  town: 'Ærøskøbing',
  street: 'Straße',
  viet: 'Đặng Nguyễn',
};

beforeAll(async () => {
  await db
    .insertInto('spaces')
    .values({
      ...{
        id: 'few',
        name: 'few',
        repositoryUrl: 'https://git.example/few',
        repositoryBranch: 'main',
      },
      ...{ root: 'knowledge', rules: '{}', lastSequence: 0 },
    })
    .execute();
  await db
    .insertInto('entries')
    .values(
      Object.entries(titles).map(([id, title]) => ({
        ...{
          spaceId: 'few',
          id,
          kind: 'skill',
          path: `knowledge/${id}.md`,
          title: id,
          fields: '{}',
        },
        ...{ headText: title, headBlob: 'b'.repeat(40), updatedAt: '2026-03-01T12:00:00Z' },
      })),
    )
    .execute();
});

async function found(...words: string[]): Promise<string> {
  const rows = await listEntries(db, 'few', {
    ...{ kinds: null, status: null, words, fields: [], after: null, limit: 200 },
    order: { by: { column: 'id' }, descending: false },
  });
  return rows.map(({ id }) => id).join(' ');
}

const searches: [string, string][] = [
  ['Zażółć', 'combined plain zazolc'],
  ['zazolc', 'combined plain zazolc'],
  ['ZAŻÓŁĆ', 'combined plain zazolc'],
  ['zazo', 'combined plain zazolc'],
  ['gęślą jaźń', 'plain zazolc'],
  ['aeroskobing', 'town'],
  ['ærøskø', 'town'],
  ['strasse', 'street'],
  ['STRAẞE', 'street'],
  ['dang', 'viet'],
];

describe('a search', () => {
  test.each(searches)('for %s finds what has other accents', async (word, ids) => {
    expect(await found(word)).toBe(ids);
  });

  test('finds entries from before the migration, which needs no manual step', async () => {
    await sql`ALTER TABLE entries DROP COLUMN path_key, DROP COLUMN search`.execute(db);
    await sql`DROP TEXT SEARCH CONFIGURATION unaccented`.execute(db);
    await sql`DROP EXTENSION unaccent`.execute(db);
    await sql`DROP FUNCTION path_key CASCADE`.execute(db);
    await sql`ALTER TABLE entries ADD COLUMN search tsvector`.execute(db);
    await up(db as unknown as Kysely<unknown>);
    for (const [word, ids] of searches) expect(await found(word)).toBe(ids);
  });

  test('needs no superuser, only a role that may create tables in the database', async () => {
    await db.transaction().execute(async (trx) => {
      await sql`DROP EXTENSION unaccent CASCADE`.execute(trx);
      await sql`CREATE ROLE spellings_owner`.execute(trx);
      await sql.raw(`GRANT CREATE ON DATABASE ${(await sql<{ name: string }>`SELECT current_database() AS name`.execute(trx)).rows[0]?.name} TO spellings_owner`).execute(trx); // prettier-ignore
      await sql`GRANT CREATE ON SCHEMA public TO spellings_owner`.execute(trx);
      await sql`SET LOCAL ROLE spellings_owner`.execute(trx);
      await sql`CREATE EXTENSION unaccent`.execute(trx);
      await sql`RESET ROLE`.execute(trx);
      await sql`DROP OWNED BY spellings_owner CASCADE`.execute(trx);
      await sql`DROP ROLE spellings_owner`.execute(trx);
    });
  });
});

test.each(['a/Acme.md', 'Straße/ẞ', 'ΟΔΟΣ.md/ΣΑΣ-2', 'İı', 'cafe\u0301', 'ﬁ', 'Ǆ', '日本', 'ŉ'])(
  'the key of the path %s is the same in the database',
  async (path) => {
    const { rows } = await sql<{ key: string }>`SELECT path_key(${path}) AS key`.execute(db);
    expect(rows).toEqual([{ key: pathKey(path) }]);
  },
);
