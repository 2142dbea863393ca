import type { Page } from 'playwright-core';
import type { TestGitward } from '../gitward.ts';

/** Signs in with a link, as the admin or as the holder of a token; the overview is shown then. */
export async function signIn(page: Page, gitward: TestGitward, token?: string): Promise<void> {
  await page.goto(await gitward.signInLink(token));
  await heading(page, 'Overview');
}

/** Signs out, as one does with a mouse. */
export async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Account' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await heading(page, 'Sign in to Gitward');
}

/** Waits until a page with this heading is shown; its texts may have the same one further down. */
export async function heading(page: Page, name: string): Promise<void> {
  await page.getByRole('heading', { level: 1, name, exact: true }).first().waitFor();
}
