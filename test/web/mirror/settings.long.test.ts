import { afterAll, beforeAll, expect, it } from 'vitest';
import { SeededSigns } from '../../secrets/seeded-signs.ts';
import { trueSecrets } from '../../secrets/true-secrets.ts';
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
    await page
      .getByRole('navigation', { name: 'Pages of this mirror' })
      .getByRole('link', { name: 'Health' })
      .click();
    await page.getByText('Your changes to the settings are not saved.').waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();

    await check.click();
    const line = page.getByText(/ by one commit\.$/);
    await line.waitFor({ timeout: 60_000 });
    const numbers = (await line.innerText()).match(/[\d,]+(?= )/g) ?? [];
    const said = numbers.reduce((sum, number) => sum + Number(number.replaceAll(',', '')), 0);
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

  it('are not saved over what another has saved meanwhile, unless one says so', async () => {
    const { page } = await browser.open();
    await signIn(page, gitward);
    await page.goto(`${gitward.url}/mirrors/${gitward.platform.projectId}/1000/settings`);
    await heading(page, 'Settings');
    await page.getByRole('textbox', { name: 'Days they are kept' }).fill('45');
    const check = page.getByRole('button', { name: 'See what will happen' });
    expect(await check.isEnabled()).toBe(true);

    const { repository } = await gitward.call<{ repository: object }>('GET', gitward.mirrorPath);
    await gitward.call('PUT', gitward.mirrorPath, {
      repository,
      secrets: 'omitted',
      notify: { emails: ['ops@example.com'] },
    });
    const alert = page.getByRole('alert').filter({ hasText: 'Your changes are still here.' });
    await alert.waitFor();
    expect(await check.isDisabled()).toBe(true);
    await alert.getByRole('button', { name: 'Keep mine' }).click();
    await alert.waitFor({ state: 'detached' });
    await check.click();
    await page.getByRole('button', { name: 'Save these settings' }).click();
    await page.getByText('The settings were saved.').waitFor();
    const saved = await gitward.call('GET', gitward.mirrorPath);
    expect(saved).toMatchObject({ jobs: { retainDays: 45 }, notify: { emails: [] } });
  });

  it("have the project's plan and region, which the audit log tells of", async () => {
    const { page, complaints } = await browser.open();
    await signIn(page, gitward);
    await page.goto(`${gitward.url}/mirrors/${gitward.platform.projectId}/1000/settings`);
    await heading(page, 'Settings');
    const project = page.getByRole('region', { name: 'Project', exact: true });
    const save = project.getByRole('button', { name: 'Save the project' });
    expect(await save.isDisabled()).toBe(true);
    await project.getByRole('textbox', { name: 'Plan' }).fill('x'.repeat(41));
    complaints.allow(/400/);
    await save.click();
    const refused = project.getByRole('textbox', { name: 'Plan' });
    await expect.poll(() => refused.getAttribute('aria-invalid')).toBe('true');
    await project
      .getByText(/40 characters/)
      .first()
      .waitFor();
    expect(await inspectPage(page, 'project-settings-refused')).toEqual([]);
    await refused.fill('gold');
    await project.getByRole('textbox', { name: 'Region' }).fill('eu');
    await save.click();
    await page.getByText('The project was saved.').waitFor();
    const path = `/v1/projects/${gitward.platform.projectId}`;
    expect(await gitward.call('GET', path)).toMatchObject({ planTier: 'gold', region: 'eu' });
    await refused.fill('');
    await save.click();
    await expect
      .poll(() => gitward.call('GET', path))
      .toMatchObject({ planTier: null, region: 'eu' });
    await page.goto(`${gitward.url}/access/audit`);
    await page.getByText('Changed a project').first().waitFor();

    const { page: reader } = await browser.open();
    await signIn(reader, gitward, await gitward.token('reader'));
    await reader.goto(`${gitward.url}/mirrors/${gitward.platform.projectId}/1000/settings`);
    const shown = reader.getByRole('region', { name: 'Project', exact: true });
    await shown.getByText('eu', { exact: true }).waitFor();
    expect(await shown.getByRole('textbox').count()).toBe(0);
  });

  it('let what only looks like a secret be in Git, after the page of the mirror told where it is', async () => {
    const { text: key } = trueSecrets['a token of GitHub']!(new SeededSigns(51));
    await gitward.send([
      gitward.platform.change(
        { componentId: 'keboola.ex-db-mysql', configId: '7' },
        { description: `Use ${key}.` },
      ),
    ]);
    const { page } = await browser.open();
    await signIn(page, gitward);
    const mirror = `${gitward.url}/mirrors/${gitward.platform.projectId}/1000`;
    await page.goto(mirror);
    const list = page.getByRole('list', { name: 'Secrets in texts' });
    await list.getByText('Masked').first().waitFor();
    expect(await inspectPage(page, 'mirror-secrets')).toEqual([]);
    expect(await gitward.repository.everything()).not.toContain(key);
    const fingerprint = await list.locator('code').first().innerText();

    await page.goto(`${mirror}/settings`);
    await page.getByRole('combobox', { name: 'Findings that may stay' }).fill(fingerprint);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'See what will happen' }).click();
    await page.getByRole('button', { name: 'Save these settings' }).click();
    await page.getByText('The settings were saved.').waitFor();
    await expect.poll(() => gitward.repository.everything(), { timeout: 60_000 }).toContain(key);
    await page.getByRole('link', { name: 'Status', exact: true }).click();
    await page.getByText('What waits').waitFor();
    await list.waitFor({ state: 'detached' });
  });

  it('lead to a branch without a mirror, which goes where the project already is', async () => {
    const { page } = await browser.open();
    await signIn(page, gitward);
    await page.goto(`${gitward.url}/mirrors/${gitward.platform.projectId}/1000/settings`);
    await page.getByRole('link', { name: /Enable .*New pricing/ }).click();
    await heading(page, 'Enable a mirror');
    await page.getByRole('button', { name: 'Next', exact: true }).click();
    const address = page.getByLabel('Address of the repository');
    await expect.poll(() => address.inputValue()).toBe(gitward.git.url('mirror'));
    expect(await page.getByLabel('Git branch').inputValue()).toBe('');
  });
});
