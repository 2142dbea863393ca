import { afterAll, beforeAll, expect, it } from 'vitest';
import { texts } from '../../../web/texts/index.ts';
import { inBrowser } from '../../support/browser/in-browser.ts';
import { inspectPage } from '../../support/browser/inspect-page.ts';
import { heading, signIn } from '../../support/browser/sign-in.ts';
import type { GitRepository } from '../../support/git-repository.ts';
import { TestGitward } from '../../support/gitward.ts';
import { ModelServer } from '../../support/models/model-server.ts';

const { prompts: words, environments, checks, templates } = texts;
const path = 'knowledge/prompts/system/first-call.md';
const key = 'sk-the-key-of-the-customer';
const firstCall = (question: string) => `---
id: first-call
name: First call
category: sales
variants: [short, long]
variables:
  customer: The customer's name
  seats: { type: number, default: 20 }
---

# Short

You prepare a first call with {{customer}}. ${question}

# Long

You prepare a first call with {{customer}}, who want {{seats}} seats. Say first what you know about them.

{{> tone}}

## Examples

### A customer from a fair

Values:

\`\`\`yaml
customer: Acme
\`\`\`

Input: We met them in Brno.

Expected:

- contains: Acme
- It is polite.
`;
const environment = (name: string, more: string) => `---\nid: ${name}\nname: ${name}\n${more}---\n`;

inBrowser('prompts', (browser) => {
  let gitward: TestGitward;
  let repository: GitRepository;
  let model: ModelServer;

  beforeAll(async () => {
    gitward = await TestGitward.start();
    model = await ModelServer.start(key);
    model.reply = () => 'Good morning, Acme. Which tools do you use today?';
    const tone = '---\nid: tone\nname: Tone\ncategory: style\n---\nPlain words, short sentences.\n';
    const author = (name: string) => ({ name, email: `${name.toLowerCase()}@example.com` });
    repository = await gitward.git.createRepository('sales');
    const day = 86_400;
    const now = Math.floor(Date.now() / 1000);
    const old = await repository.commit({
      at: now - 20 * day,
      files: { [path]: firstCall('Ask two questions.'), 'knowledge/prompts/blocks/tone.md': tone },
      message: 'The first version',
      author: author('Dana'),
    });
    const newer = await repository.commit({
      at: now - 2 * day,
      files: { [path]: firstCall('Ask three good questions.') },
      message: 'Ask more',
      author: author('Omar'),
    });
    await repository.commit({
      at: now - day,
      files: {
        'knowledge/environments/production.md': environment(
          'production',
          `commit: ${old}\nexperiments:\n  first-call:\n    arms:\n      - { name: now, weight: 90 }\n      - { name: next, commit: ${newer}, weight: 10 }\n`,
        ),
        'knowledge/environments/guarded.md': environment(
          'guarded',
          `protected: true\ncommit: ${old}\n`,
        ),
        'knowledge/environments/staging.md': environment('staging', 'ref: main\n'),
      },
      message: 'Environments',
      author: author('Dana'),
    });
    const { username, password } = gitward.git.credential ?? { username: '', password: '' };
    const credential = (name: string, origin: string, token: string, more = {}) =>
      gitward.call<{ id: string }>('POST', '/v1/credentials', { name, origin, token, ...more });
    const { id: credentialId } = await credential('sales', gitward.git.url('any'), password, { username }); // prettier-ignore
    await gitward.call('POST', '/v1/spaces', {
      ...{ id: 'sales', name: 'Sales' },
      repository: { url: gitward.git.url('sales'), branch: 'main', credentialId },
    });
    await gitward.untilEntry('sales', 'staging', ({ syncStatus }) => syncStatus === 'synced');
    await gitward.call('POST', '/v1/spaces/sales/prompts/first-call/scores', {
      ...{ value: 0.8, env: 'production', arm: 'now', by: 'An agent' },
    });
  });
  afterAll(async () => {
    await gitward.stop();
    await model.close();
  });

  it('shows the variants side by side as programs get them, with values that one tries out', async () => {
    const { page } = await browser.open();
    await signIn(page, gitward);
    await page.goto(`${gitward.url}/spaces/sales/entries/first-call`);
    await page.getByRole('tab', { name: words.variants }).click();
    const short = page.getByRole('group', { name: words.rendered('short') });
    const long = page.getByRole('group', { name: words.rendered('long') });
    await short.getByText('a first call with Customer. Ask three good questions.').waitFor();
    await page.getByText(templates.missing('Customer')).waitFor();
    await page.getByRole('textbox', { name: 'Customer' }).fill('Globex');
    await short.getByText('a first call with Globex.').waitFor();
    await long.getByText('with Globex, who want 20 seats').waitFor();
    await long.getByText('Plain words, short sentences.').waitFor();
    expect(await page.getByText(templates.missing('Customer')).count()).toBe(0);
    expect(await inspectPage(page, 'prompt-variants')).toEqual([]);

    await page.getByLabel(templates.env).selectOption('production');
    await short.getByText('a first call with Customer. Ask two questions.').waitFor();
    expect(new URL(page.url()).searchParams.get('env')).toBe('production');
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByRole('button', { name: 'Copy: short' }).click();
    await page.getByRole('button', { name: 'Copied: short' }).waitFor();
    const copied = await page.evaluate<string>('navigator.clipboard.readText()');
    expect(copied).toBe('You prepare a first call with Customer. Ask two questions.\n');
  });

  it('says what each environment gives, shows what a promotion changes, makes it, and takes it back', async () => {
    const { page } = await browser.open();
    await signIn(page, gitward);
    await page.goto(`${gitward.url}/spaces/sales/entries/first-call?tab=environments`);
    const table = page.getByRole('table', { name: environments.title });
    const row = (name: string) => table.getByRole('row').filter({ hasText: name });
    await row('production').getByText(environments.notAsNow).waitFor();
    await row('production')
      .getByText(/The first version, Dana/)
      .waitFor();
    await row('staging').getByText(environments.sameAsNow).waitFor();
    await row('guarded').getByText(environments.protected).waitFor();
    const experiment = page.getByRole('table', { name: 'production' });
    await experiment.getByRole('row').filter({ hasText: 'now' }).getByText('90 %').waitFor();
    await experiment.getByText('helpful: 0.8 on average (1)').waitFor();
    await page.getByRole('table', { name: words.scores }).getByText('production, now').waitFor();

    await row('production').getByRole('button', { name: environments.compareWithNow }).click();
    const compared = page.getByRole('region', { name: environments.compareTitle });
    await compared.locator('ins').first().waitFor();
    expect(await compared.locator('ins').allTextContents()).toEqual([' three good']);
    expect(await compared.locator('del').allTextContents()).toEqual([' two']);
    expect(new URL(page.url()).searchParams.get('from')).toBe('production');
    expect(await inspectPage(page, 'prompt-environments')).toEqual([]);

    await row('production').getByRole('button', { name: `${environments.promote} production` }).click(); // prettier-ignore
    const dialog = page.getByRole('dialog');
    await dialog.locator('ins').getByText('three good').waitFor();
    expect(await inspectPage(page, 'prompt-promote')).toEqual([]);
    await dialog.getByRole('textbox', { name: environments.message }).fill('It asks more');
    await dialog.getByRole('button', { name: environments.promoteDo('production') }).click();
    await page.getByText(environments.moved('production')).waitFor();
    await row('production').getByText(environments.sameAsNow).waitFor();
    await row('production')
      .getByText(/just now by/)
      .waitFor();
    await expect
      .poll(async () => (await repository.files())['knowledge/environments/production.md'], {
        timeout: 30_000,
      }) // prettier-ignore
      .toContain('entries:\n  first-call: ');

    await row('production').getByRole('button', { name: `${environments.rollBack} production` }).click(); // prettier-ignore
    await dialog.getByText(environments.rollBackOtherwise).waitFor();
    await dialog.getByRole('button', { name: environments.rollBackDo }).click();
    await row('production').getByText(environments.notAsNow).waitFor();

    // What somebody else has to approve is said before, and nothing has changed then.
    await row('guarded')
      .getByRole('button', { name: `${environments.promote} guarded` })
      .click();
    await dialog.getByText(environments.willReview('guarded')).waitFor();
    await dialog.getByRole('button', { name: environments.sendForReview }).click();
    await page.getByText(environments.inReview('guarded', 1)).waitFor();
    await page.getByRole('link', { name: environments.toReview }).waitFor();
    await row('guarded').getByText(environments.notAsNow).waitFor();
  });

  it('moves a whole environment from its own page, with the keyboard alone', async () => {
    const { page } = await browser.open();
    await signIn(page, gitward);
    await page.goto(`${gitward.url}/spaces/sales`);
    const menu = page.getByRole('navigation', { name: 'Menu' });
    await menu.getByRole('link', { name: environments.title, exact: true }).click();
    await heading(page, environments.title);
    await page.getByRole('region', { name: 'staging' }).getByText('the newest commit of main').waitFor(); // prettier-ignore
    expect(await inspectPage(page, 'environments')).toEqual([]);
    const promote = page.getByRole('button', { name: `${environments.promote} production` });
    await promote.focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(environments.promoteFrom).selectOption('staging');
    await dialog.getByText(environments.entriesChange(1)).waitFor();
    await dialog.getByRole('link', { name: 'First call' }).waitFor();
    expect(await inspectPage(page, 'environments-promote')).toEqual([]);
    const send = dialog.getByRole('button', { name: environments.promoteDo('production') });
    await send.focus();
    await page.keyboard.press('Enter');
    await page.getByText(environments.moved('production')).waitFor();
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: `${environments.rollBack} production` }).click();
    await dialog.getByText(environments.rollBackWhole).waitFor();
    await dialog.getByText(environments.goesTo, { exact: true }).waitFor();
    expect(await inspectPage(page, 'environments-roll-back')).toEqual([]);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: `${environments.rollBack} staging` }).click();
    await dialog.getByText(environments.nothingBefore).waitFor();
    expect(await dialog.getByRole('button', { name: environments.rollBackDo }).isDisabled()).toBe(true); // prettier-ignore
  });

  it('runs the examples, shows the answers as they come, and lets a person judge', async () => {
    const { page } = await browser.open();
    const editor = await gitward.token('editor', {
      ...{ kind: 'person', name: 'Ada', email: 'ada@example.com' },
    });
    await signIn(page, gitward, editor);
    await page.goto(`${gitward.url}/spaces/sales/entries/first-call?tab=checks`);
    await page.getByText(checks.off).waitFor();
    expect(await page.getByRole('button', { name: checks.run, exact: true }).count()).toBe(0);
    expect(await inspectPage(page, 'prompt-checks-off')).toEqual([]);

    const { id: credentialId } = await gitward.call<{ id: string }>('POST', '/v1/credentials', {
      ...{ name: 'model', origin: model.origin, token: key },
    });
    await gitward.call('PATCH', '/v1/spaces/sales', {
      checks: { address: model.address, model: 'small-1', credentialId },
    });
    await page.reload();
    await page.getByLabel(checks.which).selectOption({ label: checks.ifPromoted('guarded') });
    await page.getByRole('button', { name: checks.run, exact: true }).click();
    const results = page.getByRole('region', { name: checks.results });
    const verdict = results.getByText(checks.verdicts.needs_person.name, { exact: true });
    await verdict.first().waitFor();
    await results.getByText('Good morning, Acme. Which tools do you use today?').first().waitFor();
    expect(model.said[0]?.messages[0]?.content).toContain('You prepare a first call with Acme');
    expect(new URL(page.url()).searchParams.get('run')).toMatch(/^[0-9a-f-]{36}$/);
    expect(await inspectPage(page, 'prompt-checks')).toEqual([]);
    const judged = results.getByRole('group', { name: checks.judgeOf('A customer from a fair') });
    await judged.getByRole('textbox').fill('Polite enough');
    await judged.getByRole('button', { name: checks.judgePassed }).click();
    await results.getByText(checks.judgedBy('Ada', 'Passed')).waitFor();
    await results.getByText('Polite enough').waitFor();
    await results.getByText(checks.allPassed).waitFor();
  });

  it('offers a reader nothing that they may not do', async () => {
    const { page } = await browser.open();
    await signIn(page, gitward, await gitward.token('reader'));
    await page.goto(`${gitward.url}/spaces/sales/entries/first-call?tab=environments`);
    await page.getByRole('table', { name: environments.title }).waitFor();
    await page.getByRole('button', { name: environments.compareWithNow }).first().waitFor();
    const acts = [environments.promote, environments.rollBack];
    for (const name of acts) expect(await page.getByRole('button', { name }).count()).toBe(0);
    await page.getByRole('tab', { name: checks.title }).click();
    await page.getByRole('region', { name: checks.results }).waitFor();
    for (const name of [checks.run, checks.judgePassed])
      expect(await page.getByRole('button', { name, exact: true }).count()).toBe(0);
    await page.goto(`${gitward.url}/spaces/sales/environments`);
    await page.getByRole('region', { name: 'production' }).waitFor();
    for (const name of acts) expect(await page.getByRole('button', { name }).count()).toBe(0);
  });
});
