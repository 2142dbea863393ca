import { afterAll, beforeAll, expect, it } from 'vitest';
import { inBrowser } from '../../support/browser/in-browser.ts';
import { inspectPage } from '../../support/browser/inspect-page.ts';
import { heading, signIn } from '../../support/browser/sign-in.ts';
import { TestGitward } from '../../support/gitward.ts';

inBrowser('the settings of a mirror', (browser) => {
  let gitward: TestGitward;
  beforeAll(async () => {
    gitward = await TestGitward.start();
    await gitward.enableMirror();
    await gitward.until('synced');
  });
  afterAll(() => gitward.stop());

  it('are changed after seeing what that does, and the commit does just that', async () => {
    const { page } = await browser.open();
    await signIn(page, gitward);
    await page.goto(`${gitward.url}/mirrors/${gitward.platform.projectId}/1000/settings`);
    await heading(page, 'Settings');
    const check = page.getByRole('button', { name: 'See what will happen' });
    expect(await check.isDisabled()).toBe(true);
    await page.getByRole('combobox', { name: 'Encrypted values' }).click();
    await page.getByRole('option', { name: 'Left out' }).click();

    // Leaving asks, and staying keeps what was changed.
    await page.getByRole('link', { name: 'Health', exact: true }).click();
    await page.getByText('Your changes to the settings are not saved.').waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();

    await check.click();
    const line = page.getByText(/ will be changed by one commit\.$/);
    await line.waitFor({ timeout: 60_000 });
    const said = Number(/^([\d,]+) file/.exec(await line.innerText())?.[1]?.replaceAll(',', ''));
    expect(await inspectPage(page, 'mirror-settings')).toEqual([]);
    const before = await gitward.repository.blobIds();
    const tip = await gitward.repository.tip();
    await page.getByRole('button', { name: 'Save these settings' }).click();
    await page.getByText('The settings were saved.').waitFor();
    await expect.poll(() => gitward.repository.tip(), { timeout: 60_000 }).not.toBe(tip);
    const after = await gitward.repository.blobIds();
    const paths = new Set([...Object.keys(before), ...Object.keys(after)]);
    expect([...paths].filter((path) => before[path] !== after[path])).toHaveLength(said);
    expect(said).toBeGreaterThan(0);
  });
});
