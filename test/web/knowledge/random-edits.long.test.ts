import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { cutBlocks } from '../../../web/editor/text/cut-blocks.ts';
import { inBrowser } from '../../support/browser/in-browser.ts';
import { signIn } from '../../support/browser/sign-in.ts';
import { TestGitward } from '../../support/gitward.ts';
import type { GitRepository } from '../../support/git-repository.ts';
import { publicMarkdown } from '../../support/knowledge/markdown-corpus.ts';
import { randomRuns, randomSeed } from '../../support/random-runs.ts';
import { SeededRandom } from '../../support/seeded-random.ts';

const random = new SeededRandom(randomSeed);
/** 30 in the long run; more of them if one says so. */
const edits = Number(process.env.GITWARD_RANDOM_EDITS ?? randomRuns(5));
const perFile = 5;

/** Entries with the texts of others; front matter of their own is none here. */
const files = publicMarkdown(random, Math.ceil(edits / perFile)).map(({ text }, at) => ({
  path: `knowledge/skills/s${at}.md`,
  id: `s${at}`,
  text: `---\nid: s${at}\ntitle: Skill ${at}\n---\n${text.slice(0, 20_000)}\n`,
}));

inBrowser('random edits', (browser) => {
  let gitward: TestGitward;
  let repository: GitRepository;

  beforeAll(async () => {
    gitward = await TestGitward.start();
    repository = await gitward.createSpace(
      'sales',
      Object.fromEntries(files.map(({ path, text }) => [path, text])),
    );
  });
  afterAll(() => gitward.stop());

  it(
    `of ${edits} blocks are ${edits} commits of just these blocks (seed ${randomSeed})`,
    { timeout: edits * 60_000 },
    async () => {
      const { page } = await browser.open();
      await signIn(page, gitward, await gitward.token('editor'));
      let done = 0;
      for (const { id, path } of files) {
        await gitward.untilEntry('sales', id, ({ syncStatus }) => syncStatus === 'synced');
        await page.goto(`${gitward.url}/spaces/sales/entries/${id}`);
        await page.locator('.ProseMirror').waitFor();
        for (let round = 0; round < perFile && done < edits; round += 1) {
          const before = await repository.read(path);
          const tip = await repository.tip();
          const { index, what } = await edit(page);
          await page.getByText('Draft saved').waitFor();
          await page.getByRole('button', { name: 'Save', exact: true }).click();
          await expect.poll(() => repository.tip(), { timeout: 60_000 }).not.toBe(tip);
          await page.getByText('Saved. Git has it.').waitFor();
          expect(await repository.changedPaths()).toEqual([path]);
          expect({
            what,
            before,
            ...around(before, await repository.read(path), index),
          }).toMatchObject({ isBeforeKept: true, isAfterKept: true });
          done += 1;
        }
      }
      expect(done).toBe(edits);
    },
  );
});

/** Whether what is before and after a block is as it was. */
function around(before: string, now: string, index: number) {
  const head = before.indexOf('\n---\n', 4) + 5;
  const { lead, pieces } = cutBlocks(before.slice(head));
  const whole = (some: typeof pieces) => some.map(({ text, tail }) => text + tail).join('');
  const first = before.slice(0, head) + lead + whole(pieces.slice(0, index));
  const last = whole(pieces.slice(index + 1));
  return {
    now,
    block: pieces[index]?.text,
    isBeforeKept: now.startsWith(first.trimEnd()),
    isAfterKept: now.trimEnd().endsWith(last.trimEnd()),
  };
}

const typed = ['x', ' and more', '*', '_a_', '`', '<b>', '[x](y)', '# ', '{{name}} ', '| ', 'é🚀'];

/** The texts of a block in which one can type. */
const textsOf = `const textsOf = (block) => {
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode())
    if (walker.currentNode.parentElement.closest('[contenteditable="false"], [data-raw], [data-image]') === null)
      texts.push(walker.currentNode);
  return texts.filter((text) => text.length > 3);
};`;

/** Types, deletes or marks somewhere in a random block that the rich view shows; returns which. */
async function edit(page: Page): Promise<{ index: number; what: string }> {
  // Chosen in one go: what is drawn may change between two.
  const [place, part, offset] = [1, 2, 3].map(() => random.below(1_000_000));
  const { index, before } = await page.evaluate<{ index: number; before: string }>(`(() => {
    ${textsOf}
    const root = document.querySelector('.ProseMirror');
    const places = [...root.children].flatMap((block, index) => {
      const texts = block.matches('[data-source]') ? [] : textsOf(block);
      return texts.length === 0 ? [] : [{ index, texts }];
    });
    const { index, texts } = places[${place} % places.length];
    const text = texts[${part} % texts.length];
    root.focus();
    text.parentElement.scrollIntoView({ block: 'center' });
    // Not so near to its beginning that what is done there is about the block before.
    const at = 3 + (${offset} % (text.length - 2));
    getSelection().collapse(text, at);
    return { index, before: text.data[at - 1] };
  })()`);
  // The editor hears of a selection a moment later.
  await page.waitForTimeout(100);
  switch (random.below(4)) {
    case 0:
      await page.keyboard.press('Backspace');
      await page.keyboard.type(before === 'y' ? 'x' : 'y');
      return { index, what: 'replace' };
    case 1:
      for (let press = 0; press < 3; press += 1) await page.keyboard.press('Shift+ArrowLeft');
      await page.keyboard.press('Control+B');
      await page.keyboard.press('ArrowRight');
      await page.keyboard.type('z');
      return { index, what: 'bold' };
    default: {
      const what = random.of(typed);
      await page.keyboard.type(what);
      return { index, what };
    }
  }
}
