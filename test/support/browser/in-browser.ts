import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  chromium,
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type Page,
} from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect } from 'vitest';
import { Complaints } from './complaints.ts';
import { findChromium, noChromium } from './find-chromium.ts';

/** Where screenshots are kept; Git ignores it, and CI keeps it. */
export const screenshotFolder = join(import.meta.dirname, '../../../screenshots');

/** A page of a browser, and what went wrong in it. */
export interface OpenPage {
  page: Page;
  complaints: Complaints;
}

/** The browser of a test file. */
export interface TestBrowser {
  /**
   * A page in a profile of its own, as of somebody who has never been here; it is closed after the test. If anything went
   * wrong in it that the test does not allow, the test fails.
   */
  open(options?: BrowserContextOptions): Promise<OpenPage>;
}

/** What one waits for at most, in milliseconds: for tests that hang. */
const patience = 45_000;

const executablePath = findChromium();
if (executablePath === null) console.warn(noChromium);

/**
 * `describe` for tests in a real browser, which is started once. Where there is none, they are skipped, with their hooks.
 */
export function inBrowser(name: string, tests: (browser: TestBrowser) => void): void {
  describe.skipIf(executablePath === null)(name, () => {
    let browser: Browser | undefined;
    const opened: (OpenPage & { context: BrowserContext })[] = [];

    beforeAll(async () => {
      browser = await chromium.launch({
        executablePath: executablePath ?? '',
        // Chromium does not start as root with its sandbox.
        chromiumSandbox: process.getuid?.() !== 0,
      });
    });
    afterEach(async ({ task }) => {
      const left = opened.splice(0);
      if (task.result?.state === 'fail') await picture(task.name, left);
      await Promise.all(left.map(({ context }) => context.close()));
      expect(left.flatMap(({ complaints }) => complaints.unexpected)).toEqual([]);
    });
    afterAll(() => browser?.close());

    tests({
      async open(options = {}) {
        if (browser === undefined) throw new Error('The browser is not started yet.');
        const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
        context.setDefaultTimeout(patience);
        const page = await context.newPage();
        const complaints = await Complaints.of(page);
        opened.push({ page, complaints, context });
        return { page, complaints };
      },
    });
  });
}

/** How pages looked when a test failed. */
async function picture(test: string, pages: readonly OpenPage[]): Promise<void> {
  await mkdir(screenshotFolder, { recursive: true });
  const name = test.toLowerCase().replaceAll(/\W+/g, '-');
  for (const [at, { page }] of pages.entries())
    await page
      .screenshot({ path: join(screenshotFolder, `failed-${name}-${at}.png`), timeout: 5_000 })
      // The test has failed already, and says more than this.
      .catch(() => undefined);
}
