import { afterAll, beforeAll, it } from 'vitest';
import { inBrowser } from '../../support/browser/in-browser.ts';
import { heading, signIn } from '../../support/browser/sign-in.ts';
import { TestGitward } from '../../support/gitward.ts';

inBrowser('an outage', (browser) => {
  let gitward: TestGitward;
  beforeAll(async () => {
    gitward = await TestGitward.start();
    await gitward.enableMirror();
    await gitward.until('synced');
  });
  afterAll(() => gitward.stop());

  it('is seen coming and ending, on the overview and on the page of its mirror, without reloading', async () => {
    const [{ page: overview }, { page: mirror }] = [await browser.open(), await browser.open()];
    await signIn(overview, gitward);
    await signIn(mirror, gitward);
    await mirror.goto(`${gitward.url}/mirrors/${gitward.platform.projectId}/1000`);
    await heading(mirror, 'Shop');
    for (const page of [overview, mirror]) await page.evaluate('window.isStillThisPage = true');
    const row = overview.getByRole('listitem').filter({ hasText: 'Shop' });
    await row.getByText('In step').waitFor();

    await gitward.git.goAway();
    const orders = { componentId: 'keboola.ex-db-mysql', configId: '7' };
    await gitward.send([gitward.platform.change(orders)]);
    await row.getByText('Retrying').first().waitFor();
    await row.getByText('1 change waits').first().waitFor();
    await overview.getByText('One needs attention.').waitFor();
    await mirror.getByText('Retrying').first().waitFor();
    await mirror.getByRole('alert').getByText(/Began/).waitFor();
    // Each attempt is seen, too.
    await mirror
      .getByText(/· [3-9] attempts/)
      .first()
      .waitFor();

    await gitward.git.comeBack();
    await row.getByText('In step').waitFor();
    await overview.getByText('Everything is in step.').waitFor();
    await mirror.getByText('In step').waitFor();
    await mirror.getByRole('alert').waitFor({ state: 'detached' });
    await mirror.getByText('Nothing waits').waitFor();
    for (const page of [overview, mirror])
      if ((await page.evaluate('window.isStillThisPage')) !== true)
        throw new Error('The page was loaded again.');
  });
});
