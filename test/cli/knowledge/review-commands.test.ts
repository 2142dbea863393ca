import { describe, expect, test } from 'vitest';
import type { Answer } from '../../../cli/client/answers.ts';
import { recordedApi } from './recorded-api.ts';

const { asked, answers, answer, knowledge } = await recordedApi();

const time = '2026-03-01T12:00:00Z';
const space = '/v1/spaces/sales';
const pullRequest = { number: 7, url: 'https://git.example.com/sales/pulls/7', host: 'Gitea' };
const link = { number: 12, title: 'Iron for Acme', state: 'open' as const, pullRequest };
const inReview = 'In review: #12 https://git.example.com/sales/pulls/7: Iron for Acme\n';
const kinds = [{ name: 'customer', format: 'markdown', titleField: 'name', schema: {} }];
const entry = { id: 'acme', kind: 'customer', fields: {}, blob: 'b1' };
const id = '5f6d3b0a-0000-4000-8000-000000000001';
const draft: Answer<'GET /v1/spaces/:space/drafts/:draft'> = {
  ...{ id, entry: 'acme', kind: 'customer', action: 'edit', title: 'Acme', base: 'b1' },
  ...{ changeSet: null, revision: 3, createdAt: time, updatedAt: time, slug: null },
  fields: { name: 'Acme', region: 'LATAM' },
  body: 'Half.\n',
  text: '---\nid: acme\nname: Acme\nregion: LATAM # why\n---\nHalf.\n',
  problems: [],
  outdated: false,
  needs: null,
};
const newDraft = /^PUT \/v1\/spaces\/sales\/drafts\/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function answerDrafts(...items: unknown[]): void {
  answer(`GET ${space}/drafts?limit=200`, { items, nextCursor: null });
}

describe('a save that others have to approve', () => {
  test.each([
    [
      'edit',
      ['edit', 'sales', 'acme', '--set', 'tier=iron', '--wait'],
      'PUT /entries/acme?wait=commit',
    ],
    ['add', ['add', 'sales', 'customer', '--title', 'Acme'], 'POST /entries'],
    ['move', ['move', 'sales', 'acme', 'acme-inc'], 'POST /entries/acme/actions/move'],
    ['restore', ['restore', 'sales', 'acme', 'abcd'], 'POST /entries/acme/actions/restore'],
    ['remove', ['remove', 'sales', 'acme'], 'DELETE /entries/acme?base=b1'],
  ])('says so, and where: %s', async (_, args, route) => {
    answer(`GET ${space}`, { kinds });
    answer(`GET ${space}/entries/acme`, entry);
    const what = route.replace(' ', ` ${space}`);
    answers.set(what, [{ status: 202, body: { review: link } }]);
    const ran = await knowledge(args);
    expect(ran).toMatchObject({ code: 0, error: '' });
    expect(ran.out).toContain(inReview);
    expect(ran.out).toContain('gitward knowledge reviews show sales 12\n');
    expect(asked.filter((one) => one.what === what)).toHaveLength(1);
    expect(JSON.parse((await knowledge([...args, '--json'])).out)).toEqual({ review: link });
  });
});

describe('drafts', () => {
  test('are listed, shown with what is wrong, published and discarded, by their id or their entry', async () => {
    const drafts = ['drafts', 'sales'];
    answerDrafts(draft);
    expect((await knowledge(drafts)).out).toMatch(/\nacme +customer +Acme +edit .* 5f6d3b0a-/);
    answer(`GET ${space}/drafts/${id}`, {
      ...draft,
      outdated: true,
      problems: [{ code: 'invalid', line: 4, pointer: '/region', message: 'is \u001b[31mwrong' }],
    });
    for (const named of ['acme', id]) {
      const shown = (await knowledge(['drafts', 'show', 'sales', named])).out;
      expect(shown).toContain('! line 4: /region: is  [31mwrong\n');
      expect(shown).toContain('! The entry has changed since');
      expect(shown).toContain('region: LATAM # why\n');
    }
    answer(`POST ${space}/drafts/${id}/actions/publish?wait=commit`, {
      entries: ['acme'],
      review: null,
    });
    const publish = ['drafts', 'publish', 'sales', 'acme', '-m', 'Why', '--wait'];
    expect((await knowledge(publish)).out).toBe('Published acme.\n');
    expect(asked.at(-1)?.body).toEqual({ message: 'Why' });
    answer(`POST ${space}/drafts/${id}/actions/publish`, { entries: ['acme'], review: link });
    expect((await knowledge(['drafts', 'publish', 'sales', id])).out).toContain(inReview);
    answer(`DELETE ${space}/drafts/${id}`, null);
    expect((await knowledge(['drafts', 'discard', 'sales', 'acme'])).out).toBe(
      'Discarded the draft of acme.\n',
    );
    expect(await knowledge(['drafts', 'show', 'sales', 'other'])).toMatchObject({
      code: 2,
      error: expect.stringContaining('You have no draft other'),
    });
  });

  test('that are outdated are shown with both sides when they are published', async () => {
    answerDrafts(draft);
    const sides = { theirs: 'region: APAC\n', yours: 'region: LATAM\n', blob: 'b2' };
    answers.set(`POST ${space}/drafts/${id}/actions/publish`, [
      { status: 409, body: { code: 'base_stale', detail: 'acme was changed.', ...sides } },
    ]);
    const ran = await knowledge(['drafts', 'publish', 'sales', 'acme']);
    expect(ran.code).toBe(1);
    expect(ran.out).toContain('As it is now:\nregion: APAC\n');
    expect(ran.out).toContain('gitward knowledge edit sales acme --draft --base b2 --file FILE\n');
  });

  test('of an entry are written instead of saves, with an id of their own', async () => {
    answerDrafts();
    answer(`PUT ${space}/drafts/*`, draft);
    answer(`GET ${space}`, { kinds });
    answer(`GET ${space}/entries/acme`, entry);
    const ran = await knowledge(['edit', 'sales', 'acme', '--set', 'region=APAC', '--draft']);
    expect(ran).toMatchObject({ code: 0, out: expect.stringContaining('draft    5f6d3b0a') });
    expect(asked.at(-1)).toEqual({
      what: expect.stringMatching(newDraft),
      body: { entry: 'acme', base: 'b1', fields: { region: 'APAC' }, revision: 0 },
    });
    await knowledge(['remove', 'sales', 'acme', '--draft', '--base', 'b0b0']);
    expect(asked.at(-1)?.body).toEqual({ entry: 'acme', base: 'b0b0', remove: true, revision: 0 });
    await knowledge(
      ['add', 'sales', 'customer', '--title', 'New', '--body-file', '-', '--change-set', 's1'],
      'Text.\n',
    );
    expect(asked.at(-1)?.body).toEqual({
      ...{ kind: 'customer', fields: { name: 'New' } },
      ...{ body: 'Text.\n', changeSet: 's1', revision: 0 },
    });
    expect(asked.filter(({ what }) => /^(POST|DELETE)/.test(what))).toEqual([]);
  });

  test('are gone on with: what was written before stays, byte for byte', async () => {
    answerDrafts(draft);
    answer(`GET ${space}`, { kinds });
    answer(`GET ${space}/drafts/${id}`, draft);
    answer(`PUT ${space}/drafts/${id}`, draft);
    await knowledge(['edit', 'sales', 'acme', '--set', 'name=Acme Inc', '--draft']);
    expect(asked.at(-1)).toEqual({
      what: `PUT ${space}/drafts/${id}`,
      body: {
        ...{ entry: 'acme', base: 'b1', revision: 3 },
        text: '---\nid: acme\nname: Acme Inc\nregion: LATAM # why\n---\nHalf.\n',
      },
    });
    answer(`GET ${space}/drafts/${id}`, {
      ...draft,
      action: 'create',
      base: null,
      slug: 'acme-inc',
    });
    await knowledge(['edit', 'sales', 'acme', '--file', '-', '--draft'], 'Whole.\n');
    expect(asked.at(-1)?.body).toEqual({
      ...{ kind: 'customer', slug: 'acme-inc', text: 'Whole.\n', revision: 3 },
    });
    answerDrafts({ ...draft, action: 'create' });
    expect(await knowledge(['remove', 'sales', 'acme', '--draft'])).toMatchObject({
      code: 2,
      error: expect.stringContaining(`gitward knowledge drafts discard sales ${id}`),
    });
  });

  test.each([['--wait'], ['--message=Why']])('have no %s', async (option) => {
    const edit = ['edit', 'sales', 'acme', '--set', 'a=b', '--draft', option];
    expect(await knowledge(edit)).toMatchObject({
      code: 2,
      error: expect.stringContaining('when you publish it'),
    });
    expect(asked).toEqual([]);
  });
});

describe('change sets', () => {
  test('are begun, listed, published and removed', async () => {
    const set = { id: 's1', title: 'Prices', description: '', drafts: 2 };
    const shown = { ...set, createdAt: time, updatedAt: time };
    answer(`POST ${space}/change-sets`, shown);
    const begin = ['change-sets', 'create', 'sales', 'Prices', '--description', 'From March on.'];
    expect((await knowledge(begin)).out).toContain('--change-set s1\n');
    expect(asked.at(-1)?.body).toEqual({ title: 'Prices', description: 'From March on.' });
    answer(`GET ${space}/change-sets?limit=200`, { items: [shown], nextCursor: null });
    expect((await knowledge(['change-sets', 'sales'])).out).toMatch(/\ns1 +Prices +2 /);
    answer(`GET ${space}/drafts?changeSet=s1&limit=200`, { items: [draft], nextCursor: null });
    expect((await knowledge(['drafts', 'sales', '--change-set', 's1'])).out).toContain('acme');
    answer(`POST ${space}/change-sets/s1/actions/publish?wait=commit`, {
      entries: ['acme', 'beta'],
      review: null,
    });
    const publish = ['change-sets', 'publish', 'sales', 's1', '--wait'];
    expect((await knowledge(publish)).out).toBe('Published acme, beta.\n');
    answer(`DELETE ${space}/change-sets/s1`, null);
    expect((await knowledge(['change-sets', 'remove', 'sales', 's1'])).out).toContain('are kept');
  });
});

describe('reviews', () => {
  const head = 'c'.repeat(40);
  const review: Answer<'GET /v1/spaces/:space/reviews/:review'> = {
    ...link,
    ...{ author: { name: 'Eva', email: 'eva@example.com' }, outcome: '' },
    failure: { code: 'merge_refused', message: 'Gitea does not let us \u001b[31mmerge.' },
    awaitsYou: false,
    ...{ createdAt: time, updatedAt: time, endedAt: null, description: 'They asked for it.' },
    ...{ branch: 'gitward/sales/12-abc', head, satisfied: false },
    missing: ['One approval is needed (rule "Customers").'],
    authors: [
      { email: 'eva@example.com', named: false, dismissedBy: null, dismissedWhy: '' },
      { email: 'jan@example.com', named: true, dismissedBy: null, dismissedWhy: '' },
    ],
    needs: [{ name: 'Customers', approvals: 1, approvers: null, author: false }],
    approvals: [
      {
        ...{ name: 'Jan', email: 'jan@example.com', verdict: 'changes_requested' },
        ...{ comment: 'Why iron?', head, at: time, toldAs: 'comment', dismissedBy: null },
        toldWhy: 'Gitea does not take the token that they stored for it.',
      },
    ],
    items: [
      {
        ...{ entry: 'acme', kind: 'customer', path: 'customers/acme.md', action: 'move' },
        ...{ moveTo: 'customers/acme-inc.md', title: 'Acme' },
        diff: '@@ -1 +1 @@\n-tier: gold\n+tier: \u001b[31miron\n',
        text: null,
      },
    ],
  };
  const one = `${space}/reviews/12`;

  test('are listed: those that go on, or all', async () => {
    answer(`GET ${space}/reviews?state=under_way&limit=50`, { items: [review], nextCursor: null });
    expect((await knowledge(['reviews', 'sales'])).out).toMatch(
      /\n12 +open +Iron for Acme +Eva +2026.* https:\/\/git.example.com\/sales\/pulls\/7\n/,
    );
    answer(`GET ${space}/reviews?entry=acme&limit=50`, { items: [], nextCursor: null });
    expect((await knowledge(['reviews', 'sales', '--all', '--entry', 'acme'])).out).toBe(
      'No reviews.\n',
    );
  });

  test('are shown with what changes, who said what, what is missing, and why it does not go on', async () => {
    answer(`GET ${one}`, review);
    const { code, out } = await knowledge(['reviews', 'show', 'sales', '12']);
    expect(code).toBe(0);
    for (const part of [
      'at        https://git.example.com/sales/pulls/7 (Gitea)\n',
      `head      ${head}\n`,
      'authors   eva@example.com, jan@example.com (named by a commit)\n',
      'why       Gitea does not let us  [31mmerge. (merge_refused)\n',
      '\nThey asked for it.\n',
      'move customer acme (customers/acme.md) to customers/acme-inc.md\n@@ -1 +1 @@\n-tier: gold\n+tier:  [31miron\n',
      'Jan  asked for changes  cccccccccccc  as a comment  Why iron?\n',
      'Jan: Gitea does not take the token that they stored for it.\n',
      '! One approval is needed (rule "Customers").\n',
    ])
      expect(out).toContain(part);
  });

  test('are shown with the whole texts, each asked for by itself if it is not there yet', async () => {
    answer(`GET ${one}`, review);
    const text = 'tier: iron\n';
    answer(`GET ${one}?path=customers/acme.md`, {
      ...review,
      items: review.items.map((item) => ({ ...item, text })),
    });
    const { out } = await knowledge(['reviews', 'show', 'sales', '12', '--text']);
    expect(out).toContain('to customers/acme-inc.md\ntier: iron\n');
    expect(out).not.toContain('@@');
  });

  test('have what stands in their way dismissed, with a word', async () => {
    answer(`GET ${one}`, review);
    answer(`POST ${one}/actions/dismiss`, review);
    const dismiss = ['reviews', 'dismiss', 'sales', '12', 'jan@example.com', '--comment', 'Gone.'];
    expect(await knowledge(dismiss)).toMatchObject({
      ...{ code: 0, out: expect.stringContaining('Dismissed.\n') },
    });
    const body = { what: 'wish', email: 'jan@example.com', head, comment: 'Gone.' };
    expect(asked.at(-1)?.body).toEqual(body);
    await knowledge([...dismiss, '--author']);
    expect(asked.at(-1)?.body).toEqual({ ...body, what: 'author' });
  });

  test.each([
    ['approve', 'Approved at cccccccccccc.\n'],
    ['request-changes', 'Asked for changes at cccccccccccc.\n'],
    ['withdraw', 'Taken back at cccccccccccc.\n'],
  ])('are judged as they were shown: %s', async (verb, said) => {
    answer(`GET ${one}`, review);
    answer(`POST ${one}/actions/${verb}`, review);
    const ran = await knowledge(['reviews', verb, 'sales', '12', '--comment', 'Fine.']);
    expect(ran).toMatchObject({ code: 0, out: expect.stringContaining(said) });
    expect(ran.out).toContain('-tier: gold\n');
    expect(asked.at(-1)?.body).toEqual({ head, comment: 'Fine.' });
    await knowledge(['reviews', verb, 'sales', '12', '--head', 'abcd']);
    expect(asked.at(-1)?.body).toEqual({ head: 'abcd' });
  });

  test('are not judged before there is anything to see, nor as something else than was seen', async () => {
    answer(`GET ${one}`, { ...review, head: null });
    const approve = ['reviews', 'approve', 'sales', '12'];
    expect(await knowledge(approve)).toMatchObject({
      code: 1,
      out: expect.stringContaining('Nothing was said'),
    });
    expect(asked).toHaveLength(1);
    answers.set(`POST ${one}/actions/approve`, [
      { status: 409, body: { code: 'review_moved', detail: 'Review 12 is at d0d0 now.' } },
    ]);
    expect(await knowledge([...approve, '--head', 'abcd'])).toMatchObject({
      code: 1,
      error: 'gitward: Review 12 is at d0d0 now. (review_moved)\n',
    });
  });

  test.each([
    ['merge', 'It is merged as soon as that is possible.\n'],
    ['close', 'It is being closed.\n'],
  ])('have a wish: %s', async (verb, said) => {
    answer(`POST ${one}/actions/${verb}`, review);
    const ran = await knowledge(['reviews', verb, 'sales', '12']);
    expect(ran).toMatchObject({ code: 0, out: expect.stringContaining(said) });
    expect(asked.at(-1)?.body).toEqual({});
  });
});
