import { afterAll, beforeAll, expect, it } from 'vitest';
import { inBrowser } from '../../support/browser/in-browser.ts';
import { inspectPage } from '../../support/browser/inspect-page.ts';
import { heading, signIn } from '../../support/browser/sign-in.ts';
import { TestGitward } from '../../support/gitward.ts';

const description = 'configs/main/extractor/keboola.ex-db-mysql/orders/description.md';

inBrowser('a held mirror', (browser) => {
  let gitward: TestGitward;
  beforeAll(async () => {
    gitward = await TestGitward.start();
    await gitward.enableMirror();
    await gitward.until('synced');
  });
  afterAll(() => gitward.stop());

  it('is approved after seeing what is there, and only if it is still so', async () => {
    const { repository, platform } = gitward;
    await repository.commit({
      orphan: true,
      message: 'Start over without the history',
      author: { name: 'Eve', email: 'eve@example.com' },
      files: { [description]: 'Mine\n', 'configs/notes.txt': 'Notes\n', 'own/readme.md': 'Kept\n' },
    });
    await gitward.send([platform.change({ componentId: 'keboola.ex-db-mysql', configId: '7' })]);
    await gitward.until('held');

    const { page, complaints } = await browser.open();
    await signIn(page, gitward);
    await page.goto(`${gitward.url}/mirrors/${platform.projectId}/1000`);
    await heading(page, 'Shop');
    const found = page.getByRole('region', { name: 'What was found' });
    await found.getByText('Start over without the history').waitFor();
    await found.getByText('no longer in the branch').waitFor();
    await found.getByRole('cell', { name: 'Eve' }).waitFor();
    await found.getByText('1 file is overwritten').waitFor();
    await found.getByText(description, { exact: true }).waitFor();
    await found.getByText('1 file is removed').waitFor();
    await found.getByText('configs/notes.txt').waitFor();
    expect(await inspectPage(page, 'held')).toEqual([]);

    await repository.commit({ files: { 'configs/more.txt': 'More\n' }, message: 'One more thing' });
    // Nor is there anything to look at once it was accepted.
    complaints.allow(/^409 (?:POST .*approve|GET .*hold)$/);
    const accept = found.getByRole('button', { name: 'Accept and go on' });
    const sure = async () => {
      await accept.click();
      const dialog = page.getByRole('dialog', { name: 'Accept what is in the repository?' });
      await dialog.getByRole('textbox').fill('Shop');
      await dialog.getByRole('button', { name: 'Accept and go on' }).click();
      await dialog.waitFor({ state: 'detached' });
    };
    await sure();
    const alert = found.getByRole('alert');
    await alert.getByText('The branch has changed since you looked', { exact: true }).waitFor();
    expect(await accept.isDisabled()).toBe(true);
    expect((await gitward.status()).state).toBe('held');
    expect(await inspectPage(page, 'held-changed')).toEqual([]);

    await alert.getByRole('button').click();
    await found.getByText('One more thing').waitFor();
    await found.getByText('2 files are removed').waitFor();
    await sure();
    await page.getByText('In step').first().waitFor();
    await found.waitFor({ state: 'detached' });
    const files = await repository.files();
    // As the platform has it now, with the change that found the mirror held.
    expect(files[description]).toBe('Version 2\n');
    expect(files['own/readme.md']).toBe('Kept\n');
    expect(Object.keys(files)).not.toContain('configs/notes.txt');
    expect(Object.keys(files)).not.toContain('configs/more.txt');
  });
});
