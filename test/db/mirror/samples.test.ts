import { randomBytes } from 'node:crypto';
import { sql, type Kysely } from 'kysely';
import { expect, test } from 'vitest';
import { up } from '../../../db/migrations/0006-samples.ts';
import { createSealer } from '../../../db/sealing.ts';
import {
  forgetSamples,
  listStoredSamples,
  readStoredSamples,
  listRenderedBelow,
  putSamples,
} from '../../../db/mirror/table-samples.ts';
import { listVisibilities, putVisibility } from '../../../db/streams/visibilities.ts';
import { defaultSamples } from '../../../model/mirror/samples.ts';
import type { TableSample } from '../../../model/platform/table-sample.ts';
import { testDatabase } from '../../support/postgres.ts';

const { db } = await testDatabase();
const sealer = createSealer(randomBytes(32));

const sampleOf = (tableId: string): TableSample => ({
  tableId,
  columns: ['id', 'city'],
  rows: [
    ['1', 'Brno \0 \ud83d'],
    ['2', null],
  ],
});
const read = (tableId: string, sample: TableSample | null = sampleOf(tableId)) => ({
  tableId,
  asked: '[100,["id","city"]]',
  changedAt: '2026-05-01T00:00:00.000Z',
  readAt: new Date('2026-05-02T00:00:00Z'),
  sample,
});

async function rowsOf(stream: string, ids: string[]): Promise<TableSample[]> {
  const found: TableSample[] = [];
  for await (const sample of readStoredSamples(db, sealer, stream, ids)) found.push(sample);
  return found;
}

test('samples are stored sealed, read as they were, and deleted', async () => {
  const store = (...what: ReturnType<typeof read>[]) =>
    db.transaction().execute((trx) => putSamples(trx, sealer, 'mirror/1/1', what));
  await store(read('in.c-a.x'), read('in.c-a.y'), read('in.c-a.wide', null));
  await store(read('in.c-a.x'));
  expect(await listStoredSamples(db, 'mirror/1/1')).toEqual(
    new Map(
      ['in.c-a.wide', 'in.c-a.x', 'in.c-a.y'].map((id) => [
        id,
        {
          asked: '[100,["id","city"]]',
          changedAt: '2026-05-01T00:00:00.000Z',
          readAt: new Date('2026-05-02T00:00:00Z'),
          hasRows: id !== 'in.c-a.wide',
        },
      ]),
    ),
  );
  expect(
    await rowsOf('mirror/1/1', ['in.c-a.y', 'in.c-a.wide', 'in.c-a.x', 'in.c-a.gone']),
  ).toEqual([sampleOf('in.c-a.x'), sampleOf('in.c-a.y')]);
  const { content } = await db
    .selectFrom('tableSamples')
    .select('content')
    .where('tableId', '=', 'in.c-a.x')
    .executeTakeFirstOrThrow();
  expect(content!.includes('Brno')).toBe(false);

  await db.transaction().execute((trx) => forgetSamples(trx, 'mirror/1/1', ['in.c-a.y']));
  expect([...(await listStoredSamples(db, 'mirror/1/1')).keys()]).toEqual(['in.c-a.y']);
  await db.transaction().execute((trx) => forgetSamples(trx, 'mirror/1/1', []));
  expect((await listStoredSamples(db, 'mirror/1/1')).size).toBe(0);
});

test('a sample that was moved to another table cannot be opened', async () => {
  await db
    .transaction()
    .execute((trx) => putSamples(trx, sealer, 'mirror/2/1', [read('in.c-a.x')]));
  await db.updateTable('tableSamples').set({ tableId: 'in.c-a.z' }).execute();
  await expect(rowsOf('mirror/2/1', ['in.c-a.z'])).rejects.toThrow('belongs elsewhere');
});

test('only the files below a folder are listed', async () => {
  const paths = [
    'storage/samples/in.c-a/x.csv',
    'storage/samples-of-mine/x.csv',
    'storage/samples0',
    'storage/lineage/in.c-a.json',
  ];
  await db
    .insertInto('renderedFiles')
    .values(paths.map((path) => ({ stream: 'mirror/3/1', path, blobId: 'b', owner: 'sample/1/x' })))
    .execute();
  expect(await listRenderedBelow(db, 'mirror/3/1', 'storage/samples')).toEqual(
    new Map([['storage/samples/in.c-a/x.csv', 'sample/1/x']]),
  );
});

test('a visibility only counts for the repository that it was found for', async () => {
  const answer = { result: 'private', reason: 'Because.', checkedAt: new Date() } as const;
  await putVisibility(db, 'mirror/4/1', 'https://git.example/a', answer);
  const at = async (url: string) =>
    (await listVisibilities(db, [{ stream: 'mirror/4/1', url }])).get('mirror/4/1');
  expect(await at('https://git.example/a')).toEqual(answer);
  expect(await at('https://git.example/b')).toBeUndefined();
  await putVisibility(db, 'mirror/4/1', 'https://git.example/b', { ...answer, result: 'public' });
  expect((await at('https://git.example/b'))?.result).toBe('public');
});

test('older mirrors get the new settings, and at most 100 rows', async () => {
  await sql`DROP TABLE table_samples, visibilities`.execute(db);
  await sql`INSERT INTO projects (id, name, source_kind) VALUES ('5', 'Shop', 'sample')`.execute(
    db,
  );
  const old = { secrets: 'encrypted', samples: { enabled: true, rows: 1000, formats: ['json'] } };
  await sql`INSERT INTO mirrors (project_id, branch_id, repository_url, repository_branch, subdirectory, policy)
    VALUES ('5', '1', 'https://git.example/c', 'main', '', ${JSON.stringify(old)}::jsonb)`.execute(
    db,
  );
  await up(db as unknown as Kysely<unknown>);
  const { policy } = await db.selectFrom('mirrors').select('policy').executeTakeFirstOrThrow();
  expect(policy).toEqual({
    secrets: 'encrypted',
    samples: { ...defaultSamples, enabled: true, rows: 100, formats: ['json'] },
  });
});
