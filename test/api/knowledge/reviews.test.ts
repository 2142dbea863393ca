import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { countReviews, putReviewItems } from '../../../db/knowledge/reviews/reviews.ts';
import { noteReview } from '../../../db/knowledge/reviews/review-marks.ts';
import { jsonb } from '../../../db/storable.ts';
import { createGitTextTools } from '../../../git/clones/text-tools.ts';
import { textBlobId } from '../../../knowledge/entries/blob-id.ts';
import { readEntry } from '../../../knowledge/entries/read-entry.ts';
import { builtInKinds } from '../../../knowledge/kinds/kinds.ts';
import type { Kind } from '../../../model/knowledge/entry.ts';
import { apiUnderTest, type Answer } from '../api-under-test.ts';

const directory = await mkdtemp(join(tmpdir(), 'reviews-test-'));
afterAll(() => rm(directory, { recursive: true, force: true }));
const api = await apiUnderTest({ texts: createGitTextTools({ directory }) });
const { db, told } = api;

const space = '/v1/spaces/sales';
const head = 'c'.repeat(40);
const rule = { name: 'Customers', kinds: ['customer'], approvals: 1, author: false };
let eva = '';
let jan = '';
let customersOnly = '';
let skillsOnly = '';

beforeAll(async () => {
  for (const id of ['sales', 'guarded'])
    await db
      .insertInto('spaces')
      .values({
        ...{ id, name: id, repositoryUrl: `https://example.com/${id}.git`, root: 'knowledge' },
        repositoryBranch: 'main',
        rules: jsonb({
          ...{ publicKinds: ['customer'], index: true, notify: { emails: [] } },
          ...(id === 'sales' ? { review: [rule] } : {}),
        }),
        protectedAt: id === 'guarded' ? new Date() : null,
      })
      .execute();
  const person = (name: string) => ({
    ...{ name, email: `${name.toLowerCase()}@example.com` },
    kind: 'person' as const,
  });
  eva = await api.token({ ...person('Eva'), role: 'editor' });
  jan = await api.token({ ...person('Jan'), role: 'publisher' });
  const only = (kind: string) => [{ space: 'sales', kinds: [kind], role: 'editor' as const }];
  customersOnly = await api.token({
    ...{ ...person('Cora'), role: 'editor', spaces: only('customer') },
  });
  skillsOnly = await api.token({ ...{ ...person('Sam'), role: 'editor', spaces: only('skill') } });
});

beforeEach(async () => {
  told.length = 0;
  await db.updateTable('spaces').set({ rungAt: null }).execute();
});

function kindNamed(name: string): Kind {
  const kind = builtInKinds.find((one) => one.name === name);
  if (kind === undefined) throw new Error(`There is no kind ${name}.`);
  return kind;
}

/** Stores an entry as if it had been read from Git. */
async function stored(id: string, name: 'customer' | 'skill', spaceId = 'sales') {
  const title = name === 'customer' ? 'name' : 'title';
  const text = `---\nid: ${id}\n${title}: Title of ${id}\n---\nAs it is.\n`;
  const { fields, title: read, problems } = readEntry(text, kindNamed(name));
  const blob = textBlobId(text);
  await db
    .insertInto('entries')
    .values({
      ...{ spaceId, id, kind: name, path: `knowledge/${name}s/${id}.md`, declaredId: id },
      ...{ title: read, fields: jsonb(fields), problems: jsonb(problems) },
      ...{ headBlob: blob, headText: text, gitBlob: blob, commitSha: 'a'.repeat(40) },
      ...{ syncedAt: new Date(), updatedAt: new Date('2026-01-01T00:00:00Z') },
    })
    .execute();
  return { base: blob, text };
}

const edit = (id: string, body: object, token = eva) =>
  api.call('PUT', `${space}/entries/${id}`, body, token);
const show = (number: unknown, token = eva) =>
  api.call('GET', `${space}/reviews/${String(number)}`, undefined, token);
const act = (number: unknown, verb: string, token: string | undefined, body: object = { head }) =>
  api.call('POST', `${space}/reviews/${String(number)}/actions/${verb}`, body, token);

/** The number of the review that a save became. */
const numberOf = ({ body }: Answer) => Number(body.review.number);

/** A customer with a change in review, whose branch was pushed. */
async function reviewed(id: string, token = eva): Promise<number> {
  const { base } = await stored(id, 'customer');
  const number = numberOf(await edit(id, { base, body: 'Other.' }, token));
  await pushed(number);
  return number;
}

async function pushed(number: number): Promise<void> {
  const review = await db
    .selectFrom('reviews')
    .select(['id', 'woken'])
    .where('spaceId', '=', 'sales')
    .where('number', '=', number)
    .executeTakeFirstOrThrow();
  await noteReview(db, review, { state: 'open', headSha: head });
}

async function over(number: number): Promise<void> {
  await db
    .updateTable('reviews')
    .set({ state: 'closed', outcome: 'Closed by Jan.', endedAt: new Date() })
    .where('spaceId', '=', 'sales')
    .where('number', '=', number)
    .execute();
}

async function audited(action: string): Promise<unknown> {
  const { body } = await api.call('GET', `/v1/audit?limit=1&action=${action}`);
  return body.items[0];
}

async function savesOf(entryId: string): Promise<unknown[]> {
  return db.selectFrom('saves').select('id').where('entryId', '=', entryId).execute();
}

describe('a save that a rule is about', () => {
  /** It is in a review, and nothing else has happened. */
  async function expectReview(answer: Answer, id: string, change: object): Promise<void> {
    expect([answer.status, answer.body]).toEqual([
      202,
      expect.objectContaining({ review: expect.objectContaining({ state: 'opening' }) }),
    ]);
    const number = numberOf(answer);
    const { body } = await show(number);
    expect(body).toMatchObject({
      ...{ author: { name: 'Eva', email: 'eva@example.com' }, satisfied: false, head: null },
      missing: ['One approval is needed (rule "Customers").'],
      items: [{ entry: id, kind: 'customer', ...change }],
    });
    expect(await savesOf(id)).toEqual([]);
    expect(told).toEqual(['reviewsChanged space/sales']);
    expect(await audited('review.ask')).toMatchObject({
      ...{ actor: 'Eva', target: 'space/sales' },
      detail: { review: number, entries: [id] },
    });
  }

  const located = ({ headers, body }: Answer) =>
    expect(headers.location).toBe(`${space}/reviews/${body.review.number}`);

  it('is a review: an edit', async () => {
    const { base, text } = await stored('edited', 'customer');
    const answer = await edit('edited', { base, body: 'Other.', message: 'Why\n\nBecause.' });
    await expectReview(answer, 'edited', {
      action: 'edit',
      diff: expect.stringContaining('-As it is.\n+Other.\n'),
    });
    located(answer);
    const { body } = await show(numberOf(answer));
    expect(body).toMatchObject({ title: 'Why', description: 'Because.' });
    const now = await api.call('GET', `${space}/entries/edited`, undefined, eva);
    expect(now.body).toMatchObject({ text, syncStatus: 'in_review' });
  });

  it('is a review: a new entry', async () => {
    const fields = { id: 'made', name: 'Made' };
    const made = { kind: 'customer', fields };
    const answer = await api.call('POST', `${space}/entries?wait=commit`, made, eva);
    await expectReview(answer, 'made', { action: 'create', path: 'knowledge/customers/made.md' });
    located(answer);
    const now = await api.call('GET', `${space}/entries/made`, undefined, eva);
    expect(now.status).toBe(404);
  });

  it('is a review: a removal, whose entry stays', async () => {
    const { base } = await stored('kept', 'customer');
    const url = `${space}/entries/kept`;
    const answer = await api.call('DELETE', `${url}?base=${base}`, undefined, eva);
    await expectReview(answer, 'kept', { action: 'delete' });
    located(answer);
    expect((await api.call('GET', url, undefined, eva)).status).toBe(200);
  });

  it('is a review: a move', async () => {
    const { base } = await stored('moved', 'customer');
    const url = `${space}/entries/moved/actions/move`;
    const answer = await api.call('POST', url, { base, slug: 'other' }, eva);
    await expectReview(answer, 'moved', {
      ...{ action: 'move', moveTo: 'knowledge/customers/other.md', diff: '' },
    });
    located(answer);
  });

  it('is a review: a draft that is published, and is none any more', async () => {
    const { base } = await stored('drafted', 'customer');
    const url = `${space}/drafts/${randomUUID()}`;
    await api.call('PUT', url, { entry: 'drafted', base, body: 'Other.' }, eva);
    const answer = await api.call('POST', `${url}/actions/publish`, {}, eva);
    await expectReview(answer, 'drafted', { action: 'edit' });
    expect((await api.call('GET', url, undefined, eva)).status).toBe(404);
  });

  it('is a review together with what it is published with, although no rule is about that', async () => {
    const [one, two] = [await stored('set-a', 'customer'), await stored('set-b', 'skill')];
    const set = await api.call('POST', `${space}/change-sets`, { title: 'Both' }, eva);
    const changeSet = String(set.body.id);
    for (const [entry, { base }] of [
      ['set-a', one],
      ['set-b', two],
    ] as const) {
      const draft = { entry, base, body: 'Other.', changeSet };
      await api.call('PUT', `${space}/drafts/${randomUUID()}`, draft, eva);
    }
    const url = `${space}/change-sets/${changeSet}/actions/publish`;
    const answer = await api.call('POST', url, undefined, eva);
    expect([answer.status, answer.body]).toMatchObject([
      202,
      { entries: expect.arrayContaining(['set-a', 'set-b']), review: { title: 'Both' } },
    ]);
    const { items } = (await show(numberOf(answer))).body;
    expect(items).toHaveLength(2);
    expect([...(await savesOf('set-a')), ...(await savesOf('set-b'))]).toEqual([]);
  });

  it('is refused if the entry has changed since, as every save', async () => {
    const { text } = await stored('stale', 'customer');
    const base = textBlobId('Something else.');
    const { status, body } = await edit('stale', { base, text: `${text}More.\n` });
    expect([status, body.code]).toEqual([409, 'base_stale']);
    const reviews = await api.call('GET', `${space}/reviews?entry=stale`, undefined, eva);
    expect(reviews.body.items).toEqual([]);
  });
});

describe('a save that is asked for again', () => {
  it('is in the review that it made, another change or person in another', async () => {
    const { base } = await stored('again', 'customer');
    const first = numberOf(await edit('again', { base, body: 'Twice.' }, eva));
    expect(numberOf(await edit('again', { base, body: 'Twice.' }, eva))).toBe(first);
    expect(numberOf(await edit('again', { base, body: 'Else.' }, eva))).not.toBe(first);
    expect(numberOf(await edit('again', { base, body: 'Twice.' }, jan))).not.toBe(first);
    expect((await act(first, 'close', eva, {})).status).toBe(200);
    await db
      .updateTable('reviews')
      .set({ state: 'closed', endedAt: new Date() })
      .where('number', '=', first)
      .where('spaceId', '=', 'sales')
      .execute();
    expect(numberOf(await edit('again', { base, body: 'Twice.' }, eva))).not.toBe(first);
  });
});

describe('a save that no rule is about', () => {
  it('is saved, and no review', async () => {
    const { base } = await stored('free', 'skill');
    const { status, body } = await edit('free', { base, body: 'Other.' });
    expect([status, body.syncStatus]).toEqual([200, 'pending']);
    expect(await savesOf('free')).toHaveLength(1);
    expect(told).toEqual(['doorbell space/sales']);
  });

  it('is a review as well on a branch that the host protects', async () => {
    const { base } = await stored('guarded', 'skill', 'guarded');
    const url = '/v1/spaces/guarded/entries/guarded';
    const { status, body } = await api.call('PUT', url, { base, body: 'Other.' }, eva);
    expect([status, body.review.number]).toEqual([202, 1]);
    const shown = await api.call('GET', '/v1/spaces/guarded/reviews/1', undefined, eva);
    expect(shown.body).toMatchObject({ needs: [], satisfied: true, missing: [] });
    expect(await savesOf('guarded')).toEqual([]);
  });
});

describe('reviews', () => {
  it('are seen only by those who may read all that they change', async () => {
    const number = await reviewed('secret');
    const numbers = async (token: string, query = '') => {
      const url = `${space}/reviews?limit=200${query}`;
      const { body } = await api.call('GET', url, undefined, token);
      return (body.items as { number: number }[]).map((one) => one.number);
    };
    expect(await numbers(eva, '&entry=secret&state=under_way')).toEqual([number]);
    expect(await numbers(eva, '&entry=secret&state=ended')).toEqual([]);
    expect(await numbers(customersOnly)).toContain(number);
    expect(await numbers(skillsOnly)).toEqual([]);
    expect((await show(number, customersOnly)).status).toBe(200);
    expect((await show(number, skillsOnly)).body.code).toBe('review_not_found');
    expect((await show(9_999)).body.code).toBe('review_not_found');
    for (const verb of ['approve', 'request-changes', 'withdraw'])
      expect((await act(number, verb, skillsOnly)).status).toBe(404);
    for (const verb of ['merge', 'close'])
      expect((await act(number, verb, skillsOnly, {})).status).toBe(404);
  });

  it('are approved by a person, for the version that they saw', async () => {
    const number = await reviewed('approved');
    told.length = 0;
    const moved = await act(number, 'approve', jan, { head: 'd'.repeat(40) });
    expect([moved.status, moved.body]).toEqual([
      409,
      expect.objectContaining({ code: 'review_moved', head }),
    ]);
    expect((await act(number, 'approve', jan, {})).status).toBe(400);
    expect((await show(number)).body.approvals).toEqual([]);
    expect(told).toEqual([]);
    const { status, body } = await act(number, 'approve', jan, { head: 'CCCC', comment: 'Good.' });
    expect([status, body]).toEqual([
      200,
      expect.objectContaining({
        ...{ satisfied: true, missing: [] },
        approvals: [
          expect.objectContaining({ name: 'Jan', verdict: 'approved', comment: 'Good.', head }),
        ],
      }),
    ]);
    expect(told).toEqual(['reviewsChanged space/sales']);
    expect(await audited('review.approved')).toMatchObject({
      ...{ actor: 'Jan', target: 'space/sales', detail: { review: number, head } },
    });
    const asked = await act(number, 'request-changes', jan);
    expect(asked.body.missing).toEqual([
      'Jan asked for changes, and has to approve or withdraw that.',
      'One approval is needed (rule "Customers").',
    ]);
    const back = await act(number, 'withdraw', jan);
    expect(back.body.missing).toEqual(['One approval is needed (rule "Customers").']);
    expect(back.body.approvals).toHaveLength(3);
  });

  it('say whom they wait for: whoever may approve and has not, but no author, reader or machine', async () => {
    const number = await reviewed('waiting');
    const reader = await api.token({
      ...{ name: 'Rea', email: 'rea@example.com', kind: 'person', role: 'reader' },
    });
    const machine = await api.token({ name: 'bot', role: 'admin' });
    const waits = async (token: string) => {
      const url = `${space}/reviews?entry=waiting`;
      const { body } = await api.call('GET', url, undefined, token);
      const [listed] = body.items as { awaitsYou: boolean }[];
      expect((await show(number, token)).body.awaitsYou).toBe(listed?.awaitsYou);
      return listed?.awaitsYou;
    };
    expect(await Promise.all([jan, eva, reader, machine, customersOnly].map(waits))).toEqual([
      ...[true, false, false, false, true],
    ]);
    expect((await act(number, 'request-changes', jan)).body.awaitsYou).toBe(false);
    expect(await waits(jan)).toBe(false);
    await act(number, 'withdraw', jan);
    expect(await waits(jan)).toBe(true);
    await act(number, 'approve', customersOnly);
    expect(await waits(jan)).toBe(false);
  });

  it('are not approved before there is a version, nor by a machine', async () => {
    const { base } = await stored('early', 'customer');
    const number = numberOf(await edit('early', { base, body: 'Other.' }));
    const early = await act(number, 'approve', jan);
    expect([early.status, early.body]).toMatchObject([409, { code: 'review_moved', head: null }]);
    await pushed(number);
    const machine = await api.token({ name: 'bot', role: 'admin' });
    for (const verb of ['approve', 'request-changes', 'withdraw']) {
      const refused = await act(number, verb, machine);
      expect([refused.status, refused.body.code]).toEqual([403, 'person_required']);
    }
    expect((await show(number)).body.approvals).toEqual([]);
  });

  it('keep the approval of who asked for them, but it does not count', async () => {
    const number = await reviewed('own');
    const { body } = await act(number, 'approve', eva);
    expect(body).toMatchObject({
      satisfied: false,
      missing: ['One approval is needed (rule "Customers").'],
      approvals: [{ name: 'Eva', verdict: 'approved' }],
    });
  });

  it('are merged by who may write what they change, and closed by who asked or a publisher', async () => {
    const number = await reviewed('wished', customersOnly);
    const reader = await api.token({ name: 'Rea', email: 'rea@example.com', role: 'reader' });
    expect((await act(number, 'merge', reader, {})).status).toBe(403);
    const merge = await act(number, 'merge', eva, {});
    expect([merge.status, merge.body.state]).toEqual([200, 'open']);
    expect(await audited('review.merge')).toMatchObject({ detail: { review: number } });
    expect((await act(number, 'close', eva, {})).status).toBe(403);
    told.length = 0;
    expect((await act(number, 'close', customersOnly, {})).status).toBe(200);
    expect(told).toEqual(['reviewsChanged space/sales']);
    expect(await audited('review.close')).toMatchObject({ actor: 'Cora' });
    expect((await act(await reviewed('other'), 'close', jan, {})).status).toBe(200);
  });

  it('that are over take no further word', async () => {
    const number = await reviewed('over');
    await over(number);
    for (const verb of ['approve', 'request-changes', 'withdraw', 'merge', 'close']) {
      const body = ['merge', 'close'].includes(verb) ? {} : { head };
      const refused = await act(number, verb, jan, body);
      expect([refused.status, refused.body.code]).toEqual([409, 'review_over']);
    }
    expect((await show(number)).body).toMatchObject({ outcome: 'Closed by Jan.', approvals: [] });
  });

  it('that are over give the whole texts that were proposed, to those who may read them', async () => {
    const number = await reviewed('kept-text');
    const shown = await show(number);
    expect(shown.body.items).toMatchObject([{ text: null }]);
    const { path } = shown.body.items[0];
    const one = `${space}/reviews/${number}?path=${encodeURIComponent(String(path))}`;
    const proposed = expect.stringMatching(/\nOther\.\n$/);
    expect((await api.call('GET', one, undefined, eva)).body.items).toMatchObject([
      { path, text: proposed },
    ]);
    await over(number);
    expect((await show(number)).body.items).toMatchObject([{ text: proposed }]);
    expect((await show(number, skillsOnly)).status).toBe(404);
    expect((await api.call('GET', one, undefined, skillsOnly)).status).toBe(404);
    const other = await api.call('GET', `${space}/reviews/${number}?path=x.md`, undefined, eva);
    expect(other.body.items).toEqual([]);
    // Very long ones come by themselves.
    const text = 'x'.repeat(1_000_000);
    const { id } = await db
      .selectFrom('reviews')
      .select('id')
      .where('spaceId', '=', 'sales')
      .where('number', '=', number)
      .executeTakeFirstOrThrow();
    const long = ['a', 'b', 'c', 'd', 'e'].map((name) => ({
      ...{ entryId: name, kind: 'customer', path: `knowledge/customers/${name}.md` },
      ...{ action: 'create' as const, moveTo: null, title: name, baseText: null, text },
    }));
    await db.transaction().execute((trx) => putReviewItems(trx, id, long));
    const { items } = (await show(number)).body as { items: { text: string | null }[] };
    expect(items.map((item) => item.text?.length ?? null)).toEqual([1e6, 1e6, 1e6, 1e6, null]);
  });

  it('are at most as many at once as the settings say', async () => {
    const { rules } = await db
      .selectFrom('spaces')
      .select('rules')
      .where('id', '=', 'sales')
      .executeTakeFirstOrThrow();
    const { openReviews } = await countReviews(db, 'sales');
    const limited = await api.call('PATCH', space, { rules: { mostReviews: openReviews + 1 } });
    expect(limited.body.rules.mostReviews).toBe(openReviews + 1);
    const last = await stored('last', 'customer');
    const body = { base: last.base, body: 'Other.' };
    const number = numberOf(await edit('last', body));
    const { base } = await stored('one-more', 'customer');
    const refused = await edit('one-more', { base, body: 'Other.' });
    expect([refused.status, refused.body]).toMatchObject([
      409,
      {
        code: 'too_many_reviews',
        detail: expect.stringMatching(/merged or closed.*--most-reviews/s),
      },
    ]);
    expect(await savesOf('one-more')).toEqual([]);
    // A repeated request finds what it made.
    expect(numberOf(await edit('last', body))).toBe(number);
    await over(number);
    expect((await edit('one-more', { base, body: 'Other.' })).status).toBe(202);
    await db
      .updateTable('spaces')
      .set({ rules: jsonb(rules) })
      .where('id', '=', 'sales')
      .execute();
  });

  it('go on when an admin dismisses the wish for changes of somebody who left', async () => {
    const number = await reviewed('left');
    await act(number, 'request-changes', jan, { head, comment: 'No.' });
    const dismiss = (token: string | undefined, body: object = {}) =>
      act(number, 'dismiss', token, {
        ...{ what: 'wish', email: 'JAN@example.com', head, comment: 'Jan left.', ...body },
      });
    expect((await dismiss(jan)).status).toBe(403);
    const admin = await api.token({ kind: 'person', name: 'Boss', email: 'b@x', role: 'admin' });
    expect((await dismiss(admin, { comment: '' })).status).toBe(400);
    expect((await dismiss(admin, { email: 'eva@example.com' })).body.code).toBe(
      'nothing_to_dismiss',
    );
    expect((await dismiss(admin, { head: 'd'.repeat(40) })).body.code).toBe('review_moved');
    const { status, body } = await dismiss(admin);
    expect(status).toBe(200);
    expect(body.missing).toEqual(['One approval is needed (rule "Customers").']);
    expect(body.approvals).toMatchObject([
      { name: 'Jan', verdict: 'changes_requested', comment: 'No.', dismissedBy: null },
      { name: 'Jan', verdict: 'withdrawn', comment: 'Jan left.', dismissedBy: { name: 'Boss' } },
    ]);
    expect(await audited('review.dismiss')).toMatchObject({
      actor: 'Boss',
      detail: { review: number, what: 'wish' },
    });
    expect((await dismiss(admin)).body.code).toBe('nothing_to_dismiss');
  });

  it('are approved by somebody whom only a commit names, once an admin says that they are no author', async () => {
    const number = await reviewed('named');
    await db
      .updateTable('reviews')
      .set({
        authors: jsonb([
          { email: 'eva@example.com', role: 'editor' },
          { email: 'jan@example.com', role: null, named: true },
        ]),
      })
      .where('spaceId', '=', 'sales')
      .where('number', '=', number)
      .execute();
    expect((await act(number, 'approve', jan)).body).toMatchObject({
      satisfied: false,
      authors: [
        { email: 'eva@example.com', named: false },
        { email: 'jan@example.com', named: true, dismissedBy: null },
      ],
    });
    const dismiss = (email: string) =>
      act(number, 'dismiss', undefined, { what: 'author', email, head, comment: 'Not his.' });
    expect((await dismiss('eva@example.com')).body).toMatchObject({
      code: 'nothing_to_dismiss',
      detail: expect.stringContaining('changed this in Gitward'),
    });
    expect((await dismiss('nobody@example.com')).status).toBe(409);
    const { body } = await dismiss('jan@example.com');
    expect(body).toMatchObject({
      satisfied: true,
      authors: [{}, { named: true, dismissedBy: { name: 'admin' }, dismissedWhy: 'Not his.' }],
    });
    // For what is there now: a later version may be his.
    const review = await db
      .selectFrom('reviews')
      .select(['id', 'woken'])
      .where('spaceId', '=', 'sales')
      .where('number', '=', number)
      .executeTakeFirstOrThrow();
    const next = 'e'.repeat(40);
    await noteReview(db, review, { headSha: next });
    expect((await act(number, 'approve', jan, { head: next })).body).toMatchObject({
      satisfied: false,
      authors: [{}, { dismissedBy: null }],
    });
  });
});
