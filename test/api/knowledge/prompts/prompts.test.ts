import { beforeAll, describe, expect, it, test } from 'vitest';
import { spaceWithHistory } from './space-with-history.ts';

const { api, push } = await spaceWithHistory();

const call = (path: string, body?: unknown, token?: string) =>
  api.call(body === undefined ? 'GET' : 'POST', `/v1/spaces/sales/${path}`, body, token);

const prompt = (concise: string) => `---
id: first-call
name: First call
category: sales
variants: [concise, detailed, missing]
variables:
  customer: The customer's name
  seats: { type: number, default: 1 }
---

Before.

## Concise

${concise}

## Detailed

{{> facts}}
`;

const block = (id: string, order: number | null, text: string, more = '') =>
  `---\nid: ${id}\nname: ${id}\ncategory: sales\nsortOrder: ${order ?? ''}\n${more}---\n\n${text}\n\n`;

const shas: string[] = [];
const paths = {
  prompt: 'prompts/system/first-call.md',
  tone: 'prompts/blocks/tone.md',
  facts: 'prompts/blocks/facts.md',
};

beforeAll(async () => {
  shas.push(
    await push(
      {
        [paths.prompt]: prompt('Sell {{seats}} to {{customer}}.'),
        [paths.tone]: block('tone', 2, 'Old tone.'),
        [paths.facts]: block('facts', 1, 'Old facts of {{customer}}.'),
      },
      30,
    ),
    await push({ 'README.md': 'Nothing of the space.' }, 20),
    await push(
      {
        [paths.prompt]: prompt('Ask {{customer}} first.'),
        [paths.tone]: block('tone', 1, 'Plain words.'),
        [paths.facts]: block('facts', 2, 'Facts of {{customer}}.'),
        'prompts/blocks/off.md': block('off', 0, 'Off.', 'active: false\n'),
        'prompts/blocks/other.md': block('other', 0, 'Other.').replace('sales', 'style'),
        'skills/sql.md': '---\nid: sql\ntitle: SQL\n---\nSelect.\n',
      },
      10,
    ),
  );
});

describe('a prompt', () => {
  it('is shown as it is, or only a variant of it', async () => {
    const { body: whole } = await call('prompts/first-call');
    expect(whole).toMatchObject({
      ...{ id: 'first-call', kind: 'system-prompt', title: 'First call', commit: shas[2] },
      ...{ variant: null, variants: ['concise', 'detailed', 'missing'] },
    });
    expect(whole.body).toContain('Before.\n\n## Concise');
    const { body } = await call('prompts/first-call?variant=concise');
    expect(body).toMatchObject({ variant: 'concise', body: 'Ask {{customer}} first.\n' });
    expect(body.blob).toBe(whole.blob);
  });

  it('says which variants there are, and what is wrong with one', async () => {
    expect((await call('prompts/first-call?variant=terse')).body).toMatchObject({
      ...{ status: 404, code: 'variant_not_found' },
      detail: 'The prompt has no variant "terse". It has "concise", "detailed", "missing".',
    });
    expect((await call('prompts/first-call?variant=missing')).body).toMatchObject({
      ...{ status: 422, code: 'variant_broken' },
    });
  });

  it('is only found if it is one, and may be read', async () => {
    expect((await call('prompts/sql')).body).toMatchObject({
      ...{ status: 404, code: 'entry_not_found' },
      detail: 'sql is no system-prompt: it is of the kind skill.',
    });
    expect((await call('prompts/nosuch')).status).toBe(404);
    expect((await call('prompts/a%00b?at=1w')).status).toBe(404);
    const skills = await api.token({
      role: 'reader',
      spaces: [{ space: 'sales', kinds: ['skill'], role: 'reader' }],
    });
    for (const path of ['prompts/first-call', `prompts/first-call?at=${shas[0]}`, 'prompts/sql'])
      expect((await call(path, undefined, skills)).status).toBe(404);
  });
});

describe('rendering', () => {
  it('joins the variant, its includes and the active blocks in sortOrder, and fills the variables', async () => {
    const asked = { variant: 'concise', values: { customer: 'Acme {{seats}}' } };
    const { status, body } = await call('prompts/first-call/render', asked);
    expect([status, body.body]).toEqual([
      200,
      'Ask Acme {{seats}} first.\n\nPlain words.\n\nFacts of Acme {{seats}}.\n',
    ]);
    expect(body).toMatchObject({
      variant: 'concise',
      blocks: [{ id: 'tone', commit: shas[2] }, { id: 'facts' }],
      includes: [],
    });
  });

  it('does not repeat a block that the text includes', async () => {
    const asked = { variant: 'detailed', values: { customer: 'Acme' } };
    const { body } = await call('prompts/first-call/render', asked);
    expect(body.body).toBe('Facts of Acme.\n\nPlain words.\n');
    expect(body).toMatchObject({ blocks: [{ id: 'tone' }], includes: [{ id: 'facts' }] });
  });

  it('says what a variant can be filled with, also by what is in it', async () => {
    await push({ [paths.facts]: block('facts', 2, 'Facts.', 'variables: { city: Where }\n') }, 5);
    const names = async (query: string) => {
      const { body } = await call(`prompts/first-call/variables${query}`);
      const { variables } = body as { variables: { name: string; default: unknown }[] };
      return variables.map(({ name, default: preset }) => [name, preset]);
    };
    const own = [
      ['customer', null],
      ['seats', 1],
    ];
    expect(await names('?variant=concise')).toEqual([...own, ['city', null]]);
    expect(await names(`?variant=concise&at=${String(shas[2])}`)).toEqual(own);
    await push({ [paths.facts]: block('facts', 2, 'Facts of {{customer}}.') }, 4);
    const broken = await call('prompts/first-call/variables?variant=missing');
    expect([broken.status, broken.body.code]).toEqual([422, 'variant_broken']);
  });

  it('names every wrong value at once', async () => {
    const { body } = await call('prompts/first-call/render', {
      values: { seats: 'two', size: 1 },
    });
    expect(body).toMatchObject({ status: 422, code: 'values_refused' });
    expect(body.errors).toEqual([
      { pointer: '/values/customer', message: "is missing (The customer's name)" },
      { pointer: '/values/seats', message: 'must be a number' },
      { pointer: '/values/size', message: 'is no variable here: there are customer, seats' },
    ]);
    expect((await call('prompts/first-call/render', { valuse: {} })).status).toBe(400);
  });

  it('may name its blocks, which must be there', async () => {
    const named = prompt('x').replace('category: sales', 'blocks: [other, facts, nosuch]');
    await push({ [paths.prompt]: named });
    const asked = { variant: 'concise', values: { customer: 'A' } };
    const { body } = await call('prompts/first-call/render', asked);
    expect(body).toMatchObject({ status: 422, code: 'blocks_missing' });
    expect(body.detail).toContain('may not read: nosuch.');
    await push({ [paths.prompt]: named.replace(', nosuch', '') });
    const { body: fine } = await call('prompts/first-call/render', asked);
    expect(fine.body).toBe('x\n\nOther.\n\nFacts of A.\n');
    await push({ [paths.prompt]: prompt('Ask {{customer}} first.') });
  });
});

describe('at an earlier commit', () => {
  const asked = { variant: 'concise', values: { customer: 'Acme' } };
  const old = 'Sell 1 to Acme.\n\nOld facts of Acme.\n\nOld tone.\n';

  it('everything is as it was there: text, blocks, their order and what is included', async () => {
    for (const at of [shas[0], shas[0]?.slice(0, 8), shas[1], '15d']) {
      const { body } = await call(`prompts/first-call/render?at=${at}`, asked);
      expect(body.body, at).toBe(old);
      expect(body).toMatchObject({ commit: shas[0], blocks: [{ commit: shas[0] }, {}] });
    }
    const detailed = { ...asked, variant: 'detailed' };
    const { body } = await call(`prompts/first-call/render?at=${shas[0]}`, detailed);
    expect(body.body).toBe('Old facts of Acme.\n\nOld tone.\n');
    const { body: shown } = await call(`prompts/first-call?at=${shas[0]}&variant=concise`);
    expect(shown.body).toBe('Sell {{seats}} to {{customer}}.\n');
  });

  test('that is not on the branch, or before everything, is said', async () => {
    const { body } = await call(`prompts/first-call?at=${'0'.repeat(40)}`);
    expect(body).toMatchObject({ status: 404, code: 'version_not_found' });
    expect(body.detail).toContain(`has no commit ${'0'.repeat(40)}`);
    expect((await call('prompts/first-call?at=5y')).body.code).toBe('version_not_found');
    expect((await call('prompts/first-call?at=nonsense')).body.code).toBe('invalid_request');
    expect((await call(`prompts/other?at=${shas[0]}`)).body.code).toBe('entry_not_found');
  });
});
