import { afterAll, beforeAll, expect, it } from 'vitest';
import { inBrowser } from '../../support/browser/in-browser.ts';
import { inspectPage } from '../../support/browser/inspect-page.ts';
import { heading, signIn } from '../../support/browser/sign-in.ts';
import { TestGitward } from '../../support/gitward.ts';

const orders = { componentId: 'keboola.ex-db-mysql', configId: '7' };

/* A configuration that was changed, renamed and changed again: who did what, and any two of its versions. */
inBrowser('the versions of a configuration', (browser) => {
  let gitward: TestGitward;
  beforeAll(async () => {
    gitward = await TestGitward.start();
    await gitward.enableMirror();
    await gitward.until('synced');
    for (const change of [
      { description: 'The second description' },
      { name: 'Purchases' },
      { description: 'The <b>last</b> description' },
    ]) {
      await gitward.send([
        gitward.platform.change(orders, { author: 'eva@example.com', ...change }),
      ]);
      await gitward.until((status) => status.state === 'synced' && status.pendingChanges === 0);
    }
  });
  afterAll(() => gitward.stop());

  it('are reached in three clicks, and any two are compared', async () => {
    const { page } = await browser.open();
    await signIn(page, gitward);
    await page.getByRole('link', { name: 'Shop' }).click();
    await page.getByRole('link', { name: 'Contents' }).click();
    await page.getByRole('link', { name: 'Purchases', exact: true }).click();
    await heading(page, 'Purchases');
    // The third click has answered already what the last change was.
    const last = page.getByRole('region', { name: 'The last change' });
    await last.getByText('eva@example.com').waitFor();
    await last.getByText('The second description').waitFor();
    expect(await inspectPage(page, 'object-last-change')).toEqual([]);
    await page.getByRole('link', { name: 'What changed' }).first().click();
    const comparison = page.getByRole('region', { name: 'Two versions compared' });
    const texts = comparison.getByRole('group', { name: 'Differences in description.md' });
    await texts.getByText('The <b>last</b> description').waitFor();
    await texts.getByText('The second description').waitFor();

    // The oldest one, chosen by the keyboard: the folder had another name then.
    const from = comparison.getByLabel('From');
    await from.focus();
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await comparison.getByText('Moved', { exact: true }).first().waitFor();
    await comparison
      .getByText(/It was at .*orders$/)
      .first()
      .waitFor();
    const oldest = await from.inputValue();
    expect(new URL(page.url()).searchParams.get('from')?.replaceAll('"', '')).toBe(oldest);
    expect(await inspectPage(page, 'compare')).toEqual([]);

    await page.reload();
    await texts.getByText('The <b>last</b> description').waitFor();
    await comparison.getByRole('link', { name: 'Close' }).click();
    await comparison.waitFor({ state: 'detached' });
    // What comes back above moves what is below.
    await last.getByText('The second description').waitFor();
    await page.getByRole('link', { name: 'Compare with now' }).last().click();
    await texts.getByText('The <b>last</b> description').waitFor();
    expect(new URL(page.url()).searchParams.get('from')?.replaceAll('"', '')).toBe(oldest);
  });
});
