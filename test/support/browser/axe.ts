import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const file = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** What axe finds serious or critical in a page: the rule, where, and why. */
export async function seriousFindings(page: Page): Promise<string[]> {
  await page.evaluate(await readFile(file, 'utf8'));
  const { violations } = await page.evaluate<AxeResults>('axe.run(document)');
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary = '' }) =>
        [id, target.join(' '), failureSummary.replaceAll(/\s+/g, ' ')].join(': '),
      ),
    );
}
