import { afterAll, beforeAll, expect, it } from 'vitest';
import { texts } from '../../../web/texts/index.ts';
import { inBrowser } from '../../support/browser/in-browser.ts';
import { picture } from '../../support/browser/picture.ts';
import { heading, signIn } from '../../support/browser/sign-in.ts';
import type { GitRepository } from '../../support/git-repository.ts';
import { TestGitward } from '../../support/gitward.ts';

const path = 'knowledge/customers/acme-inc.md';
const patience = { timeout: 30_000 };

/*
 * The second walk-through of `README.md`, played through. With GITWARD_PICTURES, a folder, its pictures are made there;
 * without, none are.
 */
inBrowser('the guide to a first space', (browser) => {
  let gitward: TestGitward;
  let repository: GitRepository;

  beforeAll(async () => {
    // Nobody looks at the branch before there is something to send.
    gitward = await TestGitward.start({ GITWARD_POLL_INTERVAL: '1h' });
    repository = await gitward.git.createRepository('knowledge');
    // The first walk-through has left it.
    await gitward.call('POST', '/v1/credentials', {
      ...{ name: 'local', username: gitward.git.credential?.username },
      ...{ origin: gitward.git.url('any'), token: gitward.git.credential?.password },
    });
  });
  afterAll(() => gitward.stop());

  it('goes from nothing to an entry, an edit, a conflict and back, without a word of Git', async () => {
    const { page } = await browser.open({ viewport: { width: 1280, height: 800 } });
    const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
    const inGit = () => repository.read(path).catch(() => '');
    const field = (name: string) => page.getByRole('textbox', { name, exact: true });

    await signIn(page, gitward);
    await page.getByRole('link', { name: 'Add a space' }).click();
    await page.getByLabel('Address of the repository').fill(gitward.git.url('knowledge'));
    const credential = page.getByRole('combobox', { name: 'Credential' });
    await expect.poll(() => credential.inputValue(), patience).toBe('local');
    await press('Check');
    await page.getByRole('status').getByText('It is empty.').waitFor();
    await press('Next');
    await page.getByLabel('Name').fill('Sales');
    await press('Add the space');
    await press('Open the space');
    await heading(page, 'Sales');

    // A first entry.
    await page.getByText('In step').first().waitFor();
    await press('New entry');
    await page.getByRole('menuitem', { name: 'Customer' }).click();
    await heading(page, 'New: customer');
    await field('Name').first().fill('Acme, Inc.');
    await field('Region').fill('EMEA');
    await field('Tier').fill('gold');
    await page.getByRole('textbox', { name: 'Text', exact: true }).focus();
    await page.keyboard.type('# Acme\nThey run everything on spreadsheets.');
    await page.getByText('Draft saved').waitFor();
    await press('Create');
    await heading(page, 'Acme, Inc.');
    await expect.poll(inGit, patience).toContain('They run everything on spreadsheets.\n');
    const first = await inGit();
    expect(first).toContain('tier: gold\n');

    // An edit of it.
    await field('Tier').fill('platinum');
    await page.getByLabel('What did you change? (optional)').fill('Acme is platinum now');
    await picture(page, 'knowledge-entry');
    await press('Save');
    await page.getByText('Saved. Git has it.').waitFor();
    const second = first.replace('tier: gold', 'tier: platinum');
    expect((await inGit()).replace(/^updated: .*\n/m, '')).toBe(
      second.replace(/^updated: .*\n/m, ''),
    );
    const [newest] = await repository.log();
    expect(newest?.subject).toBe('Acme is platinum now');

    // A push of the same, meanwhile.
    const pushed = (await inGit())
      .replace('region: EMEA', 'region: APAC')
      .replace('tier: platinum', 'tier: silver');
    await repository.commit({
      ...{ files: { [path]: pushed }, message: 'Acme moved' },
      author: { name: 'You', email: 'you@example.com' },
      at: Math.floor(Date.now() / 1000),
    });
    await field('Tier').fill('diamond');
    await page.getByRole('button', { name: /more fields$/ }).click();
    await page.getByLabel('Employee count', { exact: true }).fill('1300');
    await press('Save');
    await page.getByText('It was changed here and in Git at the same time.').waitFor();
    await page.getByRole('link', { name: 'Decide' }).click();
    await page.getByText('The tier was changed to silver in Git, by You').waitFor();
    const tier = page.getByRole('radiogroup', { name: 'tier' });
    await tier.getByRole('radio', { name: /^Saved here/ }).click();
    await picture(page, 'knowledge-conflict');
    await press('Save these choices');
    await page.getByText('This is decided').waitFor();
    await expect.poll(inGit, patience).toContain('tier: diamond\n');
    expect(await inGit()).toMatch(/region: APAC\n[^]*employeeCount: 1300\n/);

    // Back to how it was at first.
    await page.getByRole('link', { name: 'Open the entry' }).click();
    await page.getByRole('tab', { name: 'History' }).click();
    const versions = page.getByRole('list', { name: texts.history.timeline }).getByRole('listitem');
    await expect.poll(() => versions.count(), patience).toBeGreaterThan(3);
    await picture(page, 'knowledge-history');
    await versions.last().getByRole('button', { name: 'Restore this version' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.locator('ins').getByText('gold').waitFor();
    await dialog.getByRole('button', { name: 'Restore this version' }).click();
    await expect.poll(inGit, patience).toContain('tier: gold\n');
  });
});
