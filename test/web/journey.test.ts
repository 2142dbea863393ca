import { afterAll, beforeAll, expect, it } from 'vitest';
import { inBrowser } from '../support/browser/in-browser.ts';
import { heading, signIn, signOut } from '../support/browser/sign-in.ts';
import { TestGitward } from '../support/gitward.ts';

inBrowser('an admin in a browser', (browser) => {
  let gitward: TestGitward;
  beforeAll(async () => {
    gitward = await TestGitward.start();
    await gitward.enableMirror();
    await gitward.until('synced');
  });
  afterAll(() => gitward.stop());

  it('signs in with a link, sees a change arrive in Git without reloading, and signs out', async () => {
    const { page, complaints } = await browser.open();
    await signIn(page, gitward);
    expect(page.url()).toBe(`${gitward.url}/`);

    const row = page.getByRole('listitem').filter({ hasText: 'Shop' });
    await row.getByText('In step').waitFor();
    await row.getByRole('link', { name: 'Shop' }).click();
    await heading(page, 'Shop');

    const orders = { componentId: 'keboola.ex-db-mysql', configId: '7' };
    await gitward.send([gitward.platform.change(orders, { author: 'eva@example.com' })]);
    const commits = page.getByRole('list', { name: 'Timeline' }).getByRole('listitem');
    await commits.filter({ hasText: 'eva@example.com' }).waitFor();
    await gitward.until((status) => status.state === 'synced' && status.pendingChanges === 0);
    const [commit] = await gitward.repository.log();
    expect(commit?.author.email).toBe('eva@example.com');
    await expect
      .poll(() => commits.first().innerText())
      .toContain(commit?.sha.slice(0, 8) ?? 'no commit');

    // What was being read at that moment is refused.
    complaints.allow(/^401 GET /);
    await signOut(page);
    await page.goto(gitward.url);
    await heading(page, 'Sign in to Gitward');
    expect(await page.context().cookies()).toEqual([]);
  });
});
