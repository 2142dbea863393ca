import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { texts } from '../../../web/texts/index.ts';
import { inBrowser } from '../../support/browser/in-browser.ts';
import { inspectPage } from '../../support/browser/inspect-page.ts';
import { heading, signIn } from '../../support/browser/sign-in.ts';
import { TestGitward } from '../../support/gitward.ts';

const { templates: words, entry } = texts;
const offer = `---
id: offer
name: Offer
type: document
variables:
  customer: The customer's name
  total: { description: With its currency, default: 0 EUR }
  until: { type: date, required: false }
  urgent: { type: boolean }
  items: { type: list, required: true }
---
# An offer for {{customer}}

{{> terms}}

{{#urgent}}
Today, please.
{{/urgent}}
{{#items}}
- {{name}} for {{price}}
{{/items}}

**{{total}}** <script>alert(1)</script>
`;
const pitch = `---
id: pitch
name: Pitch
type: slide_deck
presentationId: 1AbCdEf
variables:
  customer: Whom we meet
---
# {{customer}} and us

What we saw.

- Why
  - Because

Notes: smile at {{customer}}

# Next
`;

inBrowser('templates', (browser) => {
  let gitward: TestGitward;
  beforeAll(async () => {
    gitward = await TestGitward.start();
    await gitward.createSpace('sales', {
      'knowledge/templates/documents/offer.md': offer,
      'knowledge/templates/slides/pitch.md': pitch,
      'knowledge/skills/terms.md': '---\nid: terms\ntitle: Terms\n---\nPaid in 30 days.\n',
    });
    await gitward.untilEntry('sales', 'offer', ({ syncStatus }) => syncStatus === 'synced');
  });
  afterAll(() => gitward.stop());

  it('are filled by a form while one looks, and copied and downloaded when nothing is missing', async () => {
    const { page, complaints } = await browser.open();
    complaints.allow(/422 POST .*\/fill/);
    await signIn(page, gitward, await gitward.token('reader'));
    await page.goto(`${gitward.url}/spaces/sales/entries/offer`);
    await heading(page, 'Offer');
    await page.getByRole('tab', { name: words.fill }).click();
    const result = page.getByRole('region', { name: words.result });
    await result.getByRole('heading', { name: 'An offer for Customer' }).waitFor();
    await page.getByText(words.missing('Customer, Items')).waitFor();
    expect(await page.getByLabel('Total').inputValue()).toBe('0 EUR');
    const download = result.getByRole('button', { name: words.download });
    expect(await download.isDisabled()).toBe(true);
    expect(await inspectPage(page, 'template-missing')).toEqual([]);

    // With the keyboard: the fields follow each other.
    await page.getByRole('textbox', { name: 'Customer' }).focus();
    await page.keyboard.type('Acme');
    await page.keyboard.press('Tab');
    await page.keyboard.press('End');
    await page.keyboard.type(' a year');
    await page.getByRole('switch', { name: 'Urgent' }).focus();
    await page.keyboard.press('Space');
    await page.getByRole('button', { name: `${entry.add}: Items` }).focus();
    await page.keyboard.press('Enter');
    await page.getByLabel('Name').fill('A seat');
    await page.getByText('has no "price"').waitFor();
    await page.getByText(words.refused).waitFor();
    await page.getByLabel('Price').fill('9 EUR');
    await result.getByRole('heading', { name: 'An offer for Acme' }).waitFor();
    await result.getByText('A seat for 9 EUR').waitFor();
    await result.getByText('Today, please.').waitFor();
    await result.getByText('0 EUR a year').waitFor();
    await result.getByText('Paid in 30 days.').waitFor();
    expect(await page.locator('main script').count()).toBe(0);
    expect(await inspectPage(page, 'template-filled')).toEqual([]);

    const [file] = await Promise.all([page.waitForEvent('download'), download.click()]);
    expect(file.suggestedFilename()).toBe('offer.md');
    const filled =
      '# An offer for Acme\n\nPaid in 30 days.\n\nToday, please.\n- A seat for 9 EUR\n\n**0 EUR a year** <script>alert(1)</script>\n';
    expect(await readFile(await file.path(), 'utf8')).toBe(filled);
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByRole('button', { name: 'Copy: offer.md' }).click();
    await page.getByRole('button', { name: 'Copied: offer.md' }).waitFor();
    expect(await page.evaluate<string>('navigator.clipboard.readText()')).toBe(filled);
    await result.getByText(words.looks.source, { exact: true }).click();
    await result.getByText('**0 EUR a year**').waitFor();
  });

  it('of slides are shown slide by slide', async () => {
    const { page } = await browser.open();
    await signIn(page, gitward);
    await page.goto(`${gitward.url}/spaces/sales/entries/pitch?tab=fill`);
    await page.getByRole('textbox', { name: 'Customer' }).fill('Acme');
    const slides = page.getByRole('list', { name: words.looks.slides });
    await slides.getByRole('heading', { name: 'Acme and us' }).waitFor();
    await slides.getByText('smile at Acme').waitFor();
    await slides.getByRole('heading', { name: 'Next' }).waitFor();
    await slides.locator('li li li').getByText('Because').waitFor();
    await page.getByText('1AbCdEf').waitFor();
    expect(await inspectPage(page, 'template-slides')).toEqual([]);
    // A tab that its kind does not have is none.
    await page.goto(`${gitward.url}/spaces/sales/entries/terms?tab=fill`);
    await heading(page, 'Terms');
    expect(await page.getByRole('tab', { name: words.fill }).count()).toBe(0);
  });
});
