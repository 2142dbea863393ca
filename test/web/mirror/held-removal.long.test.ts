import { afterAll, beforeAll, expect, it } from 'vitest';
import { configuration } from '../../../examples/storage-api/data.ts';
import { catchUpWorkflowId } from '../../../model/mirror/ids.ts';
import { inBrowser } from '../../support/browser/in-browser.ts';
import { inspectPage } from '../../support/browser/inspect-page.ts';
import { heading, signIn } from '../../support/browser/sign-in.ts';
import { TestGitward } from '../../support/gitward.ts';

inBrowser('a mirror of which much would be removed', (browser) => {
  let gitward: TestGitward;
  beforeAll(async () => {
    gitward = await TestGitward.start();
    gitward.platform.project.branches[0]!.configurations.push(
      ...Array.from({ length: 40 }, (_, at) =>
        configuration('keboola.ex-aws-s3', `more-${at}`, `More ${at}`, { parameters: { at } }),
      ),
    );
    await gitward.enableMirror();
    await gitward.until('synced');
  });
  afterAll(() => gitward.stop());

  it('shows what, and removes it only once somebody has said so', async () => {
    const { platform, temporal } = gitward;
    const before = Object.keys(await gitward.repository.files()).length;
    for (let at = 0; at < 40; at += 1)
      platform.delete({ componentId: 'keboola.ex-aws-s3', configId: `more-${at}` });
    await temporal.client.schedule.getHandle(catchUpWorkflowId(platform.projectId)).trigger();
    await gitward.until('held');

    const { page } = await browser.open();
    await signIn(page, gitward);
    await page.goto(`${gitward.url}/mirrors/${platform.projectId}/1000`);
    await heading(page, 'Shop');
    const found = page.getByRole('region', { name: 'What was found' });
    await found
      .getByText(/\d+ of \d+ files would be removed/)
      .first()
      .waitFor();
    await found.getByText('configs/main/extractor/keboola.ex-aws-s3/more-0/config.json').waitFor();
    expect(await inspectPage(page, 'held-removal')).toEqual([]);
    expect(Object.keys(await gitward.repository.files())).toHaveLength(before);

    await found.getByRole('button', { name: 'Remove them and go on' }).click();
    const dialog = page.getByRole('dialog', { name: 'Remove what the platform no longer lists?' });
    await dialog.getByRole('textbox').fill('Shop');
    await dialog.getByRole('button', { name: 'Remove them and go on' }).click();
    await page.getByText('In step').first().waitFor();
    await found.waitFor({ state: 'detached' });
    expect(Object.keys(await gitward.repository.files()).length).toBeLessThan(before - 80);
  });
});
