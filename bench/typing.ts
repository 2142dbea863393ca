import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, type Page } from 'playwright-core';
import { createApi } from '../api/http/create-api.ts';
import { ensureAdminToken } from '../db/access/tokens.ts';
import { connect, type Db } from '../db/connect.ts';
import { migrate } from '../db/migrate.ts';
import { jsonb } from '../db/storable.ts';
import { startPostgres } from '../embedded/postgres.ts';
import { createGitClones } from '../git/clones/clones.ts';
import { textBlobId } from '../knowledge/entries/blob-id.ts';
import { createAddressPolicy } from '../network/address-policy.ts';
import { findChromium, noChromium } from '../test/support/browser/find-chromium.ts';
import { depsOf } from './deps-of.ts';

/**
 * How long the console's editor takes for a key in a long text: until what was typed is on the screen, at the start, in the
 * middle and at the end of it, with the drafts that are saved meanwhile; how long it takes to open; and how long after a click
 * on Save it says that it is saved.
 *
 *     npm run bench:typing -- --lines 4000 --keys 200
 */
const { values } = parseArgs({
  options: {
    lines: { type: 'string', default: '4000' },
    keys: { type: 'string', default: '200' },
  },
});
const token = 'gw_the-admin-token-of-this-bench';
const lines = Number(values.lines);
const keys = Number(values.keys);

const executablePath = findChromium();
if (executablePath === null) throw new Error(noChromium);
execFileSync(process.execPath, ['build/build.js'], { stdio: 'inherit' });

const place = await mkdtemp(join(tmpdir(), 'bench-typing-'));
const postgres = await startPostgres({ directory: join(place, 'postgres') });
const db = connect({ url: postgres.url('postgres'), onError: () => undefined });
const policy = createAddressPolicy({ allowPrivateNetwork: true, allowFileRepositories: true });
const clones = await createGitClones({ cacheDirectory: join(place, 'clones'), policy });
await migrate(db);
await ensureAdminToken(db, token);
await addEntry(db, longText(lines));

let url = '';
const consoleDirectory = join(import.meta.dirname, '../dist/web');
const app = createApi({ ...depsOf(db, clones), publicUrl: () => url, consoleDirectory });
await app.listen({ port: 0, host: '127.0.0.1' });
url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
const browser = await chromium.launch({
  executablePath,
  chromiumSandbox: process.getuid?.() !== 0,
});
try {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  await context.request.post(`${url}/v1/session`, { data: { token }, failOnStatusCode: true });
  const page = await context.newPage();
  await page.goto(`${url}/spaces/sales/entries/long`);
  await page.locator('.ProseMirror').waitFor();
  const opened = await page.evaluate<number>('performance.now()');
  console.log(`a body of ${lines} lines is there after ${opened.toFixed(0)} ms`);
  for (const where of ['start', 'middle', 'end'] as const) {
    const times = (await type(page, where)).sort((a, b) => a - b);
    const at = (part: number) => times[Math.floor((times.length - 1) * part)]?.toFixed(1) ?? '?';
    console.log(
      `${keys} keys at the ${where}: median ${at(0.5)} ms, 95th percentile ${at(0.95)} ms, longest ${at(1)} ms`,
    );
  }
  await page.getByText('Draft saved').waitFor();
  console.log(`a save is said to be saved ${(await save(page)).toFixed(0)} ms after the click`);
} finally {
  await browser.close();
  await app.close();
  await clones.close();
  await db.destroy();
  await postgres.stop();
  await rm(place, { recursive: true, force: true, maxRetries: 3 });
}

/** Types in a paragraph; returns how long each key took, in milliseconds. */
async function type(page: Page, where: 'start' | 'middle' | 'end'): Promise<number[]> {
  const part = { start: 0, middle: 0.5, end: 1 }[where];
  await page.evaluate(`{
    const paragraphs = document.querySelectorAll('.ProseMirror > p');
    const paragraph = paragraphs[Math.floor((paragraphs.length - 1) * ${part})];
    document.querySelector('.ProseMirror').focus();
    paragraph.scrollIntoView({ block: 'center' });
    getSelection().collapse(paragraph.firstChild, 3);
    window.keyTimes = [];
    document.addEventListener('keydown', () => {
      const begun = performance.now();
      // After the next frame was drawn.
      requestAnimationFrame(() => {
        const channel = new MessageChannel();
        channel.port1.onmessage = () => keyTimes.push(performance.now() - begun);
        channel.port2.postMessage(null);
      });
    }, { capture: true, signal: (window.typing = new AbortController()).signal });
  }`);
  for (let key = 0; key < keys; key += 1)
    await page.keyboard.type('abcdefg hij'[key % 11] ?? 'x', { delay: 40 });
  await page.waitForTimeout(500);
  return page.evaluate<number[]>('(window.typing.abort(), window.keyTimes)');
}

/** Saves; returns after how many milliseconds the page says so. */
async function save(page: Page): Promise<number> {
  await page.evaluate(`{
    document.addEventListener('click', () => { window.clicked = performance.now(); }, { capture: true, once: true });
    new MutationObserver((_, observer) => {
      if (!/Saved\\. (On its way|Git has it)/.test(document.body.innerText)) return;
      window.saved = performance.now();
      observer.disconnect();
    }).observe(document.body, { childList: true, subtree: true, characterData: true });
  }`);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText(/Saved\. (On its way|Git has it)/).waitFor();
  return page.evaluate<number>('window.saved - window.clicked');
}

/** A body as a long handbook has it. */
function longText(wanted: number): string {
  const text = ['---\nid: long\ntitle: Long\n---'];
  let at = 0;
  for (let count = 0; count < wanted; at += 1) {
    const block =
      [
        `## Part ${at}`,
        `Paragraph ${at} with **bold** words, a [link](https://example.com/${at}),\nand another line of it.`,
        `- first of ${at}\n- second with \`code\`\n- third`,
        `| a | b |\n|---|---|\n| ${at} | 2 |`,
        '```js\nconst a = 1;\n```',
      ][at % 5] ?? '';
    text.push(block);
    count += block.split('\n').length + 1;
  }
  return `${text.join('\n\n')}\n`;
}

async function addEntry(into: Db, text: string): Promise<void> {
  await into
    .insertInto('spaces')
    .values({
      ...{ id: 'sales', name: 'Sales', repositoryUrl: 'https://git.example/sales.git' },
      ...{ repositoryBranch: 'main', root: 'knowledge' },
      rules: jsonb({ publicKinds: [], index: true, notify: { emails: [] } }),
    })
    .execute();
  const blob = textBlobId(text);
  await into
    .insertInto('entries')
    .values({
      ...{ spaceId: 'sales', id: 'long', kind: 'skill', path: 'knowledge/skills/long.md' },
      ...{ declaredId: 'long', title: 'Long', fields: jsonb({ id: 'long', title: 'Long' }) },
      ...{ problems: jsonb([]), headBlob: blob, headText: text, gitBlob: blob },
      ...{ commitSha: 'a'.repeat(40), syncedAt: new Date(), updatedAt: new Date() },
    })
    .execute();
}
