import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { texts } from '../../../web/texts/index.ts';
import { inBrowser } from '../../support/browser/in-browser.ts';
import { inspectPage } from '../../support/browser/inspect-page.ts';
import { heading, signIn } from '../../support/browser/sign-in.ts';
import { TestGitward } from '../../support/gitward.ts';

const words = texts.lineage;
const transformation = 'keboola.snowflake-transformation';

/*
 * Orders are loaded by a row, made to revenue by a transformation, and written by a disabled configuration; another project
 * uses the bucket of the revenue.
 */
inBrowser('the lineage', (browser) => {
  let gitward: TestGitward;
  let page: Page;
  const focused = () => page.locator(':focus');
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

  it('of a table is a picture, and the same as a list', async () => {
    await open('?table=in.c-shop.orders&depth=4');
    await heading(page, words.title('orders'));
    await node(/^Table orders/).waitFor();
    expect(await inspectPage(page, 'lineage')).toEqual([]);

    await page.getByRole('tab', { name: words.list }).click();
    const list = page.getByRole('region', { name: words.down });
    await list.getByText(words.away(4)).waitFor();
    const names = await list.getByRole('listitem').getByRole('link').allTextContents();
    expect(names.filter((name) => name !== words.fromHere)).toEqual([
      'Daily revenue',
      'revenue',
      'Revenue for the board',
      'out.c-finance',
    ]);
    // Gitward knows no mirror of that project.
    await list.getByText('Project 4711').waitFor();
    await list.getByText(`${words.knownBy['input-mapping']}, ${words.disabled}`).waitFor();
    expect(await inspectPage(page, 'lineage-list')).toEqual([]);
  });

  it('is walked in by mouse, and goes on from another node', async () => {
    await open('?table=in.c-shop.orders');
    const panel = (name: string) => page.getByRole('region', { name, exact: true });
    await node(/Daily revenue/).click();
    await panel('Daily revenue').getByText(transformation, { exact: true }).waitFor();
    expect(address().get('node')).toBe(`configuration/${transformation}/11`);
    await panel('Daily revenue').getByRole('link', { name: words.fromHere }).click();
    await heading(page, words.title('Daily revenue'));
    expect(Object.fromEntries(address())).toEqual({
      component: transformation,
      configuration: '"11"',
    });
    await panel('Daily revenue').getByRole('button', { name: 'revenue', exact: true }).click();
    await panel('revenue').getByText('out.c-finance.revenue').waitFor();
    await page.goBack();
    await heading(page, words.title('orders'));
  });

  it('is walked in with the keyboard', async () => {
    await open('?table=in.c-shop.orders');
    await node(/^Table orders/).focus();
    for (const [key, name] of [
      ['ArrowRight', /Daily revenue/],
      ['ArrowRight', /^Table revenue/],
      ['ArrowLeft', /Daily revenue/],
    ] as const) {
      await page.keyboard.press(key);
      await node(name).and(focused()).waitFor();
    }
    await page.keyboard.press('Enter');
    await page.getByRole('region', { name: 'Daily revenue', exact: true }).waitFor();
    expect(await node(/Daily revenue/).getAttribute('aria-pressed')).toBe('true');
    // One node of the picture is reached by Tab, and the next thing is beside it.
    await page.keyboard.press('Tab');
    await page.getByRole('button', { name: words.zoomIn }).and(focused()).waitFor();
  });

  it('is shown one way, and deeper, and the address says so', async () => {
    await open('?table=in.c-shop.orders');
    await node(/Daily revenue/).waitFor();
    await page.getByText(words.directions.up, { exact: true }).click();
    await node(/Daily revenue/).waitFor({ state: 'detached' });
    expect(address().get('direction')).toBe('up');
    await page.getByLabel(words.depth).selectOption('5');
    await expect.poll(() => address().get('depth')).toBe('5');
    await page.goBack();
    await expect.poll(() => page.getByLabel(words.depth).inputValue()).toBe('3');
    await page.goBack();
    await node(/Daily revenue/).waitFor();
    await page.getByRole('button', { name: words.goDeeper }).click();
    await expect.poll(() => address().get('depth')).toBe('4');
    await page.getByText(words.cutDeeper).waitFor({ state: 'detached' });
  });

  it('says where there is none, and where nothing is chosen', async () => {
    await open('?table=in.c-shop.alone');
    await page.getByText(words.emptyTitle).waitFor();
    expect(await inspectPage(page, 'lineage-none')).toEqual([]);
    await page.goto(page.url().replace(/\?.*/, ''));
    await page.getByRole('link', { name: words.toContents }).waitFor();
    expect(await inspectPage(page, 'lineage-no-start')).toEqual([]);
  });

  it('says that the mirror does not have a table', async () => {
    const opened = await browser.open();
    ({ page } = opened);
    opened.complaints.allow(/^404 GET .*\/lineage$/);
    await signIn(page, gitward);
    await page.goto(
      `${gitward.url}/mirrors/${gitward.platform.projectId}/1000/lineage?table=in.c-shop.none`,
    );
    await page.getByText(words.goneTitle).waitFor();
  });
});
