import { beforeAll, describe, expect, it } from 'vitest';
import { spaceWithHistory } from './space-with-history.ts';

const { api, push } = await spaceWithHistory();
const fill = (id: string, values: object, query = '') =>
  api.call('POST', `/v1/spaces/sales/templates/${id}/fill${query}`, { values });

const offer = `---
id: offer
name: Offer
type: document
variables:
  customer: The customer's name
  total: { description: With its currency, default: 0 EUR }
  urgent: { type: boolean }
  items: { type: list, required: true }
---
# An offer for {{customer}}

{{> terms}}

{{#urgent}}
Today, please.
{{/urgent}}
{{#items}}
- {{.}}
{{/items}}

{total} for {nobody}
`;
const deck = `---
id: pitch
name: Pitch
type: slide_deck
presentationId: 1AbC
slideIds: [a, b]
variables:
  customer: Whom we meet
---
# {{customer}} and us

- Why

Notes: smile at {{customer}}

# Next
`;
const terms = (text: string) => `---\nid: terms\ntitle: Terms\n---\n${text}\n`;
let first = '';

beforeAll(async () => {
  first = await push(
    { 'templates/documents/offer.md': offer, 'skills/terms.md': terms('Old terms of {customer}.') },
    9,
  );
  await push({ 'skills/terms.md': terms('Terms.'), 'templates/slides/pitch.md': deck }, 3);
});

describe('a template with four variables', () => {
  const values = { customer: 'Acme', items: ['one', 'two'], urgent: true };

  it('is filled', async () => {
    const { status, body } = await fill('offer', values);
    expect([status, body.body]).toEqual([
      200,
      '# An offer for Acme\n\nTerms.\n\nToday, please.\n- one\n- two\n\n0 EUR for {nobody}\n',
    ]);
    expect(body).toMatchObject({ kind: 'document-template', outline: null, includes: [{ id: 'terms' }] }); // prettier-ignore
  });

  it('is filled as it was in an earlier commit, with what it included then', async () => {
    const { body } = await fill('offer', values, `?at=${first}`);
    expect(body.body).toContain('\n\nOld terms of Acme.\n\n');
    expect(body).toMatchObject({ commit: first, includes: [{ commit: first }] });
  });

  it('says what it can be filled with, and what its list has, also as it was', async () => {
    const path = '/v1/spaces/sales/templates/offer/variables';
    const { status, body } = await api.call('GET', path, undefined, await api.token({ role: 'agent' })); // prettier-ignore
    const plain = { description: null, required: false, default: null, fields: [] };
    expect([status, body]).toMatchObject([
      200,
      {
        ...{ id: 'offer', environment: null },
        variables: [
          { name: 'customer', description: "The customer's name", type: 'text', required: true, default: null, fields: [] }, // prettier-ignore
          { ...plain, name: 'total', description: 'With its currency', type: 'text', default: '0 EUR' }, // prettier-ignore
          { ...plain, name: 'urgent', type: 'boolean' },
          { ...plain, name: 'items', type: 'list', required: true },
        ],
      },
    ]);
    expect((await api.call('GET', `${path}?at=${first}`)).body.commit).toBe(first);
    expect((await api.call('GET', '/v1/spaces/sales/templates/terms/variables')).status).toBe(404);
  });

  it('names what is missing, unknown or of the wrong type', async () => {
    const { body } = await fill('offer', { items: 'one', urgent: 1, who: 'x' });
    expect(body).toMatchObject({ status: 422, code: 'values_refused' });
    expect(body.errors).toEqual([
      { pointer: '/values/customer', message: "is missing (The customer's name)" },
      { pointer: '/values/urgent', message: 'must be true or false' },
      { pointer: '/values/items', message: 'must be a list' },
      {
        pointer: '/values/who',
        message: 'is no variable here: there are customer, total, urgent, items',
      },
    ]);
    expect(body.detail).toContain("/values/customer is missing (The customer's name).");
  });
});

it('of a slide deck has an outline by slide, with the id of the original', async () => {
  const { body } = await fill('pitch', { customer: 'Acme' });
  expect(body.outline).toEqual({
    presentationId: '1AbC',
    slideIds: ['a', 'b'],
    slides: [
      {
        title: 'Acme and us',
        text: '',
        bullets: [{ level: 0, text: 'Why' }],
        notes: 'smile at Acme',
      },
      { title: 'Next', text: '', bullets: [], notes: '' },
    ],
  });
});

it('that is broken says where, and one that is none is not found', async () => {
  await push({ 'templates/documents/offer.md': `${offer}{{#urgent}}\n` });
  const { body } = await fill('offer', { customer: 'A', items: [] });
  expect(body).toMatchObject({ status: 422, code: 'template_broken' });
  expect(body.detail).toContain('{{#urgent}} is not closed');
  await push({ 'templates/documents/offer.md': offer.replace('type: boolean', 'type: bool') });
  expect((await fill('offer', {})).body.detail).toContain('/variables/urgent/type is "bool"');
  expect((await fill('terms', {})).body.detail).toBe(
    'terms is no slide-template or document-template: it is of the kind skill.',
  );
});
