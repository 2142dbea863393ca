import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { seriousFindings } from './axe.ts';
import { screenshotFolder } from './in-browser.ts';
import { onlyByMouse } from './keyboard.ts';

const widths = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
];
const schemes = ['light', 'dark'] as const;

/**
 * Looks at a page as it is now, on a desktop and on a phone, light and dark: keeps a screenshot of each, and returns what is
 * wrong: serious findings of axe, what does not fit the width, and what the keyboard alone cannot use. The page is left as
 * wide and light as at first.
 */
export async function inspectPage(page: Page, name: string): Promise<string[]> {
  await mkdir(screenshotFolder, { recursive: true });
  const found: string[] = [];
  for (const size of widths.toReversed())
    for (const colorScheme of schemes.toReversed()) {
      await page.setViewportSize(size);
      await page.emulateMedia({ colorScheme });
      await settled(page);
      const look = `${name}-${size.width}-${colorScheme}`;
      const path = join(screenshotFolder, `${look}.png`);
      await page.screenshot({ path, fullPage: true, animations: 'disabled' });
      const wrong = [
        ...(await seriousFindings(page)),
        ...(await sideways(page, size.width)),
        ...(await onlyByMouse(page)),
      ];
      found.push(...wrong.map((what) => `${look}: ${what}`));
    }
  return found;
}

/** Whether one has to scroll sideways, which no page needs (WCAG 2.2, 1.4.10). */
async function sideways(page: Page, width: number): Promise<string[]> {
  const needed = await page.evaluate<number>('document.documentElement.scrollWidth');
  return needed > width ? [`the page is ${needed} pixels wide`] : [];
}

/** Waits until nothing moves, since what fades in has too little contrast at first. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(`Promise.all([
    document.fonts.ready,
    ...document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity)
      .map((one) => one.finished.catch(() => undefined)),
  ]).then(() => undefined)`);
}
