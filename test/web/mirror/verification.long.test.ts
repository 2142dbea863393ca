import { afterAll, beforeAll, expect, it } from 'vitest';
import { inBrowser } from '../../support/browser/in-browser.ts';
import { inspectPage } from '../../support/browser/inspect-page.ts';
import { heading, signIn } from '../../support/browser/sign-in.ts';
import { TestGitward } from '../../support/gitward.ts';

inBrowser('a verification', (browser) => {
  let gitward: TestGitward;
  beforeAll(async () => {
    gitward = await TestGitward.start();
    await gitward.enableMirror();
    await gitward.until('synced');
  });
  afterAll(() => gitward.stop());

  it('is asked for on the page of a mirror, and shows both sides of what differs', async () => {
    const { page } = await browser.open();
    await signIn(page, gitward);
    await page.goto(`${gitward.url}/mirrors/${gitward.platform.projectId}/1000`);
    await heading(page, 'Shop');
    await page.getByRole('button', { name: 'Compare now' }).click();
    await page.getByText(/^Yes: all \d+ files are equal/).waitFor();

    const path = 'configs/main/extractor/keboola.ex-db-mysql/orders/description.md';
    await gitward.repository.commit({
      files: { [path]: '<b>Mine</b>\n', 'configs/mine.txt': 'Mine.\n' },
    });
    await page.getByRole('button', { name: 'Compare now' }).click();
    await page.getByText('No: 2 files differ.').waitFor();
    const list = page.getByRole('list', { name: 'What differs' });
    expect(await list.getByRole('listitem').count()).toBe(2);
    await list.getByRole('button', { name: path }).click();
    await list.getByText('<b>Mine</b>').waitFor();
    await list.getByRole('button', { name: 'configs/mine.txt only Git has it' }).press('Enter');
    await list.getByText('Mine.', { exact: true }).waitFor();
    expect(await inspectPage(page, 'mirror-verification')).toEqual([]);
  });
});
