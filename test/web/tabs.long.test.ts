import type { Page, Request } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { inBrowser } from '../support/browser/in-browser.ts';
import { heading, signIn } from '../support/browser/sign-in.ts';
import { TestGitward } from '../support/gitward.ts';

inBrowser('the tabs of a browser', (browser) => {
  let gitward: TestGitward;
  beforeAll(async () => {
    gitward = await TestGitward.start();
    await gitward.enableMirror();
    await gitward.createSpace('sales', {});
    await gitward.until('synced');
  });
  afterAll(() => gitward.stop());

  it('follow everything by one connection, which another takes over when its tab is closed', async () => {
    const { page: first } = await browser.open();
    const open = new Set<Request>();
    // A closed page does not say how its requests ended.
    const connections = () =>
      [...open].filter((request) => !request.frame().page().isClosed()).length;
    first
      .context()
      .on('request', (request) => isLive(request.url()) && open.add(request))
      .on('requestfailed', (request) => open.delete(request))
      .on('requestfinished', (request) => open.delete(request));
    await signIn(first, gitward);
    const mirrors = [await first.context().newPage(), await first.context().newPage()];
    for (const page of mirrors) {
      await page.goto(`${gitward.url}/mirrors/${gitward.platform.projectId}/1000`);
      await heading(page, 'Shop');
    }
    const space = await first.context().newPage();
    await space.goto(`${gitward.url}/spaces/sales`);
    await heading(space, 'sales');
    await act(gitward, 'pause');
    for (const page of [first, ...mirrors]) await says(page, 'Paused');
    await expect.poll(connections).toBe(1);

    await first.close();
    await act(gitward, 'resume');
    for (const page of mirrors) await says(page, 'In step');
    await expect.poll(connections).toBe(1);
    await mirrors[0]?.close();
    await act(gitward, 'pause');
    for (const page of mirrors.slice(1)) await says(page, 'Paused');
    await expect.poll(connections).toBe(1);
  });
});

function isLive(url: string): boolean {
  return new URL(url).pathname === '/v1/live';
}

async function act(gitward: TestGitward, action: string): Promise<void> {
  await gitward.call('POST', `${gitward.mirrorPath}/actions/${action}`);
}

async function says(page: Page, state: string): Promise<void> {
  await page.getByText(state, { exact: true }).first().waitFor();
}
