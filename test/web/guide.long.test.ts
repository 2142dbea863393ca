import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { inBrowser } from '../support/browser/in-browser.ts';
import { picture } from '../support/browser/picture.ts';
import { heading, signIn } from '../support/browser/sign-in.ts';
import { TestGitward } from '../support/gitward.ts';

/*
 * What `README.md` and `docs/console.md` tell, played through. With GITWARD_PICTURES, a folder, their pictures are made
 * there; without, none are.
 */
inBrowser('the guide to the console', (browser) => {
  let gitward: TestGitward;
  const transformation = { componentId: 'keboola.snowflake-transformation', configId: '11' };
  const orders = { componentId: 'keboola.ex-db-mysql', configId: '7' };
  const viewport = { width: 1280, height: 800 };
  beforeAll(async () => {
    // Attempts far apart, so that pages do not change while they are looked at.
    gitward = await TestGitward.start({ GITWARD_RETRY_INTERVAL: '5m' });
    const { platform } = gitward;
    // As in an installation that was just started.
    await gitward.call('DELETE', `/v1/projects/${platform.projectId}`);
    platform.create(transformation, {
      name: 'Daily revenue',
      configuration: {
        storage: {
          input: { tables: [{ source: 'in.c-shop.orders', destination: 'orders' }] },
          output: { tables: [{ source: 'revenue', destination: 'out.c-finance.revenue' }] },
        },
      },
    });
    platform.putTable('in.c-shop.orders', {
      columns: ['id', 'day', 'amount'],
      preview: [
        ['1', '2026-03-01', '120.00'],
        ['2', '2026-03-02', '75.50'],
      ],
    });
    platform.putTable('out.c-finance.revenue', { columns: ['day', 'revenue'] });
    const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000);
    platform.queue.run({ endsAt: hoursAgo(9) });
    platform.queue.run({
      endsAt: hoursAgo(8),
      status: 'error',
      result: { message: 'Table "order_lines" does not exist.' },
    });
  });
  afterAll(() => gitward.stop());

  it('enables a first mirror without a terminal', async () => {
    const { page } = await browser.open({ viewport });
    await signIn(page, gitward);
    await page.getByRole('link', { name: 'Enable a mirror' }).click();
    const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
    await page.getByLabel('Address').fill(gitward.platform.url);
    await page.getByLabel('Storage API token').fill(gitward.platform.token);
    await press('Check');
    await page.getByText('This is project').waitFor();
    await press('Next');
    await page.getByLabel('Address of the repository').fill(gitward.git.url('mirror'));
    await page.getByLabel('Token of the Git host').fill(gitward.git.credential?.password ?? '');
    await page.getByLabel('User name').fill('gitward');
    await page.getByLabel('Name of the credential').fill('local');
    await press('Check');
    await page.getByRole('status').getByText('The credential may push to it.').waitFor();
    await picture(page, 'enable-repository', { fullPage: true });
    await press('Next');
    await heading(page, 'Enable a mirror');
    await press('Next');
    await page.getByText('What it writes').waitFor();
    await picture(page, 'enable-preview', { fullPage: true });
    await press('Enable the mirror');
    await page.getByText('In step').first().waitFor();
    // What somebody points at stays.
    await page.mouse.move(0, 0);
    await page.getByText('Its first commit is on its way').waitFor({ state: 'detached' });
    await picture(page, 'mirror');
  });

  it('answers each question within three clicks from the first page', async () => {
    const { page } = await browser.open({ viewport });
    await signIn(page, gitward);
    await gitward.git.goAway();
    await gitward.send([
      gitward.platform.change(orders, {
        author: 'eva@example.com',
        description: 'Orders of the web shop',
      }),
    ]);
    const clicks = new Clicks(page);
    const shop = page.getByRole('link', { name: 'Shop' });

    // Why is this mirror red, and what happens next?
    await page.getByText('Retrying').first().waitFor();
    await picture(page, 'why-red');
    await clicks.on(shop);
    await page.getByText('What happens next').waitFor();
    await page.getByText('What you can do').waitFor();
    await page.getByRole('list', { name: 'What waits' }).getByText('eva@example.com').waitFor();
    await picture(page, 'what-next');
    expect(clicks.since()).toBe(1);
    await gitward.git.comeBack();
    await page.getByRole('button', { name: 'Try again now' }).click();
    await page.getByText('In step').first().waitFor();
    await page.getByText('It is tried again now').waitFor({ state: 'detached' });

    // Who changed this configuration, and what exactly?
    await clicks.home();
    await clicks.on(shop);
    await clicks.on(page.getByRole('link', { name: 'Contents' }));
    await clicks.on(page.getByRole('link', { name: 'Orders', exact: true }).first());
    const last = page.getByRole('region', { name: 'The last change' });
    await last.getByText('eva@example.com').waitFor();
    await last.getByText('Orders of the web shop').waitFor();
    await picture(page, 'who-changed');
    expect(clicks.since()).toBe(3);
    await clicks.home();
    await clicks.on(shop);
    const timeline = page.getByRole('list', { name: 'Timeline' });
    await clicks.on(timeline.getByRole('link').filter({ hasText: 'Orders' }).first());
    await page.getByRole('group', { name: /Differences in .*description\.md/ }).waitFor();
    await picture(page, 'what-changed');
    expect(clicks.since()).toBe(2);

    // Which tables does this one feed?
    await clicks.home();
    await clicks.on(shop);
    await clicks.on(page.getByRole('link', { name: 'Contents' }));
    await clicks.on(page.getByRole('link', { name: 'orders', exact: true }));
    const downstream = page.getByRole('region', { name: 'Downstream' });
    await downstream.getByText('Daily revenue').first().waitFor();
    await downstream.getByRole('link', { name: 'revenue', exact: true }).waitFor();
    await picture(page, 'feeds');
    expect(clicks.since()).toBe(3);
    await page.getByRole('link', { name: 'Its lineage' }).click();
    await page.locator('[data-kind="table"]').nth(1).waitFor();
    await picture(page, 'lineage');

    // What failed last night?
    await clicks.home();
    await clicks.on(shop);
    await clicks.on(page.getByRole('link', { name: 'Runs' }));
    const failed = page.getByRole('table', { name: 'What failed' });
    await failed.getByText('Table "order_lines" does not exist.').waitFor();
    await picture(page, 'runs');
    expect(clicks.since()).toBe(2);
  });
});

/** Counts the clicks since the first page was opened. */
class Clicks {
  readonly #page: Page;
  #count = 0;

  constructor(page: Page) {
    this.#page = page;
  }

  async home(): Promise<void> {
    await this.#page.getByRole('link', { name: 'Overview' }).click();
    await heading(this.#page, 'Overview');
    this.#count = 0;
  }

  async on(place: Locator): Promise<void> {
    await place.click();
    this.#count += 1;
  }

  since(): number {
    return this.#count;
  }
}
