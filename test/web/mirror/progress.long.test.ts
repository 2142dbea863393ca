import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { putProgress, removeProgress } from '../../../db/streams/progress.ts';
import { inBrowser } from '../../support/browser/in-browser.ts';
import { inspectPage } from '../../support/browser/inspect-page.ts';
import { heading, signIn } from '../../support/browser/sign-in.ts';
import { TestGitward } from '../../support/gitward.ts';

inBrowser('long work', (browser) => {
  let gitward: TestGitward;
  beforeAll(async () => {
    gitward = await TestGitward.start();
    await gitward.enableMirror();
    await gitward.until('synced');
  });
  afterAll(() => gitward.stop());

  it('is followed on the page of its mirror, from what is done to its end', async () => {
    const { db } = gitward.database;
    const stream = `mirror/${gitward.platform.projectId}/1000` as const;
    const startedAt = new Date(Date.now() - 3 * 60_000);
    const run = { stream, work: 'delivery', startedAt } as const;
    const { page } = await browser.open();
    await signIn(page, gitward);
    await page.goto(`${gitward.url}/mirrors/${gitward.platform.projectId}/1000`);
    await heading(page, 'Shop');
    const panel = page.getByRole('region', { name: 'What is being done' });
    expect(await panel.count()).toBe(0);

    await putProgress(db, run, { step: 'Listing job runs', done: 500, total: null });
    await panel.getByText('500 so far').waitFor();
    expect(await panel.getByRole('progressbar').count()).toBe(0);

    await putProgress(db, run, { step: 'Rendering the project', done: 1_240, total: 10_000 });
    await panel.getByText('1,240 of 10,000').waitFor();
    await panel.getByText('3 minutes ago').waitFor();
    const bar = panel.getByRole('progressbar', { name: 'Rendering the project' });
    expect(await bar.getAttribute('aria-valuenow')).toBe('12');
    // Looking at the page takes longer than it takes to count as lost.
    await db
      .updateTable('streamProgress')
      .set({ updatedAt: sql<Date>`now() + interval '1 hour'` })
      .execute();
    expect(await inspectPage(page, 'mirror-progress')).toEqual([]);

    await removeProgress(db, run);
    await panel.waitFor({ state: 'detached' });
  });
});
