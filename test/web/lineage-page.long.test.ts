import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { texts } from '../../web/texts/index.ts';
import { inBrowser } from '../support/browser/in-browser.ts';
import { inspectPage } from '../support/browser/inspect-page.ts';
import { heading, signIn } from '../support/browser/sign-in.ts';
import { TestGitward } from '../support/gitward.ts';

const words = texts.lineage;
const transformation = 'keboola.snowflake-transformation';

/*
 * Orders are loaded by a row, made to revenue by a transformation, and written by a disabled configuration; another project
 * uses the bucket of the revenue.
 */
inBrowser('the lineage', (browser) => {
  let gitward: TestGitward;
  let page: Page;
  const address = () => new URL(page.url()).searchParams;
  const node = (name: string | RegExp) =>
    page.getByRole('application').getByRole('button', { name });

  beforeAll(async () => {
    gitward = await TestGitward.start();
    const { platform } = gitward;
    const { configurations } = platform.project.branches[0]!;
    const [orders] = configurations;
    orders!.rows[0]!.configuration = { parameters: { outputTable: 'in.c-shop.orders' } };
    platform.create(
      { componentId: transformation, configId: '11' },
      {
        name: 'Daily revenue',
        configuration: {
          storage: {
            input: { tables: [{ source: 'in.c-shop.orders', destination: 'orders' }] },
            output: { tables: [{ source: 'revenue', destination: 'out.c-finance.revenue' }] },
          },
        },
      },
    );
    platform.create(
      { componentId: 'keboola.wr-db-mysql', configId: '12' },
      {
        name: 'Revenue for the board',
        isDisabled: true,
        configuration: {
          storage: { input: { tables: [{ source: 'out.c-finance.revenue', destination: 'r' }] } },
        },
      },
    );
    for (const table of ['in.c-shop.orders', 'in.c-shop.alone', 'out.c-finance.revenue'])
      platform.putTable(table);
    const other = { id: 4711, name: 'Board' };
    platform.putTable('out.c-finance.revenue', {
      bucket: {
        linkedBy: [{ id: 'in.c-board', created: '2026-01-01T00:00:00+0100', project: other }],
      },
    });
    await gitward.enableMirror();
    await gitward.until('synced');
  });
  afterAll(() => gitward.stop());

  async function open(search: string): Promise<void> {
    ({ page } = await browser.open());
    await signIn(page, gitward);
    await page.goto(`${gitward.url}/mirrors/${gitward.platform.projectId}/1000/lineage${search}`);
  }

  it('of a table is a picture that one walks in, and a list', async () => {
    await open('?table=in.c-shop.orders');
    await heading(page, words.title('orders'));
    await node(/^Table, orders/).waitFor();
    expect(await inspectPage(page, 'lineage')).toEqual([]);
  });
});
