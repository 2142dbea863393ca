import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { SeededSigns } from '../../secrets/seeded-signs.ts';
import { trueSecrets } from '../../secrets/true-secrets.ts';
import { inBrowser } from '../../support/browser/in-browser.ts';
import { inspectPage } from '../../support/browser/inspect-page.ts';
import { heading, signIn } from '../../support/browser/sign-in.ts';
import { TestGitward } from '../../support/gitward.ts';
import type { GitRepository } from '../../support/git-repository.ts';

const signs = new SeededSigns(41);
const secretOf = trueSecrets['a token of GitHub']!;
const path = 'knowledge/customers/acme.md';
const file = `---
id: acme
name: Acme Corporation   # as in the contract
tier: gold
region: EMEA
owners:
  - name: Eva Nová
    email: eva@example.com
considerations: [fast, 'on premises']
custom: { kept: yes }
website: https://acme.example
active: true
---

Acme
====

They buy *twice* a year,
mostly in __spring__.

* Contact: Eva
* Dear {{name}}, see [^1]

| What | When |
|------|:----:|
| call | May  |

<div class="note">As it is</div>

The end.
`;

inBrowser('the page of an entry', (browser) => {
  let gitward: TestGitward;
  let repository: GitRepository;
  let editor = '';
  const url = () => `${gitward.url}/spaces/sales/entries/acme`;
  const inGit = () => repository.read(path);

  beforeAll(async () => {
    gitward = await TestGitward.start();
    const review = [
      { name: 'Prices', kinds: ['skill'], fields: ['price'], approvals: 1, author: false },
    ];
    repository = await gitward.createSpace(
      'sales',
      {
        [path]: file,
        'knowledge/customers/beta.md': '---\nid: beta\nname: Beta\ntier: silver\n---\nBeta.\n',
        'knowledge/skills/price.md':
          '---\nid: price\ntitle: Price\nprice: 1\ncreated: never\n---\nIt costs.\n',
      },
      { rules: { review } },
    );
    await gitward.untilEntry('sales', 'acme', ({ syncStatus }) => syncStatus === 'synced');
    editor = await gitward.token('editor');
  });
  afterAll(() => gitward.stop());
  // What a test that failed has left is no part of the next one.
  beforeEach(async () => {
    const drafts = '/v1/spaces/sales/drafts';
    const { items } = await gitward.call<{ items: { id: string }[] }>(
      'GET',
      drafts,
      undefined,
      editor,
    );
    for (const { id } of items) await gitward.call('DELETE', `${drafts}/${id}`, undefined, editor);
    await gitward.untilEntry('sales', 'acme', ({ syncStatus }) => syncStatus === 'synced');
  });

  async function open(): Promise<Page> {
    const { page, complaints } = await browser.open();
    // What somebody has to decide.
    complaints.allow(/^409 POST .*\/update$/);
    await signIn(page, gitward, editor);
    await page.goto(url());
    await heading(page, 'Acme Corporation');
    return page;
  }

  it('makes an edit of a paragraph a commit of that paragraph, says when Git has it, and takes it back', async () => {
    const page = await open();
    await page.getByText('mostly in').click();
    await page.keyboard.press('End');
    await page.keyboard.type(' Always.');
    await page.getByText('Draft saved').waitFor();
    expect(await inspectPage(page, 'entry-editor')).toEqual([]);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Saved. Git has it.').waitFor();
    expect(await inGit()).toBe(file.replace('__spring__.', '__spring__. Always.'));
    await page.getByRole('button', { name: 'Undo', exact: true }).last().click();
    await expect.poll(inGit, { timeout: 30_000 }).toBe(file);
    await page.getByText('Always.').waitFor({ state: 'detached' });
  });

  it('changes a field, a list and the text by keys alone, and nothing else', async () => {
    const page = await open();
    await page.getByRole('textbox', { name: 'Tier' }).fill('silver');
    await page.keyboard.press('Escape');
    await page.getByLabel('Considerations').first().focus();
    await page.keyboard.type('cheap');
    await page.keyboard.press('Enter');
    const text = page.getByRole('textbox', { name: 'Text', exact: true });
    await text.focus();
    await page.keyboard.press('Control+End');
    await page.keyboard.type(' It is ');
    await page.keyboard.press('Control+B');
    await page.keyboard.type('over');
    await page.keyboard.press('Control+B');
    await page.keyboard.press('Enter');
    await page.keyboard.type('- one {{name}}');
    await page.keyboard.press('Enter');
    await page.keyboard.type('see ');
    await page.keyboard.press('Control+K');
    const dialog = page.getByRole('dialog', { name: 'Link' });
    await dialog.getByLabel('Address, or words of an entry').fill('beta');
    await dialog.getByRole('button', { name: /Beta/ }).click();
    await page.keyboard.press('Control+E');
    const source = page.getByRole('textbox', { name: 'Markdown' });
    await source.waitFor();
    expect(await inspectPage(page, 'entry-source')).toEqual([]);
    await page.keyboard.press('Control+S');
    await page.getByText('Saved. Git has it.').waitFor();
    expect(await inGit()).toBe(
      file
        .replace('tier: gold', 'tier: silver')
        .replace("'on premises']", "'on premises', cheap]")
        .replace('The end.', 'The end. It is **over**\n\n- one {{name}}\n- see [Beta](beta.md)'),
    );
    await page.getByText('Preview', { exact: true }).click();
    await page
      .getByText('is over')
      .or(page.getByText('over', { exact: true }))
      .first()
      .waitFor();
    expect(await inspectPage(page, 'entry-preview')).toEqual([]);
  });

  it('merges what is pushed meanwhile into what is being written, and asks where both changed the same', async () => {
    const page = await open();
    await page.getByText('call', { exact: true }).click();
    await page.keyboard.press('End');
    await page.keyboard.type(' twice');
    await page.getByText('Draft saved').waitFor();
    const before = await inGit();
    const pushed = before
      .replace('region: EMEA', 'region: APAC')
      .replace('The end.', 'The very end.');
    await repository.commit({ files: { [path]: pushed } });
    await page.getByText('Both changes are in your text now.').waitFor();
    await page.getByText('The very end.').waitFor();
    expect(
      await page
        .getByRole('combobox', { name: 'Region' })
        .or(page.getByRole('textbox', { name: 'Region' }))
        .first()
        .inputValue(),
    ).toBe('APAC');
    await page.getByText('call twice').waitFor();
    await page.getByRole('textbox', { name: 'Region' }).fill('US');
    await page.getByText('Draft saved').waitFor();
    await repository.commit({ files: { [path]: pushed.replace('region: APAC', 'region: LATAM') } });
    const panel = page.getByRole('group', { name: 'Somebody changed the same as you' });
    await panel.getByText('LATAM').waitFor();
    expect(await inspectPage(page, 'entry-clash')).toEqual([]);
    await panel.getByRole('button', { name: 'Keep mine', exact: true }).click();
    await panel.getByRole('button', { name: 'Go on with this' }).click();
    await panel.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Saved. Git has it.').waitFor();
    expect(await inGit()).toBe(
      pushed.replace('region: APAC', 'region: US').replace('| call |', '| call twice |'),
    );
  });

  it('says where what looks like a secret is, saves it only when that is confirmed, and lists it then', async () => {
    const { page, complaints } = await browser.open();
    complaints.allow(/^422 POST .*\/publish$/);
    await signIn(page, gitward, editor);
    await page.goto(`${gitward.url}/spaces/sales/entries/beta`);
    await heading(page, 'Beta');
    const [first, second] = [1, 2].map(() => secretOf(signs).text) as [string, string];
    const text = page.getByRole('textbox', { name: 'Text', exact: true });
    await text.focus();
    await page.keyboard.press('Control+End');
    await page.keyboard.type(` Use ${first}`);
    const save = page.getByRole('button', { name: 'Save', exact: true });
    await save.click();
    const panel = page.getByRole('group', { name: 'Nothing was saved: this looks like a secret' });
    await panel.getByText(`Beta. Use ${first}`).waitFor();
    // What came under the pointer is not what is looked at.
    await page.mouse.move(0, 0);
    expect(await inspectPage(page, 'entry-secret')).toEqual([]);
    const beta = 'knowledge/customers/beta.md';
    expect(await repository.read(beta)).not.toContain(first);
    // What is written meanwhile is asked about by itself.
    await text.focus();
    await page.keyboard.press('Control+End');
    await page.keyboard.type(` or ${second}`);
    await panel.getByRole('button', { name: 'It may be seen: save it' }).click();
    await panel.getByText(second).waitFor();
    expect(await panel.getByRole('listitem').count()).toBe(1);
    await panel.getByRole('button', { name: 'It may be seen: save it' }).click();
    await page.getByText('Saved. Git has it.').waitFor();
    await panel.waitFor({ state: 'detached' });
    expect(await repository.read(beta)).toContain(`Beta. Use ${first} or ${second}`);
    await page.getByRole('link', { name: 'Home', exact: true }).click();
    const list = page.getByRole('list', { name: 'Secrets in texts' });
    await list.getByText(`${beta}, line 6`).first().waitFor();
    expect(await list.getByText('In Git').count()).toBe(2);
    expect(await inspectPage(page, 'space-secrets')).toEqual([]);
  });

  it('has the text after the session ended, the API restarted and the browser crashed', async () => {
    const { page, complaints } = await browser.open();
    // Also that a draft moved: the API may end between storing it and saying so.
    complaints.allow(/^401 /, /^failed /, /^50\d /, /ERR_/, /crashed/, /^409 PUT .*drafts/);
    await signIn(page, gitward, editor);
    await page.goto(url());
    await heading(page, 'Acme Corporation');
    await page.getByText('They buy').click();
    await page.keyboard.press('End');
    await page.keyboard.type(' First.');
    await page.getByText('Draft saved').waitFor();
    await gitward.kill('api');
    await page.keyboard.type(' Second.');
    await page.getByText('kept on this machine').waitFor();
    await gitward.startApi();
    await page.getByText('Draft saved').waitFor();
    await page.context().clearCookies();
    // At once: the page is left for signing in as soon as the draft is refused.
    await page.keyboard.insertText(' Third.');
    await heading(page, 'Sign in to Gitward');
    await signIn(page, gitward, editor);
    await page.goto(url());
    await page.getByText('Your draft from').waitFor();
    await page.getByText('First. Second. Third.').waitFor();
    // Another page of the console is no reason to lose what was typed a moment ago.
    await page.getByText('First. Second. Third.').click();
    await page.keyboard.press('End');
    await page.keyboard.type(' Fourth.');
    await page.getByRole('link', { name: 'Home', exact: true }).click();
    await heading(page, 'sales');
    await page.goBack();
    await page.getByText('First. Second. Third. Fourth.').click();
    await page.keyboard.press('End');
    // What a crash leaves is what this machine keeps.
    await gitward.kill('api');
    await page.keyboard.type(' Fifth.');
    await page.getByText('kept on this machine').waitFor();
    const after = await page.context().newPage();
    await page.goto('chrome://crash').catch(() => undefined);
    await gitward.startApi();
    await after.goto(url());
    await after.getByText('First. Second. Third. Fourth. Fifth.').waitFor();
    await after.getByRole('button', { name: 'Discard my draft' }).click();
    await after.getByRole('button', { name: 'Discard', exact: true }).click();
    await after.getByText('First.').waitFor({ state: 'detached' });
  });

  it('says before who has to approve, shows problems at their fields, and makes new entries', async () => {
    const { page } = await browser.open();
    await signIn(page, gitward, editor);
    await page.goto(`${gitward.url}/spaces/sales/entries/price`);
    await heading(page, 'Price');
    await page.getByText('Created: Line 5: This must be a date').first().waitFor();
    await page.getByLabel('Price').fill('2');
    await page.getByText('Others approve this before it counts').waitFor();
    expect(await inspectPage(page, 'entry-needs-review')).toEqual([]);
    await page.getByRole('button', { name: 'Send for review' }).click();
    await page.getByText('Sent for review 1.').waitFor();

    await page.goto(`${gitward.url}/spaces/sales/new`);
    await page.getByRole('link', { name: 'customer', exact: true }).click();
    await heading(page, 'New: customer');
    await page.getByRole('textbox', { name: 'Name' }).first().fill('Gamma GmbH');
    await page.getByRole('textbox', { name: 'Text', exact: true }).focus();
    await page.keyboard.type('## They are new');
    await page.getByText('Draft saved').waitFor();
    await page.reload();
    await page.getByText('They are new').waitFor();
    expect(await inspectPage(page, 'entry-new')).toEqual([]);
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    await heading(page, 'Gamma GmbH');
    await expect
      .poll(() => repository.read('knowledge/customers/gamma-gmbh.md').catch(() => ''), {
        timeout: 30_000,
      })
      .toMatch(/name: Gamma GmbH\n[^]*---\n## They are new\n$/);
  });

  it('is for a reader only what it says', async () => {
    const { page } = await browser.open();
    await signIn(page, gitward, await gitward.token('reader'));
    await page.goto(url());
    await heading(page, 'Acme Corporation');
    await page.getByText('They buy').waitFor();
    expect(await page.getByRole('main').getByRole('button').allInnerTexts()).toEqual([]);
    expect(await inspectPage(page, 'entry-read')).toEqual([]);
  });
});
