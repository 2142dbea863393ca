import { afterAll, beforeAll, expect, it } from 'vitest';
import { inBrowser } from '../support/browser/in-browser.ts';
import { heading, signIn } from '../support/browser/sign-in.ts';
import { TestGitward } from '../support/gitward.ts';

inBrowser('a page', (browser) => {
  let gitward: TestGitward;
  beforeAll(async () => {
    gitward = await TestGitward.start();
    await gitward.enableMirror();
    await gitward.until('synced');
  });
  afterAll(() => gitward.stop());

  async function endSessions(token: string): Promise<void> {
    const { items } = await gitward.call<{ items: { id: string }[] }>(
      ...(['GET', '/v1/sessions', undefined, token] as const),
    );
    for (const { id } of items) await gitward.call('DELETE', `/v1/sessions/${id}`);
  }

  it('says that Gitward does not answer, and shows what happened meanwhile once it does', async () => {
    const { page, complaints } = await browser.open();
    complaints.allow(
      /^failed GET .* net::ERR_(CONNECTION_\w+|INCOMPLETE_CHUNKED_ENCODING|EMPTY_RESPONSE)$/,
    );
    await signIn(page, gitward);
    await page.getByRole('link', { name: 'Shop' }).click();
    await heading(page, 'Shop');
    await page.getByRole('list', { name: 'Timeline' }).waitFor();
    await page.getByText('Nothing waits').waitFor();
    const notice = page.getByText('What you see may be out of date');

    await gitward.kill('api');
    await notice.waitFor();
    // What was read is still there.
    await page.getByRole('list', { name: 'Timeline' }).waitFor();

    await gitward.startApi();
    await notice.waitFor({ state: 'detached' });
    const orders = { componentId: 'keboola.ex-db-mysql', configId: '7' };
    await gitward.send([gitward.platform.change(orders, { author: 'eva@example.com' })]);
    await page
      .getByRole('list', { name: 'Timeline' })
      .getByRole('listitem')
      .filter({ hasText: 'eva@example.com' })
      .waitFor();
    await expect.poll(() => page.getByText('does not answer').count(), { timeout: 30_000 }).toBe(0);
  });

  it('that one was sent is shown after signing in, with its filters', async () => {
    const { page } = await browser.open();
    await page.goto(`${gitward.url}/?show=inStep&text=sho`);
    await heading(page, 'Sign in to Gitward');
    await page
      .getByLabel('Token')
      .first()
      .fill(await gitward.token('reader'));
    await page.getByRole('button', { name: 'Sign in with a token' }).click();
    await heading(page, 'Overview');
    expect(new URL(page.url()).searchParams.get('text')).toBe('sho');
    expect(await page.getByLabel('Filter by name').inputValue()).toBe('sho');
    await page.getByRole('link', { name: 'Shop' }).waitFor();
  });

  it('asks to sign in again when the session is ended elsewhere, and comes back', async () => {
    const { page, complaints } = await browser.open();
    const token = await gitward.token('reader');
    await signIn(page, gitward, token);
    const path = `/mirrors/${gitward.platform.projectId}/1000`;
    await page.goto(gitward.url + path);
    await heading(page, 'Shop');
    complaints.allow(/^401 /);
    await endSessions(token);
    await heading(page, 'Sign in to Gitward');
    await page.getByLabel('Token').first().fill(token);
    await page.keyboard.press('Enter');
    await heading(page, 'Shop');
    expect(new URL(page.url()).pathname).toBe(path);
  });

  it('asks so, too, when the session ended before the page could follow anything', async () => {
    const { page, complaints } = await browser.open();
    const token = await gitward.token('reader');
    await signIn(page, gitward, token);
    complaints.allow(/^401 /);
    await page.route('**/v1/live?*', async (route) => {
      await heading(page, 'Shop');
      await endSessions(token);
      await route.continue();
    });
    await page.goto(`${gitward.url}/mirrors/${gitward.platform.projectId}/1000`);
    await heading(page, 'Sign in to Gitward');
  });

  it.each(['//example.com', 'https://example.com/', '/\\example.com'])(
    'never leads to another site after signing in: %s',
    async (to) => {
      const { page } = await browser.open();
      await page.goto(`${gitward.url}/sign-in?to=${encodeURIComponent(to)}`);
      await page
        .getByLabel('Token')
        .first()
        .fill(await gitward.token('reader'));
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'Account' }).waitFor();
      expect(new URL(page.url()).origin).toBe(gitward.url);
    },
  );

  it('says why a link or a token does not sign in', async () => {
    const { page, complaints } = await browser.open();
    complaints.allow(/^401 POST \/v1\/session$/);
    const link = await gitward.signInLink();
    await page.goto(link);
    await heading(page, 'Overview');
    await page.context().clearCookies();
    await page.goto(`${gitward.url}/sign-in`);
    await page.goto(link);
    await page.getByText('This link does not work any more').waitFor();
    expect(page.url()).toBe(`${gitward.url}/sign-in`);
    await page.getByLabel('Token').first().fill('gw_wrong');
    await page.getByRole('button', { name: 'Sign in with a token' }).click();
    await page.getByText('This did not work').waitFor();
  });
});
