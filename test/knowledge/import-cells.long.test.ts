import { expect, test } from 'vitest';
import { BadTable } from '../../knowledge/import/table-format.ts';
import { tableRows } from '../../knowledge/import/import-table.ts';

test('a table is refused if its CSV has too many cells', async () => {
  const columns = Array.from({ length: 1_000 }, (_, at) => `c${at}`).join(',');
  const rows = `${','.repeat(999)}\n`.repeat(5_001);
  let read = 0;
  const reading = async () => {
    for await (const { place } of tableRows('csv', `${columns}\n${rows}`))
      read += place === '' ? 0 : 1;
  };
  await expect(reading()).rejects.toThrow(
    new BadTable('The table has more than 5,000,000 cells (line 5003). Import it in parts.'),
  );
  expect(read).toBeGreaterThan(4_000);
});
