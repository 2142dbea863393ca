import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

/** Keeps how a page looks for the documentation, in the folder `GITWARD_PICTURES`; without one, none is kept. */
export async function picture(page: Page, name: string, { fullPage = false } = {}): Promise<void> {
  const { GITWARD_PICTURES: folder } = process.env;
  if (folder === undefined) return;
  await mkdir(folder, { recursive: true });
  const path = join(folder, `${name}.png`);
  if (fullPage) await page.evaluate('scrollTo(0, 0)');
  await page.screenshot({ path, fullPage, animations: 'disabled' });
}
