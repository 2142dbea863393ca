import { beforeAll, expect, test } from 'vitest';
import { sql } from 'kysely';
import { updateRenderedFiles } from '../../../../db/mirror/rendered-files.ts';
import { mirrorStream } from '../../../../model/mirror/ids.ts';
import { sampleKey, samplesKey } from '../../../../model/platform/object-key.ts';
import { storage, table } from '../../../support/mirror/platform-storage.ts';
import { branch, project } from '../../../platforms/keboola/platform-project.ts';
import { branchId, readingUnderTest, type MirrorUnderTest } from './reading-under-test.ts';

const { api, mirror } = await readingUnderTest();
const stream = mirrorStream({ projectId: 'shop', branchId });
let shop: MirrorUnderTest;

const texts: Record<string, string> = {
  orders: 'id,note,"a ""b"""\r\n1,"two\r\nlines",""\r\n2,,x\r\n',
  broken: 'id,"note\r\n1',
  wide: `${Array.from({ length: 150 }, (_, at) => `c${at}`).join(',')}\r\n${','.repeat(149)}\r\n`,
  long: `id\r\n${'y'.repeat(2_000)}\r\n`,
  commas: ','.repeat(600_000),
  many: `id\r\n${'1\r\n'.repeat(500)}`,
};
const pathOf = (name: string) => `storage/samples/in.c-main/${name}.csv`;

beforeAll(async () => {
  shop = await mirror('shop');
  const tables = [...Object.keys(texts), 'json', 'none', 'gone'].map((name) =>
    table(`in.c-main.${name}`),
  );
  const files = {
    ...Object.fromEntries(Object.entries(texts).map(([name, text]) => [pathOf(name), text])),
    'storage/samples/in.c-main/json.json': '{"columns":["id"],"rows":[["1"],[null]]}',
  };
  await shop.deliver(project([], { branches: [branch({ storage: storage(tables) })] }), files);
  const written = [...Object.keys(files), pathOf('gone')].map((path) => {
    const [, name = ''] = /([^/]+)\.(?:csv|json)$/.exec(path) ?? [];
    const owner = sampleKey(branchId, `in.c-main.${name}`);
    return { path, blobId: '0'.repeat(40), owner };
  });
  await api.db
    .transaction()
    .execute((trx) => updateRenderedFiles(trx, stream, { written, removed: [] }));
  await enable(true);
});

async function enable(isEnabled: boolean): Promise<void> {
  const enabled = JSON.stringify(isEnabled);
  await sql`UPDATE mirrors SET policy = jsonb_set(policy, '{samples,enabled}', ${enabled}::jsonb)`.execute(
    api.db,
  );
}

async function sample(name: string): Promise<Record<string, unknown>> {
  const { status, body } = await shop.get(`sample?table=in.c-main.${name}`);
  expect(status).toBe(200);
  return body as Record<string, unknown>;
}

test('the rows of a table are those of its file; a missing value is not an empty one', async () => {
  expect(await sample('orders')).toMatchObject({
    path: pathOf('orders'),
    columnCount: 3,
    columns: ['id', 'note', 'a "b"'],
    rows: [
      ['1', 'two\r\nlines', ''],
      ['2', null, 'x'],
    ],
    reason: null,
  });
  expect(await sample('json')).toMatchObject({ columns: ['id'], rows: [['1'], [null]] });
});

test('what somebody else made large is bounded', async () => {
  const wide = (await sample('wide')) as { columns: string[]; rows: unknown[][] };
  expect(wide).toMatchObject({ columnCount: 150 });
  expect(wide.columns).toHaveLength(100);
  expect(wide.rows[0]).toHaveLength(100);
  const long = (await sample('long')) as { rows: string[][] };
  expect(long.rows[0]?.[0]).toHaveLength(500);
  expect((await sample('many')).rows).toHaveLength(100);
});

test('where there is no sample, it is said why', async () => {
  expect(await sample('broken')).toMatchObject({
    ...{ rows: [], path: pathOf('broken') },
    reason: expect.stringContaining('no sample that can be read') as string,
  });
  expect((await sample('commas')).reason).toContain('no sample that can be read');
  expect((await sample('gone')).reason).toContain(pathOf('gone'));
  expect((await sample('none')).reason).toContain('left out by the mirror');
  const warn = (owner: string, message: string) =>
    sql`UPDATE mirrors SET warnings = ${JSON.stringify([{ owner, message }])}::jsonb`.execute(
      api.db,
    );
  await warn(samplesKey(branchId), 'The repository is public.');
  expect((await sample('none')).reason).toBe('The repository is public.');
  await warn(sampleKey(branchId, 'in.c-main.none'), 'No preview.');
  expect((await sample('none')).reason).toBe('No preview.');
  await enable(false);
  expect((await sample('none')).reason).toContain('off in its settings');
});
