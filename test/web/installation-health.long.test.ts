import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { inBrowser } from '../support/browser/in-browser.ts';
import { inspectPage } from '../support/browser/inspect-page.ts';
import { heading, signIn } from '../support/browser/sign-in.ts';
import { TestGitward } from '../support/gitward.ts';

/* How the whole installation is: whether anything is wrong, who is affected, what to do, and what the dashboards show. */
inBrowser('the health of the installation', (browser) => {
  let gitward: TestGitward;
  beforeAll(async () => {
    // Attempts far apart, so that the page does not change while it is looked at.
    gitward = await TestGitward.start({ GITWARD_RETRY_INTERVAL: '10m' });
  });
  afterAll(() => gitward.stop());

  it('of an installation without any mirror says that nothing is wrong, and shows no wrong numbers', async () => {
    const { page } = await browser.open();
    await signIn(page, gitward);
    await page
      .getByRole('navigation', { name: 'Menu' })
      .getByRole('link', { name: 'Health' })
      .click();
    await heading(page, 'Health');
    await page.getByText('Nothing is wrong: all that alerts watch is as it should be.').waitFor();
    await page.getByText('No mirror or space fails').waitFor();
    await page.getByRole('tab', { name: 'Latency and reliability' }).click();
    await page.getByText('No changes', { exact: true }).first().waitFor();
    await page.getByText('No change was delivered', { exact: true }).waitFor();
    expect(await page.getByText('missed', { exact: true }).count()).toBe(0);
    expect(await inspectPage(page, 'installation-health-empty')).toEqual([]);
  });

  it('tells what is wrong, who is affected and what to do, and leads to them', async () => {
    await gitward.enableMirror();
    await gitward.until('synced');
    await makeHistory(gitward);
    // What was done on past days is read once an hour.
    await gitward.kill('api');
    await gitward.startApi();
    await gitward.git.goAway();
    const orders = { componentId: 'keboola.ex-db-mysql', configId: '7' };
    await gitward.send([gitward.platform.change(orders)]);
    await gitward.until('retrying');
    await age(gitward);
    const { page } = await browser.open();
    await signIn(page, gitward);
    await page.goto(`${gitward.url}/health`);
    await heading(page, 'Health');
    const wrong = page.getByRole('alert').filter({ hasText: 'A mirror falls behind' });
    await wrong.getByText(/^The oldest change has waited for \d+ min/).waitFor();
    await wrong.getByText('What to do').waitFor();
    await wrong.getByText('docs/runbook.md#git_mirror_stale').waitFor();
    const affected = page.getByRole('table', { name: 'Who is affected' });
    await affected.getByText('Down for long').waitFor();
    expect(await inspectPage(page, 'installation-health-wrong')).toEqual([]);
    await affected.getByRole('link', { name: 'Shop' }).click();
    await heading(page, 'Shop');
    await page.goBack();

    await heading(page, 'Health');
    const commits = page.getByRole('slider', { name: 'Commits a week' });
    await commits.focus();
    await page.keyboard.press('End');
    expect(await commits.getAttribute('aria-valuetext')).toMatch(
      /^\w{3} \d+ to \w{3} \d+: \d+ commits$/,
    );
    await page.getByText('Git sync by plan').waitFor();

    // By keys, as tabs are.
    await page.getByRole('tab', { name: 'Adoption' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.getByText('Target: at least 98 %').waitFor();
    await page.getByText('missed', { exact: true }).first().waitFor();
    await page.getByRole('slider', { name: 'Latency a day' }).waitFor();
    await page.getByText(/^Retries by how many attempts had failed/).waitFor();
    expect(new URL(page.url()).searchParams.get('section')).toBe('reliability');
    expect(await inspectPage(page, 'installation-health-reliability')).toEqual([]);
    await page.reload();
    await page.getByRole('tab', { name: 'Security' }).click();
    await page.getByText('Public repositories without samples').waitFor();
    await page.getByRole('slider', { name: 'Secrets left out a day' }).waitFor();
    expect(await inspectPage(page, 'installation-health-security')).toEqual([]);
    await page.getByRole('tab', { name: 'AI consumption' }).click();
    await page
      .getByText(/Gitward does not count this yet/)
      .first()
      .waitFor();
    expect(await inspectPage(page, 'installation-health-ai')).toEqual([]);
    await gitward.git.comeBack();
  });

  it('says that its figures are old while they cannot be read, and shows them', async () => {
    const { page, complaints } = await browser.open();
    await signIn(page, gitward);
    await page.clock.install();
    await page.goto(`${gitward.url}/health`);
    await heading(page, 'Health');
    await page.getByText('Is anything wrong?').waitFor();
    expect(await page.getByText('These figures are old').count()).toBe(0);
    complaints.allow(/^503 GET \/v1\/installation\/health/);
    complaints.allow(/503/);
    await page.route('**/v1/installation/health', (route) =>
      route.fulfill({
        status: 503,
        contentType: 'application/problem+json',
        body: JSON.stringify({
          ...{ code: 'busy', title: 'Busy', status: 503, detail: 'Try again.', requestId: '1' },
        }),
      }),
    );
    await page.clock.fastForward('03:00');
    await page.getByText('These figures are old').waitFor();
    await page.getByText('Is anything wrong?').waitFor();
  });

  it('is offered to operators of everything, and not to others', async () => {
    const { page, complaints } = await browser.open();
    await signIn(page, gitward, await gitward.token('operator'));
    const menu = page.getByRole('navigation', { name: 'Menu' });
    await menu.getByRole('link', { name: 'Health' }).waitFor();
    const { page: other, complaints: refused } = await browser.open();
    await signIn(other, gitward, await gitward.token('reader'));
    await other.getByRole('navigation', { name: 'Menu' }).getByText('Overview').waitFor();
    expect(
      await other
        .getByRole('navigation', { name: 'Menu' })
        .getByRole('link', { name: 'Health' })
        .count(),
    ).toBe(0);
    refused.allow(/403/);
    await other.goto(`${gitward.url}/health`);
    await other
      .getByRole('alert')
      .getByText(/operator/)
      .waitFor();
    expect(complaints.unexpected).toEqual([]);
  });
});

/** Four weeks of commits, of which some failed first, and some left values out. */
async function makeHistory({ database: { db }, platform }: TestGitward): Promise<void> {
  const project = platform.projectId;
  await sql`UPDATE projects SET plan_tier = 'gold', region = 'eu'`.execute(db);
  await sql`
    INSERT INTO change_events (project_id, branch_id, sequence, type, version_identifier, occurred_at,
      received_at, delivered_at, body)
    SELECT ${project}, '1000', 1000 + n, 'job_finished', 'past' || n, at, at,
      at + make_interval(secs => CASE WHEN n % 10 = 0 THEN 45 + n % 60 ELSE 31 + n % 7 END), ''
    FROM (SELECT n, now() - n * interval '2 hours' - interval '9 minutes' AS at
      FROM generate_series(0, 320) n) past`.execute(db);
  await sql`
    INSERT INTO batches (id, stream, ordinal, window_key, reason, through, message, authored_at,
      window_closed_at, state, commit_sha, delivered_at, redactions, event_type)
    SELECT gen_random_uuid(), ${`mirror/${project}/1000`}, 1000 + n, 'past' || n, 'changes', n,
      '{"author": {"name": "A", "email": "a@b"}, "coAuthors": [], "subject": "s", "body": ""}', at, at,
      'delivered', md5(n::text) || '00000000', at + interval '3 s', CASE WHEN n % 9 = 0 THEN n % 5 ELSE 0 END,
      CASE WHEN n % 3 = 0 THEN 'job_finished' ELSE 'config_changed' END
    FROM (SELECT n, now() - n * interval '4 hours' - interval '10 minutes' AS at FROM generate_series(0, 160) n) past`.execute(
    db,
  );
  await sql`
    INSERT INTO failed_attempts (stream, started_at, lane)
    SELECT ${`mirror/${project}/1000`}, now() - n * interval '30 hours' - interval '5 minutes', 'repository'
    FROM generate_series(0, 20) n`.execute(db);
}

/** Makes the outage that lasts one of four hours, of which admins were told. */
async function age({ database: { db } }: TestGitward): Promise<void> {
  await sql`UPDATE outages SET since = now() - interval '4 hours', escalated_at = now() - interval '1 hour'
    WHERE ended_at IS NULL`.execute(db);
  await sql`UPDATE change_events SET received_at = now() - interval '25 minutes'
    WHERE delivered_at IS NULL`.execute(db);
}
