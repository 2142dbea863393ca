import { afterAll, beforeAll, expect, it } from 'vitest';
import { inBrowser } from '../support/browser/in-browser.ts';
import { inspectPage } from '../support/browser/inspect-page.ts';
import { heading, signIn } from '../support/browser/sign-in.ts';
import { TestGitward } from '../support/gitward.ts';

/*
 * Every page, as it is when much is going on: axe finds nothing serious, nothing is wider than a phone, and screenshots are
 * kept. What else goes wrong in a page (errors, refusals, violations of its policy) fails every test in a browser.
 */
inBrowser('every page', (browser) => {
  let gitward: TestGitward;
  beforeAll(async () => {
    // Attempts far apart, so that pages do not change while they are looked at.
    gitward = await TestGitward.start({ GITWARD_RETRY_INTERVAL: '10m' }, { feeds: true });
    await gitward.enableMirror({ notify: { emails: ['ops@example.com'] } });
    await gitward.createSpace('sales', {
      'knowledge/skills/greet.md': '---\nid: greet\ntitle: Greet\n---\nHello.\n',
      'knowledge/.schemas/broken.json': '{',
    });
    await gitward.until('synced');
  });
  afterAll(() => gitward.stop());

  it('of nobody: signing in', async () => {
    const { page } = await browser.open();
    await page.goto(`${gitward.url}/sign-in`);
    await heading(page, 'Sign in to Gitward');
    expect(await inspectPage(page, 'sign-in')).toEqual([]);
  });

  it('of an admin, while all is well', async () => {
    const { page, complaints } = await browser.open();
    await signIn(page, gitward);
    await page.getByRole('link', { name: 'Shop' }).waitFor();
    expect(await inspectPage(page, 'overview')).toEqual([]);
    await page.goto(mirrorPage(gitward));
    await heading(page, 'Shop');
    await page.getByText('Nothing waits').waitFor();
    await page.getByText('The platform is asked for changes every few seconds').waitFor();
    expect(await inspectPage(page, 'mirror')).toEqual([]);
    await page.goto(`${gitward.url}/spaces/sales`);
    await heading(page, 'sales');
    await page.getByText('Files that cannot be used').waitFor();
    expect(await inspectPage(page, 'space')).toEqual([]);
    await page.goto(`${gitward.url}/no-such-page`);
    await page.getByText('There is nothing here').waitFor();
    expect(await inspectPage(page, 'not-found')).toEqual([]);
    complaints.allow(/^404 GET \/v1\/projects\/none/);
    await page.goto(`${gitward.url}/mirrors/none/1`);
    await page.getByText('There is nothing here').waitFor();
  });

  it('of an admin, in what opens above a page', async () => {
    const { page } = await browser.open();
    await signIn(page, gitward);
    await page.getByRole('button', { name: 'Account' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).waitFor();
    expect(await inspectPage(page, 'account-menu')).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Search' }).click();
    await page.getByRole('dialog').getByRole('textbox').fill('s');
    await page.getByRole('dialog').getByText('Shop').first().waitFor();
    expect(await inspectPage(page, 'palette')).toEqual([]);
    await page.goto(`${mirrorPage(gitward)}/settings`);
    await page.getByRole('button', { name: 'End the mirror' }).click();
    await page.getByRole('dialog', { name: 'End this mirror?' }).waitFor();
    expect(await inspectPage(page, 'end-mirror')).toEqual([]);
  });

  it('of an admin, during an outage', async () => {
    const { page } = await browser.open();
    await signIn(page, gitward);
    await gitward.git.goAway();
    const orders = { componentId: 'keboola.ex-db-mysql', configId: '7' };
    await gitward.send([gitward.platform.change(orders)]);
    await page.getByText('Retrying').first().waitFor();
    expect(await inspectPage(page, 'overview-outage')).toEqual([]);
    await page.goto(mirrorPage(gitward));
    await page.getByRole('alert').getByText(/Began/).waitFor();
    expect(await inspectPage(page, 'mirror-outage')).toEqual([]);
    await gitward.git.comeBack();
    await page.getByRole('button', { name: 'Try again now' }).click();
    await page.getByText('In step').waitFor();
  });
});

function mirrorPage({ url, platform }: TestGitward): string {
  return `${url}/mirrors/${platform.projectId}/1000`;
}
