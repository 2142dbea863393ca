import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { describeClient } from '../../build/generate-client.ts';

it("the console's types of the API are those of its description", async () => {
  const written = await readFile(new URL('../../web/api/schema.ts', import.meta.url), 'utf8');
  const isCurrent = written === (await describeClient());
  expect(isCurrent, 'web/api/schema.ts is out of date: run `npm run web:client`').toBe(true);
});
