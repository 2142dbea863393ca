import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { inBrowser } from '../support/browser/in-browser.ts';
import { heading } from '../support/browser/sign-in.ts';
import { TestGitward } from '../support/gitward.ts';

inBrowser('with the keyboard alone', (browser) => {
  let gitward: TestGitward;
  beforeAll(async () => {
    gitward = await TestGitward.start();
    await gitward.enableMirror();
    await gitward.until('synced');
  });
  afterAll(() => gitward.stop());

  it('an operator signs in, finds a mirror, pauses and resumes it, and signs out', async () => {
    const { page } = await browser.open();
    const token = await gitward.token('operator');
    await page.goto(gitward.url);
    await heading(page, 'Sign in to Gitward');
    // The field for the token has the focus already.
    await expect.poll(() => focused(page)).toContain('Token');
    await page.keyboard.type(token);
    await page.keyboard.press('Enter');
    await heading(page, 'Overview');

    await page.keyboard.press('Control+K');
    await page.getByRole('dialog').waitFor();
    await expect.poll(() => focused(page)).toContain('Find');
    await page.keyboard.type('Shop');
    await page.getByRole('dialog').getByText('Shop').first().waitFor();
    await page.keyboard.press('Enter');
    await heading(page, 'Shop');

    await tabTo(page, 'Pause');
    await page.keyboard.press('Enter');
    await page.getByText('Paused', { exact: true }).waitFor();
    await gitward.until('paused');
    await tabTo(page, 'Resume');
    await page.keyboard.press('Enter');
    await page.getByText('In step').waitFor();
    await gitward.until('synced');

    await tabTo(page, 'Account');
    await page.keyboard.press('Enter');
    await page.getByRole('menu').waitFor();
    await downTo(page, 'Sign out');
    await page.keyboard.press('Enter');
    await heading(page, 'Sign in to Gitward');
  });

  it('one gets past the menu to the content, and back out of what opened', async () => {
    const { page } = await browser.open();
    await page.goto(await gitward.signInLink());
    await heading(page, 'Overview');
    await tabTo(page, 'To the content');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.evaluate('document.activeElement?.id')).toBe('content');

    await tabTo(page, 'Shop');
    await page.keyboard.press('Enter');
    await heading(page, 'Shop');
    await tabTo(page, 'Settings');
    await page.keyboard.press('Enter');
    await heading(page, 'Settings');
    await tabTo(page, 'End the mirror');
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'End this mirror?' });
    await dialog.waitFor();
    // Nothing happens by Enter alone: the name has to be typed.
    await page.keyboard.press('Enter');
    expect(await dialog.getByRole('button', { name: 'End the mirror' }).isDisabled()).toBe(true);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await expect.poll(() => focused(page)).toBe('End the mirror');
    expect((await gitward.status()).state).toBe('synced');
  });
});

/** The name of what has the focus, as its label or text says it. */
function focused(page: Page): Promise<string> {
  return page.evaluate<string>(`(() => {
    const element = document.activeElement;
    return [element?.labels?.[0]?.textContent, element?.getAttribute('aria-label'), element?.textContent]
      .find((name) => name)?.trim() ?? '';
  })()`);
}

/** Presses Tab until this has the focus; fails when it comes around without. */
async function tabTo(page: Page, name: string): Promise<void> {
  await pressUntil(page, 'Tab', name);
}

/** Goes down in a menu until this has the focus. */
async function downTo(page: Page, name: string): Promise<void> {
  await pressUntil(page, 'ArrowDown', name);
}

async function pressUntil(page: Page, key: string, name: string): Promise<void> {
  const seen: string[] = [];
  for (let presses = 0; presses < 60; presses += 1) {
    const now = await focused(page);
    if (now.endsWith(name)) return;
    seen.push(now);
    await page.keyboard.press(key);
  }
  throw new Error(`${key} never reached "${name}", only: ${seen.join(' | ')}`);
}
