import type { Page } from 'playwright-core';
import type { Db } from '../../db/connect.ts';
import { jsonb } from '../../db/storable.ts';
import { textBlobId } from '../../knowledge/entries/blob-id.ts';
import { Place } from '../measuring/place.ts';
import { figure } from '../measuring/statistics.ts';
import { defineBench } from '../shape/bench.ts';
import { numberOption } from '../shape/option.ts';
import { noBrowser, openConsole } from './open-console.ts';

/** An answer to input is to begin within this: https://web.dev/articles/rail */
const seenAtOnce = 50;
/** What web.dev calls good: https://web.dev/articles/lcp */
const goodLargestPaint = 2_500;

/** What a key takes in the console's editor. */
export const typing = defineBench({
  name: 'typing',
  measures:
    "How long the console's editor takes for a key in a long text, until what was typed is on the screen: at the start, in the middle and at the end of it, with the drafts that are saved meanwhile; how long it takes to open; and how long after a click on Save it says that it is saved.",
  options: {
    lines: numberOption('lines of the text', { default: 4_000, quick: 400 }),
    keys: numberOption('keys at each place', { default: 200, quick: 30 }),
  },
  unable: noBrowser,
  async *measure({ lines, keys }) {
    const place = await Place.make();
    try {
      const opened = await openConsole(place, (db) => addEntry(db, longText(lines)));
      const context = await opened.open(opened.session);
      const page = await context.newPage();
      await page.goto(`${opened.url}/spaces/sales/entries/long`);
      await page.locator('.ProseMirror').waitFor();
      const there = await page.evaluate<number>('performance.now()');
      const group = 'Opening and saving';
      yield figure('the text is there', 'ms', [there], { group, target: goodLargestPaint });
      for (const [where, part] of [
        ['at the start', 0],
        ['in the middle', 0.5],
        ['at the end', 1],
      ] as const)
        yield figure(`a key ${where}`, 'ms', await type(page, { part, keys }), {
          ...{ group: 'Typing', target: seenAtOnce },
        });
      await page.getByText('Draft saved').waitFor();
      yield figure('a save is said to be saved', 'ms', [await save(page)], { group });
    } finally {
      await place.end();
    }
  },
});

/** Types in a paragraph, 0 being the first of the text and 1 the last; returns how long each key took, in milliseconds. */
async function type(page: Page, { part, keys }: { part: number; keys: number }): Promise<number[]> {
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
