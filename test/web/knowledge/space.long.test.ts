import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { inBrowser } from '../../support/browser/in-browser.ts';
import { inspectPage } from '../../support/browser/inspect-page.ts';
import { heading, signIn } from '../../support/browser/sign-in.ts';
import type { GitRepository } from '../../support/git-repository.ts';
import { TestGitward } from '../../support/gitward.ts';

const ada = { name: 'Ada', email: 'ada@example.com' };
const root = 'knowledge';
/** How long something may take on a busy machine. */
const patience = { timeout: 30_000 };
/** More than a page of the API, and more than a screen by far. */
const count = 340;

function skill(id: string, title: string, more = ''): Record<string, string> {
  return {
    [`${root}/skills/${id}.md`]: `---\nid: ${id}\ntitle: ${title}\n${more}---\nText of ${title}.\n`,
  };
}

const caseStudies = JSON.stringify({
  ...{ title: 'Case study', type: 'object', properties: { title: { type: 'string' } } },
  'x-gitward': { folder: 'case-studies' },
});

inBrowser('a space', (browser) => {
  let gitward: TestGitward;
  let repository: GitRepository;
  let editor: string;
  beforeAll(async () => {
    gitward = await TestGitward.start();
    const files: Record<string, string> = {
      [`${root}/customers/acme.md`]:
        '---\nid: acme\nname: Acme\nregion: EMEA\ntier: gold\nowners:\n  - name: Ada\n    email: ada@example.com\n---\nWho they are.\n',
      [`${root}/customers/beta.md`]:
        '---\nid: beta\nname: Beta\nregion: APAC\nactive: perhaps\n---\nB.\n',
    };
    for (let at = 0; at < count; at += 1) {
      const number = String(at).padStart(3, '0');
      Object.assign(
        files,
        skill(
          `skill-${number}`,
          `Skill ${number}`,
          at % 2 === 0 ? 'owners: [Ada Long, Eva]\n' : '',
        ),
      );
    }
    repository = await gitward.createSpace('sales', files);
    editor = await gitward.token('editor', { kind: 'person', ...ada });
    await gitward.untilEntry('sales', 'acme', ({ syncStatus }) => syncStatus === 'synced');
  });
  afterAll(() => gitward.stop());

  it('tells at home what has changed and what needs one, as it happens; everything is read and sent at once', async () => {
    const { page } = await browser.open();
    await signIn(page, gitward);
    await page.goto(`${gitward.url}/spaces/sales`);
    await heading(page, 'sales');
    await page.getByText(/added 342 entries/).waitFor();
    await page.evaluate('window.isStillThisPage = true');
    const needs = page.getByRole('region', { name: 'What needs you' });
    await needs.getByText('1 entry is not valid').waitFor();
    await needs.getByText(/Beta: Line 5: /).waitFor();
    expect(await inspectPage(page, 'space-home')).toEqual([]);

    // A colleague and a push change the same field.
    const act = (verb: string) => gitward.call('POST', `/v1/spaces/sales/actions/${verb}`);
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByText('Paused', { exact: true }).waitFor();
    const { blob } = await gitward.call<{ blob: string }>('GET', '/v1/spaces/sales/entries/acme');
    const body = { base: blob, fields: { tier: 'diamond' } };
    await gitward.call('PUT', '/v1/spaces/sales/entries/acme', body, editor);
    await page.getByText('1 save', { exact: true }).waitFor();
    const path = `${root}/customers/acme.md`;
    const text = await repository.read(path);
    await repository.commit({
      files: { [path]: text.replace('tier: gold', 'tier: silver') },
      message: 'They are silver now',
      author: { name: 'Jan', email: 'jan@example.com' },
    });
    await page.getByRole('button', { name: 'Resume' }).click();
    await needs.getByText('1 entry needs a decision').waitFor();
    await needs.getByText('acme: Ada changed it here, and Jan in Git').waitFor();
    const changes = page.getByRole('region', { name: 'Recent changes' });
    await changes.getByText(/^Jan edited Acme/).waitFor();
    await changes.getByText('They are silver now').waitFor();
    const decide = await needs.getByRole('link', { name: 'acme' }).getAttribute('href');
    expect(decide).toMatch(/^\/spaces\/sales\/conflicts\/[0-9a-f-]{36}$/);

    // A kind of the space's own appears by itself.
    await repository.commit({
      files: {
        [`${root}/.schemas/case-study.json`]: caseStudies,
        [`${root}/case-studies/one.md`]: '---\nid: one\ntitle: The first\n---\nA story.\n',
      },
      message: 'Case studies',
    });
    const menu = page.getByRole('navigation', { name: 'Menu' });
    await menu.getByRole('link', { name: /^Case studies/ }).waitFor();

    await page.getByRole('button', { name: 'Sync from Git' }).click();
    const done = page.getByRole('list', { name: 'What was done before' });
    await done.getByText('Done').waitFor();
    await page.getByRole('button', { name: 'Export all' }).click();
    await expect.poll(() => done.getByText('Done').count(), patience).toBe(2);
    expect(await inspectPage(page, 'space-home-busy')).toEqual([]);
    expect(await page.evaluate('window.isStillThisPage')).toBe(true);
    await done.getByRole('link', { name: 'Show the result' }).last().click();
    await heading(page, 'Sync from Git');
    await page.getByText('Nothing went wrong.').or(page.getByText('1 entry')).first().waitFor();
    expect(await inspectPage(page, 'space-operation')).toEqual([]);
    await act('refresh');
  });

  it('lists what is in it: as one types, by status, owner and order, all of it in the address', async () => {
    const { page } = await browser.open();
    await page.goto(await gitward.signInLink(editor));
    await heading(page, 'Overview');
    await page.goto(`${gitward.url}/spaces/sales/kinds/skill`);
    await heading(page, 'Skills');
    await page.getByText('340 skills').waitFor();
    const table = page.getByRole('table', { name: 'Skills' });
    await table.getByRole('link', { name: 'Skill 000' }).waitFor();
    // To the end, and only what is on the screen is drawn.
    await expect
      .poll(async () => {
        await page.mouse.wheel(0, 20_000);
        return table.getByRole('link', { name: 'Skill 339' }).count();
      }, patience)
      .toBe(1);
    expect(await table.getByRole('row').count()).toBeLessThan(80);

    const search = page.getByRole('searchbox', { name: 'Search' });
    await search.pressSequentially('skill 33');
    await page.getByText('10 found', { exact: true }).waitFor();
    await expect.poll(() => new URL(page.url()).searchParams.get('q'), patience).toBe('skill 33');
    expect(await inspectPage(page, 'entries')).toEqual([]);
    await table.getByRole('button', { name: 'Name' }).click();
    await expect.poll(() => firstRow(page), patience).toContain('Skill 339');
    expect(new URL(page.url()).searchParams.get('sort')).toBe('-title');
    await table.getByRole('button', { name: 'Ada Long' }).first().click();
    await page.getByText('5 found', { exact: true }).waitFor();
    await page.reload();
    await page.getByText('5 found', { exact: true }).waitFor();
    expect(await search.inputValue()).toBe('skill 33 owners:"Ada Long"');
    await page.goBack();
    await page.getByText('10 found', { exact: true }).waitFor();
    await search.fill('nothing like this');
    await page.getByText('Nothing matches').waitFor();
    expect(await inspectPage(page, 'entries-nothing')).toEqual([]);
    await page.getByRole('button', { name: 'Show all' }).click();
    await page.getByText('340 skills').waitFor();

    // What somebody pushes is there by itself.
    await repository.commit({ files: skill('skill-339', 'Skill 339, better'), message: 'Better' });
    await page.getByRole('link', { name: 'Skill 339, better' }).waitFor();

    await page.goto(`${gitward.url}/spaces/sales/entries?status=conflict`);
    await heading(page, 'All entries');
    await page.getByRole('link', { name: 'Acme' }).waitFor();
    await page.getByText('1 found', { exact: true }).waitFor();
    await page.getByText('Needs your decision').first().waitFor();
    await page.getByText('Mine', { exact: true }).click();
    await expect
      .poll(() => new URL(page.url()).searchParams.get('q'), patience)
      .toBe('owners.email:"ada@example.com"');
    await page.getByRole('link', { name: 'Acme' }).waitFor();
    await page.goto(`${gitward.url}/spaces/sales/kinds/document`);
    await page.getByText('There are no documents yet').waitFor();
    expect(await inspectPage(page, 'entries-empty')).toEqual([]);
  });

  it('lets one change and remove several at once, with the keyboard alone', async () => {
    const { page } = await browser.open();
    await page.goto(await gitward.signInLink(editor));
    await heading(page, 'Overview');
    await page.goto(`${gitward.url}/spaces/sales/kinds/skill?q=skill+10`);
    await page.getByText('10 found', { exact: true }).waitFor();
    await tabTo(page, 'Choose all that are shown');
    await page.keyboard.press('Space');
    await page.getByRole('region', { name: '10 chosen' }).waitFor();
    expect(await inspectPage(page, 'entries-chosen')).toEqual([]);
    await tabTo(page, 'Change a field');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Change 10 entries' }).waitFor();
    const dialog = page.getByRole('dialog');
    expect(await dialog.getByLabel('Field').and(page.locator('input')).inputValue()).toBe('active');
    await tabTo(page, 'Value');
    await page.keyboard.press('ArrowDown');
    await dialog.getByRole('option', { name: 'Yes' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await tabTo(page, 'Change a field');
    await page.keyboard.press('Enter');
    await dialog.getByText('10 entries were changed.').waitFor();
    expect(await inspectPage(page, 'entries-changed')).toEqual([]);
    await tabTo(page, 'Close');
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await gitward.untilEntry(
      'sales',
      'skill-100',
      ({ fields, syncStatus }) => fields.active !== undefined && syncStatus === 'synced',
    );
    await page.getByLabel('Choose Skill 100').check();
    await page.getByLabel('Choose Skill 101').check();
    await page.getByRole('button', { name: 'Remove' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await page.getByRole('dialog').getByText('2 entries were removed.').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
    await page.getByText('8 found', { exact: true }).waitFor();
  });

  it('offers a reader nothing that they may not do', async () => {
    const { page } = await browser.open();
    const reader = await gitward.token('reader', {
      ...{ kind: 'person', name: 'Rea', email: 'rea@example.com' },
      spaces: [{ space: 'sales', kinds: ['skill'], role: 'reader' }],
    });
    await page.goto(await gitward.signInLink(reader));
    await heading(page, 'Overview');
    await page.goto(`${gitward.url}/spaces/sales`);
    await heading(page, 'sales');
    const changes = page.getByRole('region', { name: 'Recent changes' });
    await changes.getByText(/added 340 entries/).waitFor();
    for (const name of ['Pause', 'New entry', 'Sync from Git'])
      expect(await page.getByRole('button', { name }).count()).toBe(0);
    expect(await page.getByText('Acme').count()).toBe(0);
    await page.goto(`${gitward.url}/spaces/sales/kinds/skill`);
    await page.getByRole('link', { name: 'Skill 002' }).waitFor();
    expect(await page.getByRole('checkbox', { name: /^Choose/ }).count()).toBe(0);
    await page.goto(`${gitward.url}/spaces/sales/kinds/customer`);
    await page.getByText('There is no such kind here').waitFor();
  });
});

function firstRow(page: Page): Promise<string> {
  return page.getByRole('row').nth(1).innerText();
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
  for (let presses = 0; presses < 120; presses += 1) {
    const now = await focused(page);
    if (now.startsWith(name)) return;
    seen.push(now);
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never reached "${name}", only: ${seen.join(' | ')}`);
}
