import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findChromium } from '../support/browser/find-chromium.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'find-chromium-'));
  await writeFile(join(folder, 'google-chrome'), '');
  await writeFile(join(folder, 'chromium'), '');
  await chmod(join(folder, 'google-chrome'), 0o755);
});
afterAll(() => rm(folder, { recursive: true }));

it('finds the Chromium that was named, else one on PATH that can be run, else none', () => {
  const chrome = join(folder, 'google-chrome');
  expect(findChromium({ PATH: `/nowhere:${folder}` })).toBe(chrome);
  expect(findChromium({ PATH: '/nowhere', CHROMIUM_PATH: chrome })).toBe(chrome);
  expect(findChromium({ PATH: '/nowhere', CHROMIUM_PATH: '' })).toBeNull();
  expect(findChromium({})).toBeNull();
});

it('says so when the one that was named cannot be run', () => {
  const CHROMIUM_PATH = join(folder, 'chromium');
  expect(() => findChromium({ PATH: folder, CHROMIUM_PATH })).toThrow(CHROMIUM_PATH);
});
