import { Agent } from 'undici';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createKeboolaSource } from '../../../platforms/keboola/source/keboola-source.ts';
import { startStorageApi, type StorageApi } from '../../../examples/storage-api/storage-api.ts';

const dispatcher = new Agent();
const { signal } = new AbortController();
let api: StorageApi;
beforeEach(async () => {
  api = await startStorageApi();
  api.putTable('in.c-shop.orders', {
    columns: ['id', 'note', 'email'],
    preview: [
      ['1', '', 'eva@example.com'],
      ['2', null, 'adam@example.com'],
      ['3', 'x', null],
    ],
  });
});
afterEach(() => api.close());
afterAll(() => dispatcher.destroy());

function read(tableId: string, over: { rows?: number; columns?: string[]; token?: string } = {}) {
  const { rows = 100, columns, token = api.token } = over;
  const source = createKeboolaSource({
    url: api.url,
    token,
    dispatcher,
    checkUrl: (url) => new URL(url).href,
    limits: { attempts: 2, backoff: { base: 1, max: 5 } },
  });
  return source.readSample('1000', tableId, { rows, ...(columns && { columns }), signal });
}

describe('the sample of a table', () => {
  test('has the first rows, and distinguishes a missing value from empty text', async () => {
    expect(await read('in.c-shop.orders', { rows: 2 })).toEqual({
      tableId: 'in.c-shop.orders',
      columns: ['id', 'note', 'email'],
      rows: [
        ['1', '', 'eva@example.com'],
        ['2', null, 'adam@example.com'],
      ],
    });
  });

  test('has the columns that were asked for', async () => {
    expect(await read('in.c-shop.orders', { rows: 1, columns: ['note', 'id'] })).toMatchObject({
      columns: ['note', 'id'],
      rows: [['', '1']],
    });
  });

  test('is null if the table no longer exists or is too wide', async () => {
    api.putTable('in.c-shop.wide', { columns: Array.from({ length: 99 }, (_, at) => `c${at}`) });
    expect(await read('in.c-shop.gone')).toBeNull();
    expect(await read('in.c-shop.wide')).toBeNull();
  });

  test.each([400, 403, 404, 422, 501])(
    'is null if the platform refuses it with status %i',
    async (status) => {
      api.disturb({ endpoint: 'data-preview', status });
      expect(await read('in.c-shop.orders')).toBeNull();
    },
  );

  test('causes an error if the token is refused or the platform is unavailable', async () => {
    await expect(read('in.c-shop.orders', { token: 'another' })).rejects.toMatchObject({
      code: 'source_token_refused',
    });
    api.disturb({ endpoint: 'data-preview', status: 503 });
    await expect(read('in.c-shop.orders')).rejects.toMatchObject({ code: 'source_unreachable' });
  });

  test('is requested again if the answer was lost', async () => {
    api.disturb({ endpoint: 'data-preview', disconnect: true, times: 1 });
    expect((await read('in.c-shop.orders'))?.rows).toHaveLength(3);
  });

  test.each(['[]', '{"columns":["a"],"rows":[["x"]]}', '<html>'])(
    'causes source_invalid if the answer has an unexpected shape: %s',
    async (body) => {
      api.disturb({ endpoint: 'data-preview', body });
      await expect(read('in.c-shop.orders')).rejects.toMatchObject({ code: 'source_invalid' });
    },
  );
});
