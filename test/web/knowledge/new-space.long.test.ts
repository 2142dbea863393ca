import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { inBrowser } from '../../support/browser/in-browser.ts';
import { inspectPage } from '../../support/browser/inspect-page.ts';
import { heading, signIn } from '../../support/browser/sign-in.ts';
import type { GitRepository } from '../../support/git-repository.ts';
import { TestGitward } from '../../support/gitward.ts';
import { webhookHosts } from '../../support/knowledge/webhook-hosts.ts';

const rules = (approvals: number) =>
  `review:\n  - name: Prices\n    paths: ['skills/price*']\n    approvals: ${approvals}\n`;

inBrowser('a new space', (browser) => {
  let gitward: TestGitward;
  let repository: GitRepository;
  let eva: string;
  let jan: string;
  beforeAll(async () => {
    gitward = await TestGitward.start();
    repository = await gitward.git.createRepository('handbook');
    await repository.commit({
      files: {
        'knowledge/skills/prices.md': '---\nid: prices\ntitle: Prices\n---\nTen.\n',
        'knowledge/.schemas/broken.json': '{',
      },
      message: 'Begin',
    });
    const person = (name: string) => ({ kind: 'person', name, email: `${name}@example.com` });
    eva = await gitward.token('editor', person('eva'));
    jan = await gitward.token('publisher', person('jan'));
  });
  afterAll(() => gitward.stop());

  it('is added step by step, from the repository to the webhook, of which one sees the first word', async () => {
    const { page, complaints } = await browser.open();
    complaints.allow(/^4(00|09|22) POST /);
    await signIn(page, gitward);
    await page.getByRole('link', { name: 'Add a space' }).click();
    await heading(page, 'Add a knowledge space');
    await step(page, 'Where are the entries?');
    await page.getByLabel('Address of the repository').fill(gitward.git.url('handbook'));
    await page.getByLabel('Token of the Git host').fill('a-wrong-token');
    await page.getByLabel('User name').fill(gitward.git.credential?.username ?? '');
    await press(page, 'Check');
    await page.getByRole('status').getByText('The credential is missing').waitFor();
    expect(await inspectPage(page, 'new-space-wrong')).toEqual([]);
    await page.getByLabel('Token of the Git host').fill(gitward.git.credential?.password ?? '');
    await press(page, 'Check');
    const tip = (await repository.tip())?.slice(0, 8) ?? '';
    await page.getByRole('status').getByText(`Its branch main is at commit ${tip}.`).waitFor();
    expect(await inspectPage(page, 'new-space-repository')).toEqual([]);
    await press(page, 'Next');

    await step(page, 'What is it called?');
    expect(new URL(page.url()).searchParams.get('step')).toBe('space');
    await page.getByLabel('Name').fill('Handbook');
    await page.reload();
    await step(page, 'What is it called?');
    expect(await page.getByLabel('Name').inputValue()).toBe('Handbook');
    const kept = await page.evaluate<string>('JSON.stringify({...sessionStorage})');
    expect(kept).not.toContain(gitward.git.credential?.password);
    expect(await inspectPage(page, 'new-space-name')).toEqual([]);
    await press(page, 'Add the space');

    await page
      .getByRole('heading', { level: 2, name: 'How does Gitward hear of a push?' })
      .waitFor();
    await press(page, 'Set up a webhook');
    const address = await page.getByLabel('Address').inputValue();
    expect(address).toBe(`${gitward.url}/v1/webhooks/handbook`);
    const secret = await page.getByLabel('Secret', { exact: true }).inputValue();
    await page.getByText('Waiting for the host to send something.').waitFor();
    expect(await inspectPage(page, 'new-space-webhook')).toEqual([]);
    // As GitHub does as soon as it was told.
    const { sign, delivery } = webhookHosts.github;
    const ping = { ...sign('{}', secret), ...delivery(randomUUID()), 'x-github-event': 'ping' };
    expect(await gitward.post('/v1/webhooks/handbook', '{}', ping)).toBe(202);
    await page.getByRole('status').getByText('Received').waitFor();
    expect(await inspectPage(page, 'new-space-received')).toEqual([]);
    await press(page, 'Open the space');
    await heading(page, 'Handbook');
    await page.getByRole('link', { name: 'Prices' }).first().waitFor();
    await page.getByText('Files that cannot be used').waitFor();
    expect(await page.evaluate('Object.keys(sessionStorage).join()')).not.toContain('new-space');
  });

  it('is looked after in its settings: name, kinds, problems, and who must approve', async () => {
    const { page, complaints } = await browser.open();
    complaints.allow(/^422 PATCH /);
    await signIn(page, gitward);
    await page.goto(`${gitward.url}/spaces/handbook/settings`);
    await heading(page, 'Settings');
    const problems = page.getByRole('region', { name: 'Files that cannot be used' });
    await problems.getByText('knowledge/.schemas/broken.json').waitFor();
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('The handbook');
    await press(page, 'Save');
    await page.getByRole('navigation', { name: 'Menu' }).getByText('The handbook').waitFor();
    expect(await gitward.call('GET', '/v1/spaces/handbook')).toMatchObject({
      ...{ name: 'The handbook', root: 'knowledge', rules: { index: true } },
    });

    const approval = page.getByRole('region', { name: 'Who must approve' });
    await approval.getByText('Nobody: every change is saved at once.').waitFor();
    const push = (text: string) =>
      repository.commit({ files: { 'knowledge/.gitward/rules.yml': text }, message: 'Rules' });
    await push(rules(2));
    await approval.getByText('Prices').waitFor();
    await approval.getByText('skills/price*').waitFor();
    // A push can only add rules.
    await push(rules(1));
    await page.getByText('Weaker rules wait').waitFor();
    expect(await inspectPage(page, 'space-settings')).toEqual([]);
    await press(page, 'Accept these rules');
    await page.getByRole('dialog').getByRole('button', { name: 'Accept them' }).click();
    await page.getByText('Weaker rules wait').waitFor({ state: 'detached' });

    // Rules of the settings are given in the page; the one of the repository is not.
    expect(await approval.getByRole('button', { name: /^(Change|Remove) the rule/ }).count()).toBe(
      0,
    );
    const dialog = page.getByRole('dialog');
    const files = dialog.getByLabel('Files', { exact: true });
    await approval.getByRole('button', { name: 'Add a rule' }).click();
    await dialog.getByLabel('Name').fill('Contracts');
    await files.fill('/contracts/*');
    await dialog.getByLabel('These people may approve, too').fill('jan@example.com');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('"/contracts/*" is no path').first().waitFor();
    expect(await inspectPage(page, 'space-rule')).toEqual([]);
    await files.press('Backspace');
    await files.fill('contracts/*');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await approval.getByText('contracts/*', { exact: true }).waitFor();
    await approval.getByRole('button', { name: 'Change the rule Contracts' }).click();
    await dialog.getByLabel('Name').fill('Agreements');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await approval.getByText('Agreements').waitFor();
    const rulesNow = () => gitward.call('GET', '/v1/spaces/handbook/review-rules');
    expect(await rulesNow()).toMatchObject({
      rules: [
        { name: 'Prices', from: 'repository' },
        {
          ...{ name: 'Agreements', paths: ['contracts/*'], approvals: 1, author: false },
          ...{ approvers: ['jan@example.com'], from: 'settings' },
        },
      ],
    });
    await approval.getByRole('button', { name: 'Remove the rule Agreements' }).click();
    await dialog.getByRole('button', { name: 'Remove it' }).click();
    await approval.getByText('Agreements').waitFor({ state: 'detached' });
    expect(await rulesNow()).toMatchObject({ rules: [{ name: 'Prices' }] });
  });

  it('has reviews: whoever must approve is told at home, sends back with a word, and approves', async () => {
    const { blob } = await gitward.untilEntry('handbook', 'prices', () => true);
    const save = { base: blob, body: 'Twelve.\n', message: 'They went up' };
    await gitward.call('PUT', '/v1/spaces/handbook/entries/prices', save, eva);
    const { page } = await browser.open();
    await page.goto(await gitward.signInLink(jan));
    await heading(page, 'Overview');
    await page.goto(`${gitward.url}/spaces/handbook`);
    const needs = page.getByRole('region', { name: 'What needs you' });
    await needs.getByText('1 review waits for your approval').waitFor();
    await page.getByRole('navigation').getByRole('link', { name: 'Reviews' }).click();
    await heading(page, 'Reviews');
    await page.getByText('Waits for you').waitFor();
    expect(await inspectPage(page, 'reviews')).toEqual([]);
    await page.getByRole('link', { name: 'They went up' }).click();
    await heading(page, 'They went up');
    const changes = page.getByRole('group', { name: /^What changes/ });
    await changes.getByText('Twelve.').waitFor();
    await page.getByText('One approval is needed (rule "Prices").').waitFor();
    expect(await inspectPage(page, 'review')).toEqual([]);

    await press(page, 'Send back');
    await page.getByText('Say what should be changed.').waitFor();
    await page.getByLabel('A word about it').fill('Eleven, I think.');
    await press(page, 'Send back');
    const said = page.getByRole('list', { name: 'What was said' });
    await said.getByText(/^jan asked for changes/).waitFor();
    await said.getByText('Eleven, I think.').waitFor();
    await page.getByText('jan asked for changes, and has to approve or withdraw that.').waitFor();
    await press(page, 'Approve');
    await gitward.untilEntry('handbook', 'prices', ({ text }) => text.includes('Twelve.'));
    await page.getByText('Merged', { exact: true }).waitFor();
    expect(await page.getByRole('button', { name: 'Approve' }).count()).toBe(0);
    expect(await inspectPage(page, 'review-merged')).toEqual([]);
    await page.goto(`${gitward.url}/spaces/handbook/reviews?state=ended`);
    await page.getByRole('link', { name: 'They went up' }).waitFor();
    await page.goto(`${gitward.url}/new-space`);
    await page.getByText('Only an admin can add a space').waitFor();
  });
});

/** Waits until a step is shown, whose heading has the focus. */
async function step(page: Page, title: string): Promise<void> {
  await page.getByRole('heading', { level: 2, name: title }).waitFor();
}

async function press(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).click();
}
