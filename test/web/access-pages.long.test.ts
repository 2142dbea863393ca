import { afterAll, beforeAll, expect, it } from 'vitest';
import { texts } from '../../web/texts/index.ts';
import { inBrowser } from '../support/browser/in-browser.ts';
import { inspectPage } from '../support/browser/inspect-page.ts';
import { heading, signIn } from '../support/browser/sign-in.ts';
import { TestGitward } from '../support/gitward.ts';

/** The pages below /access/, their headings, and something that shows that they have read what they list. */
const pages = [
  ['people', texts.people.title, 'Ada Lovelace'],
  ['tokens', texts.tokens.title, 'a reader'],
  ['sessions', texts.sessions.title, texts.sessions.title],
  ['credentials', texts.credentials.title, 'git server'],
  ['notices', texts.channels.title, texts.channels.emptyTitle],
  ['audit', texts.audit.title, texts.audit.title],
] as const;

inBrowser('every page about access', (browser) => {
  let gitward: TestGitward;
  beforeAll(async () => {
    gitward = await TestGitward.start();
    await gitward.enableMirror();
    await gitward.token('reader');
    await gitward.call('POST', '/v1/people', {
      name: 'Ada Lovelace',
      email: 'ada@example.com',
      role: 'editor',
      projects: null,
      spaces: null,
    });
  });
  afterAll(() => gitward.stop());

  it.each(pages)('is well: %s', async (path, title, shown) => {
    const { page } = await browser.open();
    await signIn(page, gitward);
    await page.goto(`${gitward.url}/access/${path}`);
    await heading(page, title);
    await page.getByRole('main').getByText(shown).first().waitFor();
    expect(await inspectPage(page, `access-${path}`)).toEqual([]);
  });

  it.each(['people', 'tokens', 'credentials', 'notices'])(
    'is well where one adds to %s',
    async (path) => {
      const { page } = await browser.open();
      await signIn(page, gitward);
      await page.goto(`${gitward.url}/access/${path}?open=new`);
      await page.getByRole('dialog').waitFor();
      expect(await inspectPage(page, `access-${path}-new`)).toEqual([]);
    },
  );

  it.each(['people', 'tokens', 'audit', 'sign-in'])(
    'is for admins only, and asks the API for nothing: %s',
    async (path) => {
      const { page } = await browser.open();
      await signIn(page, gitward, await gitward.token('operator'));
      await page.goto(`${gitward.url}/access/${path}`);
      await page.getByRole('main').getByRole('heading', { level: 1 }).waitFor();
      expect(await page.getByText('Ada Lovelace').count()).toBe(0);
    },
  );
});
