import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { inBrowser, type OpenPage, type TestBrowser } from '../support/browser/in-browser.ts';
import { inspectPage } from '../support/browser/inspect-page.ts';
import { heading, signIn } from '../support/browser/sign-in.ts';
import { TestGitward } from '../support/gitward.ts';
import { startIdentityProvider, type IdentityProvider } from '../support/identity-provider.ts';

inBrowser('with OpenID Connect', (browser) => {
  let gitward: TestGitward;
  let provider: IdentityProvider;
  beforeAll(async () => {
    gitward = await TestGitward.start();
    await gitward.enableMirror();
    await gitward.until('synced');
    provider = await startIdentityProvider(gitward.url);
    provider.accounts.set('ada', { name: 'Ada L.', email: 'ada@example.com', groups: ['data'] });
    provider.accounts.set('bob', { name: 'Bob', email: 'bob@example.com', groups: ['others'] });
    const { issuer, clientId, clientSecret } = provider;
    await gitward.call('PUT', '/v1/settings/open-id-connect', {
      ...{ name: 'Acme', issuer, clientId, clientSecret },
      rules: [{ group: 'data', role: 'operator', projects: null, spaces: null }],
    });
  });
  afterAll(async () => {
    await gitward.stop();
    await provider.close();
  });

  it('a person signs in at the provider, comes back to the page that was asked for, and signs out', async () => {
    const { page } = await openBoth(browser);
    const path = `/mirrors/${gitward.platform.projectId}/1000`;
    await page.goto(gitward.url + path);
    await heading(page, 'Sign in to Gitward');
    await page.getByRole('link', { name: 'Sign in with Acme' }).waitFor();
    // Nobody has to leave the field for tokens first.
    expect(await page.locator('input:focus').count()).toBe(0);
    await page.getByRole('link', { name: 'Sign in with Acme' }).click();
    await atProvider(page, 'ada');
    await heading(page, 'Shop');
    expect(page.url()).toBe(gitward.url + path);
    // The rule of her group makes her an operator.
    await page.getByRole('button', { name: 'Pause' }).waitFor();

    await page.getByRole('button', { name: 'Account' }).click();
    await page.getByText('Signed in as Ada L.').waitFor();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    // The provider asks whether to sign out there, too.
    await page.getByRole('button', { name: 'Yes' }).click();
    await heading(page, 'Sign in to Gitward');
    expect(new URL(page.url()).origin).toBe(gitward.url);
  });

  it('a page is left when the provider reports that the person signed out there', async () => {
    const { page, complaints } = await openBoth(browser);
    complaints.allow(/^401 /);
    await page.goto(gitward.url);
    await page.getByRole('link', { name: 'Sign in with Acme' }).click();
    await atProvider(page, 'ada');
    await heading(page, 'Overview');
    const { sid } = await gitward.database.db
      .selectFrom('sessions')
      .select('sid')
      .where('personId', 'is not', null)
      .orderBy('createdAt', 'desc')
      .executeTakeFirstOrThrow();
    await provider.reportLogout('ada', sid ?? '');
    await heading(page, 'Sign in to Gitward');
  });

  it('somebody whom no rule names is told why they may not enter', async () => {
    const { page } = await openBoth(browser);
    await page.goto(gitward.url);
    await page.getByRole('link', { name: 'Sign in with Acme' }).click();
    await atProvider(page, 'bob');
    await page.getByRole('alert').getByText('Signing in did not work').waitFor();
    expect(await inspectPage(page, 'sign-in-refused')).toEqual([]);
  });

  it('an admin sees how it is set up', async () => {
    const { page } = await browser.open();
    await signIn(page, gitward);
    await page.goto(`${gitward.url}/access/sign-in`);
    await page.getByText(provider.issuer).first().waitFor();
    const afterSigningOut = page.getByLabel('Redirect URI after signing out');
    expect(await afterSigningOut.inputValue()).toBe(`${gitward.url}/sign-in`);
    expect(await page.content()).not.toContain(provider.clientSecret);
    expect(await inspectPage(page, 'access-sign-in')).toEqual([]);
  });
});

/** A page that also goes to the provider, whose own pages ask for fonts of others. */
async function openBoth(browser: TestBrowser): Promise<OpenPage> {
  const opened = await browser.open();
  await opened.page.route(/fonts\.(googleapis|gstatic)\.com/, (route) =>
    route.fulfill({ contentType: 'text/css', body: '' }),
  );
  return opened;
}

/** Fills in the form of the provider, which believes any password. */
async function atProvider(page: Page, subject: string): Promise<void> {
  await page.getByPlaceholder('Enter any login').fill(subject);
  await page.getByPlaceholder('and password').fill('any');
  await page.getByRole('button', { name: 'Sign-in' }).click();
}
