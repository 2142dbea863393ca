import { afterAll, beforeAll, expect, it } from 'vitest';
import { inBrowser } from '../../support/browser/in-browser.ts';
import { inspectPage } from '../../support/browser/inspect-page.ts';
import { heading, signIn } from '../../support/browser/sign-in.ts';
import { TestGitward } from '../../support/gitward.ts';

/* What a mirror holds, as its repository shows it: found, opened, and followed through its history. */
inBrowser('the contents of a mirror', (browser) => {
  let gitward: TestGitward;
  beforeAll(async () => {
    gitward = await TestGitward.start();
    gitward.platform.putTable('in.c-crm.people', {
      columns: ['id', 'city'],
      preview: [
        ['1', 'Prague'],
        ['2', ''],
      ],
    });
    const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000);
    gitward.platform.queue.run({ endsAt: hoursAgo(6), status: 'error' });
    gitward.platform.queue.run({ endsAt: hoursAgo(5) });
    gitward.platform.queue.run({ endsAt: hoursAgo(50), status: 'error' });
    await gitward.enableMirror({
      jobs: { retainDays: 30, backfillDays: 5 },
      samples: { enabled: true },
    });
    await gitward.until('synced');
    await gitward.send([
      gitward.platform.change(
        { componentId: 'keboola.ex-db-mysql', configId: '7' },
        { author: 'eva@example.com', description: 'Orders of the shop' },
      ),
    ]);
    await gitward.until((status) => status.state === 'synced' && status.pendingChanges === 0);
  });
  afterAll(() => gitward.stop());

  it('lists configurations and tables, and finds them by words', async () => {
    const { page } = await browser.open();
    await signIn(page, gitward);
    await page.getByRole('link', { name: 'Shop' }).click();
    await page.getByRole('link', { name: 'Contents' }).click();
    await heading(page, 'Contents');
    const rows = page.getByRole('table', { name: 'Contents' }).locator('tbody').getByRole('row');
    await page.getByRole('link', { name: 'Orders', exact: true }).first().waitFor();
    const all = await rows.count();
    expect(await inspectPage(page, 'contents')).toEqual([]);

    await page.getByRole('searchbox').fill('mysql orders');
    await expect.poll(() => rows.count()).toBeLessThan(all);
    expect(new URL(page.url()).searchParams.get('text')).toBe('mysql orders');
    await page.getByText(/^Tables/).click();
    expect(new URL(page.url()).searchParams.get('kind')).toBe('table');
    await page.getByText('Nothing matches').waitFor();
    await page.getByRole('button', { name: 'Show everything' }).click();
    await expect.poll(() => rows.count()).toBe(all);

    const group = page.getByRole('combobox', { name: 'Component or bucket' });
    await group.fill('in.c-');
    await page.getByRole('option', { name: 'in.c-crm (1)' }).click();
    await expect.poll(() => rows.count()).toBe(1);
    expect(new URL(page.url()).searchParams.get('bucket')).toBe('in.c-crm');
    await page.getByText('Tables 1', { exact: true }).waitFor();
    expect(await inspectPage(page, 'contents-bucket')).toEqual([]);
  });

  it('shows a configuration with its files and who changed it', async () => {
    const { page } = await browser.open();
    await signIn(page, gitward);
    await page.goto(`${mirrorPage(gitward)}/contents?text=orders&kind=configuration`);
    await page.getByRole('link', { name: 'Orders', exact: true }).click();
    await heading(page, 'Orders');
    await page.getByText('eva@example.com').first().waitFor();
    await page.getByRole('button', { name: 'description.md', exact: true }).click();
    await page.getByText('Orders of the shop').nth(1).waitFor();
    expect(await inspectPage(page, 'object')).toEqual([]);
    await page.getByRole('link', { name: 'Its runs' }).click();
    await heading(page, 'Runs');
    await page.getByText('Only Orders').waitFor();
  });

  it('shows a table and a bucket, and says where an address names nothing', async () => {
    const { page, complaints } = await browser.open();
    await signIn(page, gitward);
    await page.goto(`${mirrorPage(gitward)}/contents?kind=table`);
    await page.getByRole('link', { name: 'people', exact: true }).click();
    await heading(page, 'people');
    const current = page.getByRole('navigation', { name: 'Pages of this mirror' });
    expect(await current.locator('[aria-current="page"]').allTextContents()).toEqual(['Contents']);
    await page.getByRole('table', { name: '2 columns' }).getByText('city').waitFor();
    await page.getByText('"city"').first().waitFor();
    const sample = page.getByRole('region', { name: 'First rows' });
    await sample.getByRole('columnheader', { name: 'city' }).waitFor();
    expect(await sample.locator('tbody').getByRole('row').count()).toBe(2);
    expect(await inspectPage(page, 'object-table')).toEqual([]);
    await page.goto(`${mirrorPage(gitward)}/object?bucket=in.c-crm`);
    await heading(page, 'in.c-crm');
    await page.getByRole('region', { name: 'Files' }).getByText('"in.c-crm"').first().waitFor();
    await page.goto(`${mirrorPage(gitward)}/object`);
    await heading(page, 'Which object?');
    complaints.allow(/^404 GET .*objects\/versions/);
    await page.goto(`${mirrorPage(gitward)}/object?table=in.c-none.none`);
    await page.getByText('There is nothing here').waitFor();
  });

  it('says from the first page in two clicks what failed and why, and what a run did', async () => {
    const { page } = await browser.open();
    await signIn(page, gitward);
    await page.getByRole('link', { name: 'Shop' }).click();
    await page.getByRole('link', { name: 'Runs' }).click();
    const rows = (name: string) =>
      page.getByRole('table', { name, exact: true }).locator('tbody').getByRole('row');
    const [failed, runs] = [rows('What failed'), rows('Runs')];
    await expect.poll(() => runs.count()).toBe(2);
    await expect.poll(() => failed.count()).toBe(1);
    await failed.getByText('Orders', { exact: true }).waitFor();
    expect(await inspectPage(page, 'runs')).toEqual([]);

    await page.getByText('A week', { exact: true }).click();
    await expect.poll(() => failed.count()).toBe(2);
    expect(new URL(page.url()).searchParams.get('period')).toBe('week');
    await page.getByText('Only failed ones', { exact: true }).click();
    await expect.poll(() => runs.count()).toBe(0);
    await failed.first().getByRole('link').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Why it failed').waitFor();
    expect(await inspectPage(page, 'run')).toEqual([]);
  });

  it('is found by the palette on each page of the mirror', async () => {
    const { page } = await browser.open();
    await signIn(page, gitward);
    await page.goto(mirrorPage(gitward));
    await heading(page, 'Shop');
    await page.getByRole('button', { name: 'Search' }).click();
    const palette = page.getByRole('dialog');
    await palette.getByRole('textbox').fill('orders');
    await palette.getByText('Configuration · keboola.ex-db-mysql').waitFor();
    expect(await inspectPage(page, 'palette-contents')).toEqual([]);
    await palette.getByText('Configuration · keboola.ex-db-mysql').click();
    await heading(page, 'Orders');
  });
});

function mirrorPage({ url, platform }: TestGitward): string {
  return `${url}/mirrors/${platform.projectId}/1000`;
}
