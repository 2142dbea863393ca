import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { recordRecipients } from '../../db/streams/notices/recorded.ts';
import { recordFailure } from '../../db/streams/outages.ts';
import type { Mirror } from '../../web/api/types.ts';
import { texts } from '../../web/texts/index.ts';
import { inBrowser } from '../support/browser/in-browser.ts';
import { inspectPage } from '../support/browser/inspect-page.ts';
import { heading, signIn } from '../support/browser/sign-in.ts';
import { TestGitward } from '../support/gitward.ts';
import { startNoticeHooks, type NoticeHooks } from '../support/notice-hooks.ts';
import { noteNotice } from '../support/noted-notice.ts';

const { channels: words } = texts;

inBrowser('the page of notices', (browser) => {
  let gitward: TestGitward;
  let hooks: NoticeHooks;
  beforeAll(async () => {
    [gitward, hooks] = await Promise.all([TestGitward.start(), startNoticeHooks()]);
    await gitward.enableMirror();
  });
  afterAll(() => Promise.all([gitward.stop(), hooks.close()]));

  const dialog = (page: Page) => page.getByRole('dialog');
  const press = (page: Page, name: string) =>
    dialog(page).getByRole('button', { name, exact: true }).click();

  it('adds a channel, tries it, changes it, and removes it', async () => {
    const { page, complaints } = await browser.open();
    // An address that is none is refused.
    complaints.allow(/^422 POST \/v1\/notice-channels$/);
    await signIn(page, gitward);
    await page.getByRole('link', { name: words.title, exact: true }).click();
    await heading(page, words.title);
    await page.getByRole('main').getByRole('button', { name: words.add }).click();
    await dialog(page).getByLabel(words.name).fill('on-call');
    await dialog(page).getByLabel(words.url).fill('not an address');
    await press(page, words.add);
    await dialog(page).getByRole('alert').first().waitFor();
    await dialog(page).getByLabel(words.url).fill(hooks.slack);
    await dialog(page).getByLabel(words.default).check({ force: true });
    await press(page, words.add);

    await press(page, words.test);
    await dialog(page).getByText(words.isSent).waitFor();
    expect(hooks.messages.at(-1)?.body).toContain('A test of the channel on-call');
    hooks.answer = [404, 'no_service'];
    await press(page, words.test);
    await dialog(page).getByText('look whether the channel still exists').waitFor();
    hooks.answer = null;
    await press(page, texts.access.back);

    await press(page, words.change);
    await dialog(page).getByLabel(words.default).uncheck({ force: true });
    await press(page, words.change);
    await dialog(page).getByText(words.kinds.slack).waitFor();
    await expect.poll(() => dialog(page).getByText(words.default).count()).toBe(0);
    expect(await inspectPage(page, 'access-notices-channel')).toEqual([]);
    await press(page, words.remove);
    await press(page, words.removeQuestion.action);
    await page.getByRole('main').getByText(words.emptyTitle).waitFor();
    expect(await gitward.call('GET', '/v1/notice-channels')).toEqual({ items: [] });
  });

  it('shows the secret of a webhook once, and lets a mirror choose the channel by its name', async () => {
    const { page } = await browser.open();
    await signIn(page, gitward);
    await page.goto(`${gitward.url}/access/notices?open=new`);
    await dialog(page).getByLabel(words.name).fill('program');
    await dialog(page).getByRole('combobox', { name: words.kind }).click();
    await page.getByRole('option', { name: words.kinds.webhook }).click();
    await dialog(page).getByLabel(words.url).fill(hooks.webhook);
    await press(page, words.add);
    await dialog(page)
      .getByText(/^whsec_/)
      .waitFor();
    expect(await inspectPage(page, 'access-notices-secret')).toEqual([]);
    await press(page, words.isKept);
    await press(page, words.test);
    await dialog(page).getByText(words.isSent).waitFor();

    const { id: channel } = (
      await gitward.call<{ items: { id: string }[] }>('GET', '/v1/notice-channels')
    ).items[0]!;
    await page.goto(`${gitward.url}/mirrors/${gitward.platform.projectId}/1000/settings`);
    await page.getByRole('combobox', { name: words.choose }).click();
    await page.getByRole('option', { name: 'program' }).click();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: texts.settings.check }).click();
    await page.getByRole('button', { name: texts.settings.save }).click();
    await expect
      .poll(async () => (await gitward.call<Mirror>('GET', gitward.mirrorPath)).notify, {
        timeout: 30_000,
      })
      .toEqual({ emails: [], channels: [channel] });
  });

  it('says who was told with how many others, and what was not sent and why', async () => {
    const { db } = gitward.database;
    const stream = `mirror/${gitward.platform.projectId}/1000`;
    const at = new Date().toISOString();
    const { id: outageId } = await recordFailure(db, {
      ...{ stream, lane: 'repository', code: 'repository_unreachable', message: 'No answer.' },
      ...{ attemptStartedAt: at, nextAttemptAt: at },
    });
    const notice = { outageId, kind: 'escalated' } as const;
    const [eva, jan] = ['eva@example.com', 'jan@example.com'];
    await recordRecipients(db, notice, [eva, jan]);
    await noteNotice(db, notice, eva, null);
    await noteNotice(db, notice, jan, 'jan@example.com: No such mailbox');

    const { page } = await browser.open();
    await signIn(page, gitward, await gitward.token('operator'));
    await page.goto(`${gitward.url}/access/notices`);
    const rows = page.getByRole('table', { name: words.told }).getByRole('row');
    await rows.filter({ hasText: eva }).getByText(words.noticeKinds.escalated).waitFor();
    expect(await inspectPage(page, 'access-notices-told')).toEqual([]);
    await page.getByText(words.shows.waiting, { exact: true }).first().click();
    await rows.filter({ hasText: jan }).getByText('No such mailbox').waitFor();
    await expect.poll(() => rows.filter({ hasText: eva }).count()).toBe(0);
    expect(await page.getByRole('button', { name: words.add }).count()).toBe(0);
    await page.getByRole('link', { name: stream }).click();
    await heading(page, 'Shop');
  });
});
