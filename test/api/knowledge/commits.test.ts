import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { listRecentCommits } from '../../../db/knowledge/history/recent-commits.ts';
import { insertCommits, type IndexedVersion } from '../../../db/knowledge/history/space-commits.ts';
import { jsonb } from '../../../db/storable.ts';
import { workOf } from '../../support/query-work.ts';
import { apiUnderTest } from '../api-under-test.ts';

const api = await apiUnderTest();
const { db } = api;
let position = 0;

async function addSpace(id: string): Promise<void> {
  await db
    .insertInto('spaces')
    .values({
      ...{ id, name: id, repositoryUrl: `https://git.example/${id}.git`, root: 'knowledge' },
      ...{ repositoryBranch: 'main', rules: jsonb({ publicKinds: [], index: true }) },
    })
    .execute();
}

/** What a commit did to an entry: its id, kind and new content (`null`: removed). */
type Done = [id: string, kind: string, blobId: string | null, previousPath?: string];

async function commit(subject: string, ...done: Done[]): Promise<void> {
  position += 1;
  const at = new Date(Date.UTC(2026, 2, position));
  await db.transaction().execute((trx) =>
    insertCommits(
      trx,
      'sales',
      [
        {
          ...{ position, sha: String(position).padStart(40, '0'), subject, via: 'push' },
          ...{ author: { name: 'Eva', email: 'eva@example.com' }, authoredAt: at, effectiveAt: at },
        },
      ],
      done.map(([entryId, kind, blobId, previousPath = null]): IndexedVersion => ({
        ...{ position, entryId, kind, path: `knowledge/${entryId}.md`, previousPath, blobId },
      })),
    ),
  );
}

async function addEntry(id: string, kind: string): Promise<void> {
  await db
    .insertInto('entries')
    .values({
      ...{ spaceId: 'sales', id, kind, path: `knowledge/${id}.md`, title: `Title of ${id}` },
      ...{ fields: '{}', headText: '', headBlob: 'b'.repeat(40), updatedAt: new Date() },
    })
    .execute();
}

async function commits(query = '', token?: string) {
  const { body } = await api.call('GET', `/v1/spaces/sales/commits${query}`, undefined, token);
  return body as {
    items: { subject: string; count: number; entries: { id: string; change: string }[] }[];
    nextCursor: string | null;
  };
}

const told = ({ items }: Awaited<ReturnType<typeof commits>>) =>
  items.map(
    ({ subject, count, entries }) =>
      `${subject}: ${count}: ${entries.map(({ id, change }) => `${id} ${change}`).join(', ')}`,
  );

describe('the commits of a space', () => {
  beforeAll(async () => {
    await addSpace('sales');
    for (const id of ['acme', 'beta']) await addEntry(id, 'customer');
    await addEntry('sql', 'skill');
    await commit('Begin', ['acme', 'customer', 'a'], ['sql', 'skill', 'a'], ['beta', 'skill', 'a']);
    await commit('README');
    await commit('Edit', ['acme', 'customer', 'b'], ['gone', 'skill', 'a']);
    await commit('Move', ['acme', 'customer', 'b', 'knowledge/old.md'], ['gone', 'skill', null]);
    await commit('Again', ['gone', 'skill', 'c']);
    await commit(
      'Import',
      ...Array.from({ length: 40 }, (_, at): Done => [`many-${at + 10}`, 'skill', 'a']),
    );
  });

  test('are told one by one, newest first, with what each did; those that changed no entry are left out', async () => {
    const all = await commits();
    expect(told(all)).toEqual([
      'Import: 40: many-10 added, many-11 added, many-12 added, many-13 added, many-14 added',
      'Again: 1: gone added',
      'Move: 2: acme moved, gone removed',
      'Edit: 2: acme edited, gone added',
      'Begin: 3: acme added, beta added, sql added',
    ]);
    expect(all.items.at(-1)).toEqual({
      ...{ commit: '1'.padStart(40, '0'), at: '2026-03-01T00:00:00.000Z', via: 'push' },
      ...{ author: { name: 'Eva', email: 'eva@example.com' }, subject: 'Begin', count: 3 },
      entries: [
        {
          ...{ id: 'acme', kind: 'customer', path: 'knowledge/acme.md', title: 'Title of acme' },
          change: 'added',
        },
        {
          ...{ id: 'beta', kind: 'skill', path: 'knowledge/beta.md', title: 'Title of beta' },
          change: 'added',
        },
        {
          ...{ id: 'sql', kind: 'skill', path: 'knowledge/sql.md', title: 'Title of sql' },
          change: 'added',
        },
      ],
    });
    expect(all.items[1]?.entries).toMatchObject([{ id: 'gone', title: null }]);
  });

  test('come in pages', async () => {
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page = await commits(`?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`);
      seen.push(...page.items.map(({ subject }) => subject));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual(['Import', 'Again', 'Move', 'Edit', 'Begin']);
    const bad = Buffer.from('1 x').toString('base64url');
    expect((await api.call('GET', `/v1/spaces/sales/commits?cursor=${bad}`)).status).toBe(422);
  });

  test('tell somebody who may read some kinds of nothing else, also not of what had such a kind once', async () => {
    const spaces = [{ space: 'sales', kinds: ['skill'], role: 'reader' as const }];
    const token = await api.token({ role: 'reader', spaces });
    expect(told(await commits('', token))).toEqual([
      'Import: 40: many-10 added, many-11 added, many-12 added, many-13 added, many-14 added',
      'Again: 1: gone added',
      'Move: 1: gone removed',
      'Edit: 1: gone added',
      'Begin: 1: sql added',
    ]);
  });

  test('cost what is shown: of 100,000, and with one that changed 10,000 entries', async () => {
    await addSpace('large');
    await sql`
      INSERT INTO space_commits (space_id, position, sha, author_name, author_email, authored_at, effective_at, subject, via)
      SELECT 'large', n, md5(n::text) || '00000000', 'Eva', 'eva@example.com', now(), now(), 'Edit', 'api'
      FROM generate_series(1, 100000) n`.execute(db);
    await sql`
      INSERT INTO entry_versions (space_id, entry_id, position, kind, path, blob_id)
      SELECT 'large', 'entry-' || n, 1, 'skill', n || '.md', md5(n::text) FROM generate_series(1, 10000) n
      UNION ALL
      SELECT 'large', 'entry-' || n % 10000 + 1, n, 'skill', n || '.md', md5(n::text) FROM generate_series(2, 100000) n`.execute(
      db,
    );
    await sql`ANALYZE space_commits, entry_versions`.execute(db);
    const list = (before: number | null) => (of: typeof db) =>
      listRecentCommits(of, 'large', { kinds: null, limit: 21, before });
    expect((await list(null)(db)).map(({ position: at }) => at)).toEqual(
      Array.from({ length: 21 }, (_, at) => 100_000 - at),
    );
    expect((await workOf(db, list(null))).rows).toBeLessThan(400);
    expect((await list(3)(db)).map(({ count }) => count)).toEqual([1, 10_000]);
    expect((await workOf(db, list(3))).rows).toBeLessThan(10_200);
  }, 120_000);
});
