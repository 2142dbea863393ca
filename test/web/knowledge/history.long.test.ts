import { afterAll, beforeAll, expect, it } from 'vitest';
import { texts } from '../../../web/texts/index.ts';
import { inBrowser } from '../../support/browser/in-browser.ts';
import { inspectPage } from '../../support/browser/inspect-page.ts';
import { heading, signIn } from '../../support/browser/sign-in.ts';
import type { GitRepository } from '../../support/git-repository.ts';
import { TestGitward, type EntryStatus } from '../../support/gitward.ts';

const { history: words } = texts;
const path = 'knowledge/customers/acme.md';
const acme = (tier: string, body: string) =>
  `---\nid: acme\nname: Acme\ntier: ${tier}\n---\n# Acme\n\n${body}\n\n- One\n- Two\n`;
const day = 86_400;

inBrowser('the history of an entry', (browser) => {
  let gitward: TestGitward;
  let repository: GitRepository;

  beforeAll(async () => {
    gitward = await TestGitward.start();
    const rules = { publicKinds: [], index: false, notify: { emails: [] } };
    repository = await gitward.git.createRepository('sales');
    const now = Math.floor(Date.now() / 1000);
    const push = (at: number, name: string, message: string, files: Record<string, string>) =>
      repository.commit({ at, message, files, author: { name, email: `${name}@example.com` } });
    await push(now - 20 * day, 'Dana', 'Add Acme', {
      [path]: acme('gold', 'They run **everything** on spreadsheets.'),
    });
    await push(now - 2 * day, 'Omar', 'Correct the tier', {
      [path]: acme('silver', 'They run <script>alert(1)</script> **most of it** on spreadsheets.'),
    });
    const credentialId = (
      await gitward.call<{ id: string }>('POST', '/v1/credentials', {
        ...{ name: 'sales', username: gitward.git.credential?.username },
        ...{ origin: gitward.git.url('any'), token: gitward.git.credential?.password },
      })
    ).id;
    await gitward.call('POST', '/v1/spaces', {
      ...{ id: 'sales', name: 'Sales', rules },
      repository: { url: gitward.git.url('sales'), branch: 'main', credentialId },
    });
    await gitward.untilEntry('sales', 'acme', ({ syncStatus }) => syncStatus === 'synced');
    const { blob } = await entry();
    const body = '# Acme\n\nThey run it on a warehouse.\n\n- One\n- Two\n';
    await gitward.call('PUT', '/v1/spaces/sales/entries/acme?wait=commit', { base: blob, body });
  });
  afterAll(() => gitward.stop());

  function entry(): Promise<EntryStatus> {
    return gitward.call('GET', '/v1/spaces/sales/entries/acme');
  }

  it('says who changed it and how, compares as readers see it, and brings a version back', async () => {
    const { page } = await browser.open();
    await signIn(page, gitward);
    await page.goto(`${gitward.url}/spaces/sales/entries/acme`);
    await heading(page, 'Acme');
    await page.getByRole('tab', { name: texts.entry.history }).click();
    const versions = page.getByRole('list', { name: words.timeline }).getByRole('listitem');
    await expect.poll(() => versions.count()).toBe(3);
    const [newest, middle, oldest] = await versions.allTextContents();
    expect(newest).toContain(words.via.api);
    expect(middle).toMatch(/Correct the tier.*Omar, 2 days ago, pushed to Git/);
    expect(oldest).toMatch(/Add Acme.*Dana/);
    expect(await inspectPage(page, 'history')).toEqual([]);

    await versions.nth(1).getByRole('button', { name: words.viewChanges }).click();
    const main = page.getByRole('main');
    await main.getByRole('table', { name: words.fields }).getByText('silver').waitFor();
    expect(await main.locator('ins').allTextContents()).toContain('most of it');
    expect(await main.locator('del').allTextContents()).toContain('everything');
    expect(await page.locator('main script').count()).toBe(0);
    expect(await inspectPage(page, 'history-changes')).toEqual([]);
    await main.getByText(words.columns.both, { exact: true }).click();
    await main.getByText(words.looks.source, { exact: true }).click();
    await main.getByText('tier: silver').waitFor();
    expect(new URL(page.url()).searchParams.get('to')).toMatch(/^[0-9a-f]{40}$/);

    await main.getByRole('combobox', { name: words.from }).selectOption('1w');
    await main.getByRole('combobox', { name: words.to }).selectOption(words.now);
    await main.locator('ins').getByText('a warehouse').waitFor();
    await main.getByRole('button', { name: words.close }).click();

    await versions.nth(2).getByRole('button', { name: words.restore }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(words.restoreWhat).waitFor();
    expect(await dialog.locator('ins').allTextContents()).toContain('gold');
    expect(await inspectPage(page, 'history-restore')).toEqual([]);
    await dialog.getByRole('button', { name: words.restore }).click();
    await page.getByText(words.restored).waitFor();
    await expect
      .poll(async () => (await repository.files())[path], { timeout: 30_000 })
      .toBe(acme('gold', 'They run **everything** on spreadsheets.'));
    await expect.poll(() => versions.count(), { timeout: 30_000 }).toBe(4);

    await page.getByText(words.lines, { exact: true }).click();
    const lines = page.getByRole('region', { name: words.linesOf });
    await lines.getByText('Dana').first().waitFor();
    expect(await inspectPage(page, 'history-lines')).toEqual([]);
  });

  it('offers nothing to those who only read', async () => {
    const { page } = await browser.open();
    await signIn(page, gitward, await gitward.token('reader'));
    await page.goto(`${gitward.url}/spaces/sales/entries/acme?tab=history`);
    await page.getByRole('list', { name: words.timeline }).getByRole('listitem').first().waitFor();
    expect(await page.getByRole('button', { name: words.restore }).count()).toBe(0);
  });
});
