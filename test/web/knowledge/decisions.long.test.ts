import { afterAll, beforeAll, expect, it } from 'vitest';
import { texts } from '../../../web/texts/index.ts';
import { inBrowser } from '../../support/browser/in-browser.ts';
import { inspectPage } from '../../support/browser/inspect-page.ts';
import { heading, signIn } from '../../support/browser/sign-in.ts';
import type { GitRepository } from '../../support/git-repository.ts';
import { TestGitward, type EntryStatus } from '../../support/gitward.ts';

const { conflicts: words } = texts;
const customer = (id: string, tier: string, body = 'They run everything on spreadsheets.\n') =>
  `---\nid: ${id}\nname: ${id}\ntier: ${tier}\n---\n# ${id}\n\n${body}`;
const names = ['acme', 'beta', 'gamma', 'delta'];
const pathOf = (id: string) => `knowledge/customers/${id}.md`;

inBrowser('who has to decide', (browser) => {
  let gitward: TestGitward;
  let repository: GitRepository;

  beforeAll(async () => {
    // Nothing is read from Git unless there is something to send.
    gitward = await TestGitward.start({ GITWARD_POLL_INTERVAL: '1h' });
    const files = Object.fromEntries(names.map((id) => [pathOf(id), customer(id, 'gold')]));
    const rules = { publicKinds: [], index: false, notify: { emails: [] } };
    repository = await gitward.createSpace('sales', files, { rules });
    for (const id of names)
      await gitward.untilEntry('sales', id, (one) => one.syncStatus === 'synced');
  });
  afterAll(() => gitward.stop());

  /** Somebody pushes a tier and a paragraph for these, while other ones are saved here. */
  async function clash(ids: readonly string[]): Promise<void> {
    const seen = await Promise.all(ids.map((id) => entry(id)));
    await repository.commit({
      files: Object.fromEntries(
        ids.map((id) => [pathOf(id), customer(id, 'silver', 'They run it on a warehouse now.\n')]),
      ),
      message: 'Correct the tiers',
      author: { name: 'Dana', email: 'dana@example.com' },
    });
    for (const [at, id] of ids.entries()) {
      const body = `# ${id}\n\nThey run most of it on spreadsheets.\n`;
      const change = { base: seen[at]?.blob, fields: { tier: 'diamond' }, body };
      await gitward.call('PUT', `/v1/spaces/sales/entries/${id}`, change);
    }
    for (const id of ids)
      await gitward.untilEntry('sales', id, (one) => one.syncStatus === 'conflict');
  }

  function entry(id: string): Promise<EntryStatus> {
    return gitward.call('GET', `/v1/spaces/sales/entries/${id}`);
  }

  async function textInGit(id: string, wanted: string): Promise<void> {
    await expect
      .poll(async () => (await repository.files())[pathOf(id)], { timeout: 30_000 })
      .toContain(wanted);
  }

  it('sees both sides of each part, chooses, writes, and can undo it', async () => {
    await clash(['acme']);
    const { page } = await browser.open();
    await signIn(page, gitward);
    await page.goto(`${gitward.url}/spaces/sales/conflicts`);
    await heading(page, words.title);
    await page.getByRole('link', { name: 'acme' }).click();
    await heading(page, words.conflict('acme'));
    const main = page.getByRole('main');
    await main.getByText('The tier and a paragraph were changed in Git, by Dana').waitFor();
    expect(await inspectPage(page, 'decision')).toEqual([]);

    const save = main.getByRole('button', { name: words.save });
    expect(await save.isDisabled()).toBe(true);
    await main
      .getByRole('radiogroup', { name: 'tier' })
      .getByRole('radio', { name: /^In Git/ })
      .click();
    const paragraph = main.getByRole('radiogroup', { name: words.part.paragraph });
    await paragraph.getByRole('radio', { name: words.sideOwn }).click();
    const own = main.getByRole('textbox', { name: words.ownText });
    expect(await own.inputValue()).toContain('most of it on spreadsheets');
    await own.fill('Both are true.');
    await save.click();
    await main.getByText(words.settledTitle).waitFor();
    await textInGit('acme', 'tier: silver');
    await textInGit('acme', 'Both are true.\n');

    await page.getByRole('button', { name: words.undo }).click();
    await page.getByText(words.undone).waitFor();
    await textInGit('acme', 'They run it on a warehouse now.');
  });

  it('decides several at once, and undoes that', async () => {
    await clash(['beta', 'gamma']);
    const { page } = await browser.open();
    await signIn(page, gitward);
    await page.goto(`${gitward.url}/spaces/sales/conflicts`);
    await page.getByRole('checkbox', { name: words.selectAll }).check();
    expect(await inspectPage(page, 'decisions')).toEqual([]);
    await page.getByRole('button', { name: words.keepSaved }).click();
    await page.getByRole('heading', { name: words.empty }).waitFor();
    await textInGit('beta', 'tier: diamond');
    await textInGit('gamma', 'tier: diamond');
    await page.getByRole('button', { name: words.undo }).click();
    await page.getByText(words.undone).waitFor();
    await textInGit('gamma', 'tier: silver');
    await page.getByText(words.shows.settled, { exact: true }).click();
    await page.getByRole('link', { name: 'gamma' }).waitFor();
  });

  it('only reads without the right to edit', async () => {
    await clash(['delta']);
    const { page } = await browser.open();
    await signIn(page, gitward, await gitward.token('reader'));
    await page.goto(`${gitward.url}/spaces/sales/conflicts`);
    await page.getByRole('link', { name: 'delta' }).click();
    await page.getByText(words.readOnly).waitFor();
    expect(await page.getByRole('radio').count()).toBe(0);
    expect(await page.getByRole('button', { name: words.takeGit }).count()).toBe(0);
  });
});
