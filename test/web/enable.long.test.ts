import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { inBrowser } from '../support/browser/in-browser.ts';
import { inspectPage } from '../support/browser/inspect-page.ts';
import { heading, signIn } from '../support/browser/sign-in.ts';
import { TestGitward } from '../support/gitward.ts';

inBrowser('enabling a mirror', (browser) => {
  let gitward: TestGitward;
  let project: string;
  beforeAll(async () => {
    gitward = await TestGitward.start();
    project = gitward.platform.projectId;
  });
  afterAll(() => gitward.stop());
  beforeEach(async () => {
    // As in an installation that was just started.
    const projects = await gitward.call<{ items: { id: string }[] }>('GET', '/v1/projects');
    for (const { id } of projects.items) {
      const path = `/v1/projects/${id}`;
      const mirrors = await gitward.call<{ items: { branchId: string }[] }>(
        'GET',
        `${path}/mirrors`,
      );
      for (const { branchId } of mirrors.items)
        await gitward.call('DELETE', `${path}/mirrors/${branchId}`);
      await gitward.call('DELETE', path);
    }
    const credentials = await gitward.call<{ items: { id: string }[] }>('GET', '/v1/credentials');
    for (const { id } of credentials.items) await gitward.call('DELETE', `/v1/credentials/${id}`);
  });

  it('leads from the first page to the first commit; what is wrong is said beside its field', async () => {
    const { page, complaints } = await browser.open();
    complaints.allow(/^4(00|22) POST /);
    await signIn(page, gitward);
    await page.getByRole('link', { name: 'Enable a mirror' }).click();
    await heading(page, 'Enable a mirror');

    await step(page, 'Which project?');
    await page.getByLabel('Address').fill('http://127.0.0.1:9');
    await page.getByLabel('Storage API token').fill('not-the-token');
    await press(page, 'Check');
    await wrong(page, 'Address', 'could not be reached');
    await page.getByLabel('Address').fill(gitward.platform.url);
    await press(page, 'Check');
    await wrong(page, 'Storage API token', 'refused the token');
    expect(await inspectPage(page, 'enable-project-wrong')).toEqual([]);
    await page.getByLabel('Storage API token').fill(gitward.platform.token);
    await press(page, 'Check');
    await page.getByText(`This is project ${project}, `).waitFor();
    await field(page, 'Branch of the project').waitFor();
    expect(await inspectPage(page, 'enable-project')).toEqual([]);
    await press(page, 'Next');

    await step(page, 'Where are the commits pushed to?');
    await page.getByLabel('Address of the repository').fill(gitward.git.url('missing'));
    await page.getByLabel('Folder').fill('../out');
    await page.getByLabel('Token of the Git host').fill('a-wrong-token');
    await page.getByLabel('User name').fill('gitward');
    await press(page, 'Check');
    await wrong(page, 'Folder', 'Contains "." or ".."');
    await page.getByLabel('Folder').fill('');
    await press(page, 'Check');
    await found(page, 'The credential is missing, expired or not allowed to do this.');
    await page.getByLabel('Token of the Git host').fill(gitward.git.credential?.password ?? '');
    await press(page, 'Check');
    await found(page, 'There is no such repository');
    expect(await inspectPage(page, 'enable-repository-wrong')).toEqual([]);
    await page.getByLabel('Address of the repository').fill(gitward.git.url('mirror'));
    await press(page, 'Check');
    await found(page, 'The credential may push to it.');
    await found(page, 'Only those who were given access can read it.');
    expect(await inspectPage(page, 'enable-repository')).toEqual([]);
    await press(page, 'Next');

    await step(page, 'What is written there?');
    const mails = field(page, 'Who is told when it needs somebody');
    await mails.fill('nobody');
    await mails.press('Enter');
    await page.getByRole('switch', { name: 'Sample rows of tables' }).check();
    await press(page, 'Next');
    await wrong(page, 'Who is told when it needs somebody', '');
    await mails.press('Backspace');
    await mails.fill('ops@example.com');
    await mails.press('Enter');
    expect(await inspectPage(page, 'enable-contents')).toEqual([]);
    await press(page, 'Next');

    await step(page, 'This is what the first commit does');
    await page.getByText('1 extractor').first().waitFor();
    await page.getByRole('button', { name: /files added/ }).click();
    expect(await inspectPage(page, 'enable-preview')).toEqual([]);
    const kept = await page.evaluate<string>(
      'JSON.stringify({...sessionStorage, ...localStorage})',
    );
    expect(kept).toContain(gitward.git.url('mirror'));
    expect(kept).not.toContain(gitward.platform.token);
    expect(kept).not.toContain(gitward.git.credential?.password);
    await press(page, 'Enable the mirror');

    await page.waitForURL(`${gitward.url}/mirrors/${project}/1000`);
    await page.getByText('In step').first().waitFor();
    const [commit] = await gitward.repository.log();
    await page
      .getByText(commit?.sha.slice(0, 8) ?? 'no commit')
      .first()
      .waitFor();
    expect(await page.evaluate('sessionStorage.length')).toBe(0);
    const mirror = await gitward.call('GET', gitward.mirrorPath);
    expect(mirror).toMatchObject({
      samples: { enabled: true, rows: 20 },
      notify: { emails: ['ops@example.com'] },
    });
  });

  it('keeps what was given on the way back, over a reload, and in the address', async () => {
    await addProject(gitward);
    const { page } = await browser.open();
    await signIn(page, gitward);
    await page.goto(`${gitward.url}/enable?project=${project}&branch=1000`);
    await step(page, 'Which project?');
    await press(page, 'Next');
    await step(page, 'Where are the commits pushed to?');
    await page.getByLabel('Address of the repository').fill(gitward.git.url('mirror'));
    await page.getByLabel('Folder').fill('shop');
    await page.goBack();
    await step(page, 'Which project?');
    expect(await field(page, 'Choose a project').inputValue()).toContain(project);
    await page.goForward();
    await step(page, 'Where are the commits pushed to?');
    await page.reload();
    await step(page, 'Where are the commits pushed to?');
    expect(await page.getByLabel('Address of the repository').inputValue()).toBe(
      gitward.git.url('mirror'),
    );
    expect(await page.getByLabel('Folder').inputValue()).toBe('shop');
    // A step that cannot be shown yet leads to the one that is missing.
    await page.goto(`${gitward.url}/enable?step=preview`);
    await step(page, 'Where are the commits pushed to?');
  });

  it('replaces files that are there only for somebody who has looked at them', async () => {
    await addProject(gitward);
    const repository = await gitward.git.createRepository('taken');
    await repository.commit({ files: { 'configs/old.json': '{}', 'README.md': 'stays' } });
    const readOnly = await gitward.git.createRepository('read-only');
    await readOnly.git(['config', 'http.receivepack', 'false']);
    const credential = { name: 'git', username: 'gitward', origin: gitward.git.url('taken') };
    await gitward.call('POST', '/v1/credentials', {
      ...{ ...credential, token: gitward.git.credential?.password },
    });
    const { page } = await browser.open();
    await signIn(page, gitward);
    await page.goto(`${gitward.url}/enable?project=${project}`);
    await press(page, 'Next');
    await step(page, 'Where are the commits pushed to?');
    await page.getByLabel('Address of the repository').fill(gitward.git.url('read-only'));
    await press(page, 'Check');
    await found(page, 'Gitward may not push to it.');
    await page.getByRole('button', { name: 'Continue anyway' }).waitFor();
    await page.getByLabel('Address of the repository').fill(gitward.git.url('taken'));
    await press(page, 'Check');
    await found(page, 'Its branch main exists');
    await press(page, 'Next');
    await press(page, 'Next');
    await step(page, 'This is what the first commit does');
    await page.getByRole('button', { name: '1 file removed' }).click();
    await page.getByText('configs/old.json').waitFor();
    expect(await page.getByRole('button', { name: 'Enable the mirror' }).isDisabled()).toBe(true);
    expect(await inspectPage(page, 'enable-adoption')).toEqual([]);
    await page.getByLabel('I have looked at them.').check();
    await press(page, 'Enable the mirror');
    await page.waitForURL(`${gitward.url}/mirrors/${project}/1000`);
    await page.getByText('In step').first().waitFor();
    expect(
      (await repository.git(['ls-tree', '-r', '--name-only', 'main'])).toString(),
    ).not.toContain('old.json');
  });

  it('is done with the keyboard alone, from the palette', async () => {
    const { page } = await browser.open();
    await signIn(page, gitward);
    const repository = await gitward.git.createRepository('keyboard');
    const type = async (text: string) => page.keyboard.type(text);
    await page.keyboard.press('Control+K');
    await page.getByRole('dialog').waitFor();
    await type('Enable a mirror');
    await page.getByRole('dialog').getByText('Enable a mirror').waitFor();
    await page.keyboard.press('Enter');
    await step(page, 'Which project?');
    await tabTo(page, 'Address');
    await type(gitward.platform.url);
    await tabTo(page, 'Storage API token');
    await type(gitward.platform.token);
    await page.keyboard.press('Enter');
    await page.getByText(`This is project ${project}, `).waitFor();
    await tabTo(page, 'Next');
    await page.keyboard.press('Enter');
    await step(page, 'Where are the commits pushed to?');
    await tabTo(page, 'Address of the repository');
    await type(gitward.git.url('keyboard'));
    await tabTo(page, 'Token of the Git host');
    await type(gitward.git.credential?.password ?? '');
    await tabTo(page, 'User name');
    await type('gitward');
    await page.keyboard.press('Enter');
    await found(page, 'The credential may push to it.');
    await page.keyboard.press('Enter');
    await step(page, 'What is written there?');
    await tabTo(page, 'Sample rows of tables');
    await page.keyboard.press('Space');
    await tabTo(page, 'Next');
    await page.keyboard.press('Enter');
    await step(page, 'This is what the first commit does');
    await page.getByText('1 extractor').first().waitFor();
    await tabTo(page, 'Enable the mirror');
    await page.keyboard.press('Enter');
    await page.waitForURL(`${gitward.url}/mirrors/${project}/1000`);
    await page.getByText('In step').first().waitFor();
    expect(await repository.tip()).not.toBeNull();
  });

  it('is not offered to others, who are told whom to ask', async () => {
    const token = await gitward.token('operator');
    const { page } = await browser.open();
    await signIn(page, gitward, token);
    expect(await page.getByRole('link', { name: 'Enable a mirror' }).count()).toBe(0);
    await page.goto(`${gitward.url}/enable`);
    await page.getByText('Only an admin can enable a mirror').waitFor();
  });
});

async function addProject(gitward: TestGitward): Promise<void> {
  const { projectId: id, url, token } = gitward.platform;
  const source = { kind: 'keboola', url, token };
  await gitward.call('POST', '/v1/projects', { id, name: 'Shop', source });
}

/** Waits until a step is shown, whose heading has the focus. */
async function step(page: Page, title: string): Promise<void> {
  await page.getByRole('heading', { level: 2, name: title }).waitFor();
}

/** The field with this label; a list that opens has the same label. */
function field(page: Page, label: string): Locator {
  return page.getByLabel(label).and(page.locator('input'));
}

async function press(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).click();
}

/** Waits until something was found in the repository. */
async function found(page: Page, text: string): Promise<void> {
  await page.getByRole('status').getByText(text).waitFor();
}

/** Waits until a field is marked as wrong, has the focus, and says this. */
async function wrong(page: Page, label: string, text: string): Promise<void> {
  await field(page, label).and(page.locator('[aria-invalid="true"], [data-error] input')).waitFor();
  if (text !== '') await page.getByText(text).first().waitFor();
  await expect.poll(() => focused(page)).toContain(label);
}

/** The name of what has the focus, as its label or text says it. */
function focused(page: Page): Promise<string> {
  return page.evaluate<string>(`(() => {
    const element = document.activeElement;
    return [element?.labels?.[0]?.textContent, element?.getAttribute('aria-label'), element?.textContent]
      .find((name) => name)?.trim() ?? '';
  })()`);
}

/** Presses Tab until this has the focus; fails when it comes around without. */
async function tabTo(page: Page, name: string): Promise<void> {
  const seen: string[] = [];
  for (let presses = 0; presses < 60; presses += 1) {
    const now = await focused(page);
    if (now.startsWith(name)) return;
    seen.push(now);
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never reached "${name}", only: ${seen.join(' | ')}`);
}
