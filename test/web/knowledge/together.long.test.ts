import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { inBrowser } from '../../support/browser/in-browser.ts';
import { inspectPage } from '../../support/browser/inspect-page.ts';
import { heading, signIn } from '../../support/browser/sign-in.ts';
import type { GitRepository } from '../../support/git-repository.ts';
import { TestGitward } from '../../support/gitward.ts';

const path = 'knowledge/customers/acme.md';
const file =
  '---\nid: acme\nname: Acme\ntier: gold\nregion: EMEA\n---\nFirst.\n\nSecond.\n\nThird.\n';
const patience = { timeout: 30_000 };

inBrowser('two browsers and somebody who pushes', (browser) => {
  let gitward: TestGitward;
  let repository: GitRepository;

  beforeAll(async () => {
    gitward = await TestGitward.start();
    repository = await gitward.createSpace('sales', { [path]: file });
    await gitward.untilEntry('sales', 'acme', ({ syncStatus }) => syncStatus === 'synced');
  });
  afterAll(() => gitward.stop());

  async function open(name: string): Promise<Page> {
    const { page, complaints } = await browser.open();
    // What somebody has to decide, and what was saved in the same moment.
    complaints.allow(/^409 POST .*\/(update|publish)$/);
    const person = { kind: 'person', name, email: `${name.toLowerCase()}@example.com` };
    await signIn(page, gitward, await gitward.token('editor', person));
    await page.goto(`${gitward.url}/spaces/sales/entries/acme`);
    await heading(page, 'Acme');
    return page;
  }

  async function write(page: Page, paragraph: string, text: string): Promise<void> {
    await page.locator('.ProseMirror').getByText(paragraph).click();
    await page.keyboard.press('End');
    await page.keyboard.type(text);
    await page.getByText('Draft saved').waitFor();
  }

  const save = (page: Page) => page.getByRole('button', { name: 'Save', exact: true }).click();
  const saved = (page: Page) => page.getByText('Saved. Git has it.').waitFor();
  const inGit = () => repository.read(path);

  it('lose nothing, are told what the others did, and decide once', async () => {
    const eva = await open('Eva');
    const jan = await open('Jan');
    await write(eva, 'First.', ' Eva was here.');
    await write(jan, 'Second.', ' So was Jan.');
    await eva.getByText('Jan is writing this entry as well.').waitFor();
    await jan.getByText('Eva is writing this entry as well.').waitFor();

    // Somebody pushes what neither of them touches.
    const pushed = file.replace('Third.', 'Third, pushed.').replace('EMEA', 'APAC');
    await repository.commit({ files: { [path]: pushed }, message: 'From a terminal' });
    for (const page of [eva, jan]) {
      await page.getByText('Both changes are in your text now.').waitFor();
      await page.getByText('Third, pushed.').waitFor();
    }
    await save(eva);
    await saved(eva);
    await jan.getByText('First. Eva was here.').waitFor();
    await jan.getByText('Second. So was Jan.').waitFor();
    expect(await inspectPage(jan, 'together')).toEqual([]);
    await save(jan);
    await saved(jan);
    const all = pushed
      .replace('First.', 'First. Eva was here.')
      .replace('Second.', 'Second. So was Jan.');
    await expect.poll(inGit, patience).toBe(all);
    await eva.getByText('Second. So was Jan.').waitFor();

    // All three change the same field.
    const tier = (page: Page) => page.getByRole('textbox', { name: 'Tier', exact: true });
    await tier(jan).fill('platinum');
    await jan.getByText('Draft saved').waitFor();
    await repository.commit({
      files: { [path]: all.replace('tier: gold', 'tier: silver') },
      message: 'Silver',
    });
    const panel = jan.getByRole('group', { name: 'Somebody changed the same as you' });
    await panel.getByText('silver').waitFor();
    await expect.poll(() => tier(eva).inputValue(), patience).toBe('silver');
    await tier(eva).fill('diamond');
    await save(eva);
    await saved(eva);
    await panel.getByRole('button', { name: 'Keep mine', exact: true }).click();
    await panel.getByRole('button', { name: 'Go on with this' }).click();
    await panel.waitFor({ state: 'detached' });
    await save(jan);
    await saved(jan);
    await expect.poll(inGit, patience).toBe(all.replace('tier: gold', 'tier: platinum'));
    await expect.poll(() => tier(eva).inputValue(), patience).toBe('platinum');

    // Whoever was overruled finds what they had written in the history, and nobody else has to decide.
    const versions = await gitward.call<{ items: { commit: string }[] }>(
      'GET',
      '/v1/spaces/sales/entries/acme/versions',
    );
    const texts = await Promise.all(
      versions.items.map(({ commit }) => repository.git(['show', `${commit}:${path}`])),
    );
    expect(texts.map((text) => /tier: (\w+)/.exec(text.toString())?.[1])).toEqual([
      ...['platinum', 'diamond', 'silver', 'gold', 'gold', 'gold', 'gold'],
    ]);
    const conflicts = await gitward.call('GET', '/v1/spaces/sales/conflicts');
    expect(conflicts).toMatchObject({ items: [] });
  });
});
