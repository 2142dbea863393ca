import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { inBrowser } from '../../support/browser/in-browser.ts';
import { inspectPage } from '../../support/browser/inspect-page.ts';
import { heading } from '../../support/browser/sign-in.ts';
import { TestGitward } from '../../support/gitward.ts';

const table = [
  'Customer ID,Company,Tier,Active,Notes,Story',
  'acme,Acme,gold,yes,secret,# What they do',
  'beta,Beta,silver,no,secret,Who they are',
  'gamma,Gamma,gold,,secret,"=HYPERLINK(""x"")"',
  '=odd(),Odd,gold,perhaps,secret,x',
  '',
].join('\n');

inBrowser('an import', (browser) => {
  let gitward: TestGitward;
  let folder: string;
  let eva: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gitward-import-'));
    gitward = await TestGitward.start();
    await gitward.createSpace('sales', {
      'knowledge/customers/acme.md': '---\nid: acme\nname: Acme\ntier: silver\n---\nAs it was.\n',
      'knowledge/skills/one.md': '---\nid: one\ntitle: One\n---\nOne.\n',
    });
    await gitward.untilEntry('sales', 'acme', ({ syncStatus }) => syncStatus === 'synced');
    const person = { kind: 'person', name: 'Eva', email: 'eva@example.com' };
    eva = await gitward.token('editor', person);
  });
  afterAll(async () => {
    await gitward.stop();
    await rm(folder, { recursive: true, force: true });
  });

  async function open(page: Page, path: string): Promise<void> {
    await page.goto(await gitward.signInLink(eva));
    await heading(page, 'Overview');
    await page.goto(`${gitward.url}${path}`);
  }

  it('of a table is dropped, mapped, tried and done; what is wrong in it is downloaded', async () => {
    const { page } = await browser.open();
    await open(page, '/spaces/sales/kinds/customer');
    await page.getByRole('link', { name: 'Import' }).click();
    await heading(page, 'Import');
    expect(await inspectPage(page, 'import')).toEqual([]);
    await drop(page, 'old.csv', new Uint8Array([0x61, 0xe4]));
    await page.getByRole('alert').getByText('old.csv is not UTF-8').waitFor();
    await drop(page, 'customers.csv', table);

    // What the names say is there already, and the kind came from the list.
    await expect.poll(() => goesTo(page, 'Customer ID')).toBe('to id');
    expect(await goesTo(page, 'Tier')).toBe('to tier');
    expect(await goesTo(page, 'Company')).toBe('own');
    await choose(page, 'Company', 'tier');
    await page.getByText('“Company” goes there, too: leave one of them out.').waitFor();
    expect(await page.getByRole('button', { name: 'Preview the changes' }).isDisabled()).toBe(true);
    await choose(page, 'Company', 'name');
    await choose(page, 'Notes', 'Leave it out');
    await choose(page, 'Story', 'The text');
    const rows = page.getByRole('table', { name: 'The first rows, as they will be' });
    await rows.getByRole('row').filter({ hasText: 'What they do' }).getByText('gold').waitFor();
    expect(await rows.getByText('secret').count()).toBe(0);
    expect(await inspectPage(page, 'import-table')).toEqual([]);

    await page.getByRole('button', { name: 'Preview the changes' }).click();
    const result = page.getByRole('region', { name: 'What would change' });
    await result.getByRole('heading', { name: '1 item failed' }).waitFor();
    await result.getByText(/line 5: \/active/).waitFor();
    await result.getByRole('heading', { name: '2 entries would be new' }).waitFor();
    await result.getByRole('link', { name: 'acme' }).waitFor();
    expect(await inspectPage(page, 'import-tried')).toEqual([]);
    const { text } = await gitward.call<{ text: string }>('GET', '/v1/spaces/sales/entries/acme');
    expect(text).toContain('silver');

    await result.getByRole('button', { name: 'Import 3 entries' }).click();
    await page.waitForURL(/\/operations\/[0-9a-f-]{36}$/);
    await page.getByText('2 entries are new', { exact: false }).waitFor();
    const troubles = page.getByRole('region', { name: 'What somebody has to look at' });
    await troubles.getByText(/line 5: /).waitFor();
    expect(await inspectPage(page, 'import-done')).toEqual([]);
    const downloading = page.waitForEvent('download');
    await troubles.getByRole('button', { name: 'Download as CSV' }).click();
    const download = await downloading;
    expect(download.suggestedFilename()).toBe('sales-errors.csv');
    const csv = await readFile(await download.path(), 'utf8');
    expect(csv).toMatch(/^\ufeffItem,Line,Outcome,What is wrong,Entry\n'=odd\(\),line 5,failed,/);

    const acme = await gitward.untilEntry('sales', 'acme', (one) => one.text.includes('gold'));
    expect(acme.text).toContain('# What they do');
    expect(acme.text).not.toContain('secret');
    await page.goto(`${gitward.url}/spaces/sales`);
    const done = page.getByRole('list', { name: 'What was done before' });
    await done.getByText('Import, only tried').waitFor();
    await page.getByRole('link', { name: 'Import', exact: true }).waitFor();
    expect(await page.getByRole('button', { name: 'Sync from Git' }).count()).toBe(0);
  });

  it('of a folder takes the Markdown in it, and says what is left out and why', async () => {
    const given = join(folder, 'handbook');
    for (const [name, content] of [
      ['skills/two.md', '---\ntitle: Two\n---\nTwo.\n'],
      ['skills/photo.png', 'x'],
      ['notes/three.md', '---\ntitle: Three\n---\nThree.\n'],
      ['.git/config', 'x'],
    ] as const) {
      await mkdir(join(given, name, '..'), { recursive: true });
      await writeFile(join(given, name), content);
    }
    const { page } = await browser.open();
    await open(page, '/spaces/sales/import');
    const choosing = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Choose a folder' }).press('Enter');
    await (await choosing).setFiles(given);
    await page.getByText('2 files', { exact: true }).waitFor();
    await page.getByText('handbook/skills/photo.png: it is not Markdown').waitFor();
    await page.getByRole('button', { name: 'Preview the changes' }).click();
    const result = page.getByRole('region', { name: 'What would change' });
    await result.getByText(/notes\/three\.md: Its folder does not belong to a kind/).waitFor();
    // Whoever says what it is has to look again.
    await page.getByRole('combobox', { name: 'What files in other folders are' }).click();
    await page.getByRole('option', { name: 'Skills' }).click();
    await expect.poll(() => new URL(page.url()).searchParams.get('kind')).toBe('skill');
    await page.getByRole('button', { name: 'Preview the changes' }).click();
    await result.getByRole('heading', { name: '2 entries would be new' }).waitFor();
    expect(await inspectPage(page, 'import-folder')).toEqual([]);
    await result.getByRole('button', { name: 'Import 2 entries' }).click();
    await page.getByText('2 entries are new', { exact: false }).waitFor();
    await page.getByText('Nothing went wrong.').waitFor();
  });

  it('has next to it the tokens with which somebody approves at a host in their own name', async () => {
    const { page } = await browser.open();
    await open(page, '/spaces/sales');
    await page.getByRole('navigation').getByRole('link', { name: 'Host tokens' }).click();
    await heading(page, 'Host tokens');
    await page.getByText('You have no token of a host').waitFor();
    expect(await inspectPage(page, 'host-tokens-none')).toEqual([]);
    await page.getByRole('button', { name: 'Add a token' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Host', { exact: false }).first().fill('git.example.com');
    await dialog.getByLabel('Token', { exact: false }).first().fill('a-secret-of-evas');
    expect(await inspectPage(page, 'host-tokens-new')).toEqual([]);
    await dialog.getByRole('button', { name: 'Store it' }).click();
    const list = page.getByRole('table', { name: 'Host tokens' });
    await list.getByText('https://git.example.com').waitFor();
    await page.reload();
    await list.getByText('In use').waitFor();
    expect(await page.content()).not.toContain('a-secret-of-evas');
    expect(await inspectPage(page, 'host-tokens')).toEqual([]);
    await list.getByRole('button', { name: /^Remove the token/ }).click();
    await dialog.getByRole('button', { name: 'Remove it' }).click();
    await page.getByText('You have no token of a host').waitFor();
    expect(await gitward.call('GET', '/v1/me/host-tokens', undefined, eva)).toEqual({ items: [] });
  });
});

/** Drops a file on the page, as from a folder of the desktop. */
async function drop(page: Page, name: string, content: string | Uint8Array): Promise<void> {
  const bytes = JSON.stringify([...Buffer.from(content)]);
  await page.evaluate(`{
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([new Uint8Array(${bytes})], ${JSON.stringify(name)}));
    for (const type of ['dragover', 'drop'])
      window.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
  }`);
}

/** Where a column goes, as the choice in the page has it. */
async function goesTo(page: Page, column: string): Promise<string> {
  return page.getByLabel(`Where “${column}” goes`).inputValue();
}

async function choose(page: Page, column: string, label: string): Promise<void> {
  await page.getByLabel(`Where “${column}” goes`).selectOption({ label });
}
