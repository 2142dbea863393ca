import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { inBrowser } from '../../support/browser/in-browser.ts';
import { inspectPage } from '../../support/browser/inspect-page.ts';
import { heading, signIn } from '../../support/browser/sign-in.ts';
import { TestGitward } from '../../support/gitward.ts';

const orders = { componentId: 'keboola.ex-db-mysql', configId: '7' };
const report = { componentId: 'keboola.wr-db-mysql', configId: '9' };
const customers = { componentId: 'keboola.ex-aws-s3', configId: '8' };
const revenue = { componentId: 'keboola.snowflake-transformation', configId: '20' };

function numbers(count: number, word: string): string[] {
  return Array.from({ length: count }, (_, at) => `${word} ${at}`);
}

/** A transformation with one statement among many, and a list of numbers in its parameters. */
function transformation(where: string, numbers: number[]): Record<string, unknown> {
  const statements = Array.from({ length: 20 }, (_, at) =>
    at === 10
      ? `CREATE TABLE "revenue" AS\nSELECT "customer_id", SUM("amount") AS "total"\nFROM "orders" -- all shops\nWHERE ${where}\nGROUP BY "customer_id";`
      : `CREATE TABLE "step_${at}" AS SELECT '<b>${at}</b>' AS "name" FROM "orders";`,
  );
  return {
    parameters: {
      numbers,
      blocks: [{ name: 'Revenue', codes: [{ name: 'Sum it up', script: statements }] }],
    },
  };
}

inBrowser('the page of a commit', (browser) => {
  let gitward: TestGitward;
  beforeAll(async () => {
    gitward = await TestGitward.start();
    const { platform } = gitward;
    platform.create(revenue, {
      name: 'Revenue',
      configuration: transformation('"status" = \'paid\'', []),
    });
    platform.change(customers, { configuration: { ids: numbers(3_000, 'old') } });
    await gitward.enableMirror();
    await gitward.until('synced');
    const rows = [
      {
        ...{ id: '702', name: 'Refunds', description: 'What was paid back.', version: 1 },
        ...{ isDisabled: false, configuration: { parameters: { incremental: true } } },
      },
    ];
    const author = 'Jan Novák';
    await gitward.send([
      platform.change(revenue, {
        configuration: transformation(
          "\"status\" IN ('paid', 'shipped')",
          Array.from({ length: 900 }, (_, at) => at * 3),
        ),
        description: 'Counts what was shipped, too.',
        changeDescription: 'Shipped orders are revenue, too',
      }),
      platform.change(orders, { rows, author }),
      platform.change(report, { name: 'Weekly report', author }),
      platform.putTable('in.c-shop.orders', { columns: ['id', 'amount'], primaryKey: ['id'] }),
    ]);
    await gitward.until(({ state, pendingChanges }) => state === 'synced' && pendingChanges === 0);
  });
  afterAll(() => gitward.stop());

  it('is opened from the page of the mirror, and says who changed what, and exactly what', async () => {
    const { page } = await browser.open();
    await signIn(page, gitward);
    await page.getByRole('link', { name: 'Shop' }).click();
    await heading(page, 'Shop');
    const commits = page.getByRole('list', { name: 'Timeline' });
    await commits.getByRole('link').first().click();

    await page.getByRole('heading', { level: 1, name: /^4 changes/ }).waitFor();
    await page.getByText('eva@example.com, Jan Novák').waitFor();
    const transformed = page.getByRole('region', { name: 'Revenue' });
    await transformed.getByRole('link', { name: 'Revenue' }).waitFor();
    const code = transformed.getByRole('group', { name: 'Differences in', exact: false });
    await code.getByText(`IN ('paid', 'shipped')`).first().waitFor();
    // What is far from the change is folded, and opened by a click.
    expect(await code.getByText('step_0').count()).toBe(0);
    await page
      .getByRole('region', { name: 'Weekly report' })
      .getByText('Moved', { exact: true })
      .waitFor();
    expect(await inspectPage(page, 'commit')).toEqual([]);

    const fold = code.getByRole('button', { name: /unchanged lines/ }).first();
    await fold.click();
    await code.getByText('step_0').first().waitFor();
    expect(await fold.getAttribute('aria-expanded')).toBe('true');
    expect(await code.getByText('<b>0</b>').count()).toBe(1);
    await page.getByRole('link', { name: 'the commit before' }).click();
    await heading(page, 'Mirror project Shop, branch Main');
    await page.getByText('it is the first commit of this mirror').waitFor();
    await page.getByRole('link', { name: 'Status' }).click();
    await heading(page, 'Shop');
  });

  it('is read with the keyboard alone', async () => {
    const { page } = await browser.open();
    await signIn(page, gitward);
    await page.goto(mirrorPage(gitward));
    await page.getByRole('list', { name: 'Timeline' }).getByRole('link').first().focus();
    await page.keyboard.press('Enter');
    const made = page.getByRole('region', { name: 'Indexes that Gitward writes' });
    const file = made.getByRole('button', { name: /Show [\d,]+ lines?$/ }).first();
    await file.waitFor();
    await tabTo(page, await file.innerText());
    await page.keyboard.press('Enter');
    await made
      .getByRole('group', { name: /Differences in/ })
      .first()
      .waitFor();
    expect(await focusedText(page)).toContain('Hide');
    await page.keyboard.press('Enter');
    await made
      .getByRole('group', { name: /Differences in/ })
      .first()
      .waitFor({ state: 'detached' });
  });

  it('leaves out what is large, and reads it when asked', async () => {
    const line = 'long '.repeat(40_000);
    const parameters = { mode: 'full', note: `${line}<script>alert(1)</script>` };
    const [before] = await gitward.repository.log();
    await gitward.send([
      gitward.platform.change(report, { configuration: { parameters } }),
      gitward.platform.change(orders, { name: 'All orders' }),
      gitward.platform.change(customers, { configuration: { ids: numbers(3_000, 'new') } }),
    ]);
    await gitward.until((status) => status.state === 'synced' && status.pendingChanges === 0);
    const [commit] = await gitward.repository.log();
    expect(commit?.sha).not.toBe(before?.sha);
    const { page } = await browser.open();
    await signIn(page, gitward);
    await page.goto(`${mirrorPage(gitward)}/commits/${commit?.sha}`);
    const large = page.getByRole('region', { name: 'Weekly report' });
    await large.getByText('This file is too large for this page.').waitFor();
    // It moved with the configuration, but nothing in it differs.
    await page
      .getByRole('region', { name: 'All orders' })
      .getByText('The same as before: config.json, description.md')
      .first()
      .waitFor();
    await large.getByRole('button', { name: 'Show it anyway' }).click();
    await large.getByRole('group', { name: 'Differences in config.json' }).waitFor();
    await large.getByText('long long').first().waitFor();
    // Nothing in it is as it was: it is shown without being compared.
    const other = page.getByRole('region', { name: 'Customers' });
    await other.getByRole('button', { name: 'Show 3,004 lines' }).click();
    await other.getByText('too little in common').waitFor();
    await other.getByRole('group', { name: 'config.json: After' }).getByText('new 2999').waitFor();
    expect(await inspectPage(page, 'commit-large')).toEqual([]);
  });

  it('reads the rest of what changed when asked', async () => {
    const [commit] = (await gitward.repository.log()).slice(-1);
    const { page } = await browser.open();
    await signIn(page, gitward);
    // As if the commit were so large that it comes in many answers.
    await page.route('**/commits/*?*', (request) =>
      request.continue({ url: request.request().url().replace('limit=100', 'limit=6') }),
    );
    await page.goto(`${mirrorPage(gitward)}/commits/${commit?.sha}`);
    const more = page.getByRole('button', { name: 'Load more changes' });
    await page.getByText('6 added. There are more').waitFor();
    await more.click();
    await page.getByText('12 added. There are more').waitFor();
    await more.click();
    await page.getByText('16 added', { exact: true }).waitFor();
    expect(await more.count()).toBe(0);
  });

  it('is not there for what is no commit of the mirror', async () => {
    const { page, complaints } = await browser.open();
    complaints.allow(/^404 GET .*\/commits\/0{40}$/);
    await signIn(page, gitward);
    await page.goto(`${mirrorPage(gitward)}/commits/${'0'.repeat(40)}`);
    await page.getByText('There is nothing here').waitFor();
  });
});

function mirrorPage({ url, platform }: TestGitward): string {
  return `${url}/mirrors/${platform.projectId}/1000`;
}

function focusedText(page: Page): Promise<string> {
  return page.evaluate<string>('document.activeElement?.innerText ?? ""');
}

/** Presses Tab until what has this text has the focus. */
async function tabTo(page: Page, text: string): Promise<void> {
  for (let presses = 0; presses < 100; presses += 1) {
    if ((await focusedText(page)) === text) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never reached ${text}`);
}
