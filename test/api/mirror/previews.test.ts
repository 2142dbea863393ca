import { expect, test } from 'vitest';
import { apiUnderTest, withMirror } from '../api-under-test.ts';

const ends: (() => void)[] = [];
let running = 0;
let most = 0;
async function preview(): Promise<never> {
  running += 1;
  most = Math.max(most, running);
  await new Promise<void>((resolve) => ends.push(resolve));
  running -= 1;
  throw new Error('This test has no preview to show.');
}
const api = await apiUnderTest({ previewMirror: preview, previewChange: preview });
await withMirror(api, 'shop');

test('only two previews are made at once, and only eight wait', async () => {
  const body = { repository: { url: 'https://git.example/other.git', branch: 'main' } };
  const asked = Array.from({ length: 12 }, (_, at) =>
    api.call('POST', `/v1/projects/shop/mirrors/${at % 2 === 0 ? '' : '1/'}preview`, body),
  );
  const codes: unknown[] = [];
  for (const one of asked) void one.then(({ body: answer }) => codes.push(answer.code));
  await expect.poll(() => codes).toEqual(['busy', 'busy']);
  expect(most).toBe(2);
  for (let ended = 0; ended < 10; ended += 1) {
    await expect.poll(() => ends.length).toBeGreaterThan(0);
    ends.shift()?.();
  }
  await Promise.all(asked);
  expect(most).toBe(2);
});
