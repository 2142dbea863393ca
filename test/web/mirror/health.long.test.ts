import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { inBrowser } from '../../support/browser/in-browser.ts';
import { inspectPage } from '../../support/browser/inspect-page.ts';
import { heading, signIn } from '../../support/browser/sign-in.ts';
import { TestGitward } from '../../support/gitward.ts';

/* How a mirror has been doing: in charts that are pointed at, walked by keys, or read as a table; and on the overview. */
inBrowser('the health of a mirror', (browser) => {
  let gitward: TestGitward;
  beforeAll(async () => {
    gitward = await TestGitward.start();
    await gitward.enableMirror();
    await gitward.until('synced');
  });
  afterAll(() => gitward.stop());

  it('of a mirror that has only begun says that its first commit was made', async () => {
    const { page } = await browser.open();
    await signIn(page, gitward);
    await page.getByRole('link', { name: 'Shop' }).click();
    await page
      .getByRole('navigation', { name: 'Pages of this mirror' })
      .getByRole('link', { name: 'Health' })
      .click();
    await heading(page, 'Health');
    await page.getByText('No change was delivered.').first().waitFor();
    await page.getByText('0 changes in 1 commit').first().waitFor();
    expect(await inspectPage(page, 'health-new')).toEqual([]);
  });

  it('shows latency, success, backlog, retries and what was left out, over three periods', async () => {
    await makeHistory(gitward);
    const { page } = await browser.open();
    await signIn(page, gitward);
    await page.goto(`${mirrorPage(gitward)}/health`);
    await heading(page, 'Health');
    const latency = page.getByRole('slider', { name: 'Latency' });
    await latency.waitFor();
    await page.getByText('P95 41 s; half within 33 s', { exact: true }).waitFor();
    await page.getByText(/^9\d(\.\d)? %: 3 of \d+ attempts failed$/).waitFor();
    await page.getByText('3 failed attempts', { exact: true }).waitFor();
    await page.getByText('12 values left out', { exact: true }).waitFor();
    expect(await page.locator('canvas').count()).toBe(6);

    // By keys: what a screen reader says is what the chart shows.
    await latency.focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    expect(await latency.getAttribute('aria-valuenow')).toBe('2');
    const told = await latency.getAttribute('aria-valuetext');
    expect(told).toMatch(/^\w{3}, \w{3} \d+, \d\d:\d\d: P95 41 s; half within 33 s$/);
    await page.getByText(told ?? '', { exact: true }).waitFor();
    await page.keyboard.press('End');
    expect(await latency.getAttribute('aria-valuenow')).toBe('23');

    // By mouse.
    const retries = page.getByRole('slider', { name: 'Retries' });
    await retries.hover();
    await page.getByText(/: (No attempt failed|\d failed attempts?)$/).waitFor();
    expect(await inspectPage(page, 'health')).toEqual([]);

    await page.getByText('All numbers as a table').click();
    const rows = page.getByRole('table', { name: 'All numbers as a table' }).getByRole('row');
    expect(await rows.count()).toBe(25);
    for (const [period, lines] of [
      ['Week', 29],
      ['Month', 31],
    ] as const) {
      await page.getByText(period, { exact: true }).click();
      await expect.poll(() => rows.count()).toBe(lines);
      expect(new URL(page.url()).searchParams.get('period')).toBe(period.toLowerCase());
    }
    await page.getByText('All numbers as a table').click();
    expect(await inspectPage(page, 'health-month')).toEqual([]);
    await page.reload();
    await heading(page, 'Health');
    expect(await page.getByRole('radio', { name: 'Month' }).isChecked()).toBe(true);
  });

  it('is hinted at by the overview: a trend of the last day, and since when the oldest change waits', async () => {
    const { page } = await browser.open();
    await signIn(page, gitward);
    const trend = /^In the last 24 hours: \d+ commits and 3 failed attempts$/;
    await page.getByRole('img', { name: trend }).waitFor();
    await gitward.git.goAway();
    const orders = { componentId: 'keboola.ex-db-mysql', configId: '7' };
    await gitward.send([gitward.platform.change(orders)]);
    await page.getByText(/1 change waits, the oldest came just now/).waitFor();
    expect(await inspectPage(page, 'overview-trend')).toEqual([]);
    await gitward.git.comeBack();
  });
});

/** A day with an hour of failures, whose changes took 33 s, and each tenth of them 41 s. */
async function makeHistory({ database: { db }, platform }: TestGitward): Promise<void> {
  const project = platform.projectId;
  await sql`
    INSERT INTO change_events (project_id, branch_id, sequence, type, version_identifier, occurred_at,
      received_at, delivered_at, body)
    SELECT ${project}, '1000', 1000 + n, 'job_finished', 'past' || n, at, at,
      at + make_interval(secs => CASE WHEN n % 10 = 0 THEN 41 ELSE 33 END), ''
    FROM (SELECT n, date_trunc('hour', now()) - n * interval '3 minutes' - interval '2 minutes' AS at
      FROM generate_series(1, 440) n) past`.execute(db);
  await sql`
    INSERT INTO batches (id, stream, ordinal, window_key, reason, through, message, authored_at,
      window_closed_at, state, commit_sha, delivered_at, redactions)
    SELECT gen_random_uuid(), ${`mirror/${project}/1000`}, 1000 + n, 'past' || n, 'changes', n,
      '{"author": {"name": "A", "email": "a@b"}, "coAuthors": [], "subject": "s", "body": ""}', at, at,
      'delivered', md5(n::text) || '00000000', at, CASE WHEN n % 10 = 0 THEN 3 ELSE 0 END
    FROM (SELECT n, now() - n * interval '30 minutes' AS at FROM generate_series(1, 40) n) past`.execute(
    db,
  );
  await sql`
    INSERT INTO failed_attempts (stream, started_at, lane)
    SELECT ${`mirror/${project}/1000`}, now() - interval '9 hours' - n * interval '5 minutes', 'repository'
    FROM generate_series(1, 3) n`.execute(db);
}

function mirrorPage({ url, platform }: TestGitward): string {
  return `${url}/mirrors/${platform.projectId}/1000`;
}
