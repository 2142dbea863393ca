import { afterAll, beforeAll, expect, it } from 'vitest';
import { inBrowser } from '../support/browser/in-browser.ts';
import { heading, signIn } from '../support/browser/sign-in.ts';
import { TestGitward } from '../support/gitward.ts';

inBrowser('a reader', (browser) => {
  let gitward: TestGitward;
  beforeAll(async () => {
    gitward = await TestGitward.start();
    await gitward.enableMirror();
    await gitward.createSpace('sales', {});
    await gitward.until('synced');
  });
  afterAll(() => gitward.stop());

  it('is offered nothing that changes anything, and the API refuses it from this very page', async () => {
    const { page, complaints } = await browser.open();
    await signIn(page, gitward, await gitward.token('reader'));
    expect(await linksTo(page, '/access')).toEqual(['/access/sessions', '/access/host-tokens']);

    await page.getByRole('link', { name: 'Shop' }).click();
    await heading(page, 'Shop');
    await page.getByText('Nothing waits').waitFor();
    expect(await page.getByRole('main').getByRole('button').allInnerTexts()).toEqual([]);
    await page.goto(`${gitward.url}/spaces/sales`);
    await heading(page, 'sales');
    expect(await page.getByRole('main').getByRole('button').allInnerTexts()).toEqual(['Search']);

    complaints.allow(/^403 POST /);
    // With the session and the token that the page itself would send.
    const answer = await page.evaluate<{ status: number; code: string }>(`(async () => {
      const { csrfToken } = await (await fetch('/v1/session')).json();
      const response = await fetch('${gitward.mirrorPath}/actions/pause', {
        method: 'POST',
        headers: { 'x-csrf-token': csrfToken },
      });
      return { status: response.status, code: (await response.json()).code };
    })()`);
    expect(answer).toEqual({ status: 403, code: 'role_insufficient' });
    expect((await gitward.status()).state).toBe('synced');
  });

  it('of one space sees nothing of the rest, also where the address is known', async () => {
    const { page, complaints } = await browser.open();
    const limited = { projects: [], spaces: [{ space: 'sales' }] };
    await signIn(page, gitward, await gitward.token('reader', limited));
    await page.getByRole('link', { name: 'sales' }).waitFor();
    expect(await page.getByText('Shop').count()).toBe(0);
    await page.goto(`${gitward.url}/mirrors/${gitward.platform.projectId}/1000`);
    await page.getByText('There is nothing here').waitFor();
    complaints.allow(/^404 GET \/v1\/projects\//);
  });
});

/** The addresses below a path that the page links to. */
async function linksTo(
  page: { evaluate<T>(script: string): Promise<T> },
  path: string,
): Promise<string[]> {
  return page.evaluate(
    `[...document.querySelectorAll('a[href^="${path}"]')].map((link) => link.getAttribute('href'))`,
  );
}
