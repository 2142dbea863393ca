import { expect, test } from 'vitest';
import { defaultSamples } from '../../../model/mirror/samples.ts';
import { tableJudge } from '../../../platforms/samples/judge-table.ts';
import { sampleBranch, sampleProject } from '../../../platforms/sample/sample-project.ts';
import { createSampleSource } from '../../../platforms/sample/sample-source.ts';

const { signal } = new AbortController();
const source = createSampleSource({ projectId: '42', listChanges: () => Promise.resolve([]) });
const storage = sampleProject('42', []).branches[0]!.storage!;

test('each table of the sample has rows with its columns, and always the same ones', async () => {
  for (const table of storage.tables) {
    const read = () => source.readSample(sampleBranch.id, table.id, { rows: 100, signal });
    const sample = await read();
    expect(sample!.columns).toEqual(table.columns.map(({ name }) => name));
    expect(sample!.rows.length).toBeGreaterThan(0);
    expect(sample!.rows.every((row) => row.length === sample!.columns.length)).toBe(true);
    expect(await read()).toEqual(sample);
  }
});

test('a sample has only the columns and rows that were asked for', async () => {
  const options = { rows: 2, columns: ['country', 'id'], signal };
  const sample = await source.readSample(sampleBranch.id, 'out.c-crm.churn', options);
  expect(sample).toMatchObject({
    columns: ['id', 'country'],
    rows: [
      ['1000', 'CZ'],
      ['1001', 'DE'],
    ],
  });
});

test('a table or a branch that does not exist has no sample', async () => {
  expect(await source.readSample(sampleBranch.id, 'in.c-gone.x', { rows: 1, signal })).toBeNull();
  expect(await source.readSample('1', 'in.c-shop.orders', { rows: 1, signal })).toBeNull();
});

test('the table whose column is tagged as personal data is left out by default', () => {
  const judge = tableJudge(storage, { ...defaultSamples, enabled: true });
  const leftOut = storage.tables.filter((table) => judge(table).kind === 'left_out');
  expect(leftOut.map(({ id }) => id)).toEqual(['in.c-shop.customers']);
});
