import { expect, it } from 'vitest';
import { readAll } from '../../web/api/read-all.ts';

it('reads page after page, to the last one', async () => {
  const asked: object[] = [];
  const items = await readAll((query) => {
    asked.push(query);
    const page = asked.length;
    return Promise.resolve({ items: [page], nextCursor: page < 3 ? `after ${page}` : null });
  });
  expect(items).toEqual([1, 2, 3]);
  expect(asked).toEqual([
    { limit: 200 },
    { limit: 200, cursor: 'after 1' },
    { limit: 200, cursor: 'after 2' },
  ]);
});

it('ends, whatever the API says', async () => {
  const items = await readAll(() => Promise.resolve({ items: ['x'], nextCursor: 'again' }));
  expect(items).toHaveLength(25);
});
