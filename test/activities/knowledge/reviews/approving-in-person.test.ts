import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { openHostToken, putHostToken } from '../../../../db/access/host-tokens.ts';
import { createToken } from '../../../../db/access/tokens.ts';
import { listApprovals } from '../../../../db/knowledge/reviews/review-approvals.ts';
import type { Review } from '../../../../db/knowledge/reviews/reviews.ts';
import { jsonb } from '../../../../db/storable.ts';
import type { ReviewHostKind } from '../../../../hosts/reviews/types.ts';
import type { Actor } from '../../../../model/access/actor.ts';
import type { Who } from '../../../support/review-hosts/start-review-host.ts';
import { customer } from '../spaces-under-test.ts';
import { ada, after, before, change, reviewSpaces, rule } from './review-spaces.ts';

const under = await reviewSpaces();
const { db, sealer, here, spaceAt, ask, follow, now, say, onMain } = under;

/** Ada, with a token of Gitward and one of the host: of an account there, or one that it does not know. */
async function adaWith(token: Who | { unknown: string }): Promise<Actor> {
  const { row } = await createToken(db, {
    ...{ kind: 'person', name: ada.name, email: ada.email, role: 'editor' },
    ...{ projects: null, spaces: null },
  });
  const owner: Actor = { tokenId: row.id, personId: null };
  const { origin } = new URL(here().url);
  const own = typeof token === 'string' ? here().credential(token).password : token.unknown;
  await putHostToken(db, sealer, owner, { origin, token: own });
  return owner;
}

async function opened(kind: ReviewHostKind) {
  const space = await spaceAt(kind);
  const review = await ask(space);
  await follow(space);
  return { space, review };
}

/** What the host has: who said what, and the comments. */
async function atHost() {
  const pull = (await here().pulls.find(1))!;
  return {
    said: pull.reviews.map(({ by, verdict, sha }) => [by.login, verdict, sha]),
    comments: pull.comments.map(({ by, text }) => `${by.login}: ${text}`),
  };
}

const told = async ({ id }: Review) =>
  (await listApprovals(db, id)).map(({ toldAt, toldAs, toldWhy }) => [
    toldAt === null ? null : toldAs,
    toldWhy,
  ]);

describe.each<ReviewHostKind>(['github', 'gitlab', 'gitea'])(
  'somebody with a token of their own for %s',
  (kind) => {
    test('approves there as themselves, for the very commit, so that the host lets it be merged', async () => {
      const { space, review } = await opened(kind);
      here().pulls.rules.approvals = 1;
      const by = await adaWith('berta');
      const { headSha } = await now(review);
      await say(review, { by, comment: 'Looks *right*.' });
      await follow(space);
      const { said, comments } = await atHost();
      expect(said).toEqual([['berta', 'approved', headSha]]);
      expect(comments.filter((text) => text.startsWith('anna: Ada'))).toEqual([]);
      expect(await told(review)).toEqual([['approval', '']]);
      await space.sync();
      await follow(space);
      expect(await now(review)).toMatchObject({ state: 'merged' });
      expect(await onMain()).toBe(after);
      const { repositoryUrl } = await space.row();
      expect(await openHostToken({ db, sealer }, by, repositoryUrl)).toMatchObject({
        isRefused: false,
      });
    });

    test('takes it back there, and asks for changes where the host has that', async () => {
      const { space, review } = await opened(kind);
      here().pulls.rules.approvals = 2;
      const by = await adaWith('berta');
      await say(review, { by });
      await follow(space);
      expect((await atHost()).said).toHaveLength(1);
      await say(review, { by, verdict: 'withdrawn', comment: '' });
      await follow(space);
      const standing = async () =>
        (await atHost()).said
          .map(([login, verdict]) => [login, verdict])
          .filter(([, verdict]) => verdict !== 'dismissed');
      expect(await standing()).toEqual([]);
      await say(review, { by });
      await follow(space);
      await say(review, { by, verdict: 'changes_requested', comment: 'No.' });
      await follow(space);
      const isGitlab = kind === 'gitlab';
      expect((await standing()).at(-1)).toEqual(
        isGitlab ? undefined : ['berta', 'changes_requested'],
      );
      expect(await told(review)).toEqual([
        ['approval', ''],
        ['approval', ''],
        ['approval', ''],
        isGitlab
          ? ['comment', 'GitLab has no way to ask for changes in somebody’s name.']
          : ['approval', ''],
      ]);
      expect(JSON.stringify(await atHost()).includes('asks for changes')).toBe(isGitlab);
    });

    test('that the host no longer takes is told why, once, and holds nothing up', async () => {
      const { space, review } = await opened(kind);
      const by = await adaWith({ unknown: 'token-that-died' });
      await say(review, { by });
      await follow(space);
      const { said, comments } = await atHost();
      expect(said).toEqual([]);
      expect(comments).toEqual([
        expect.stringMatching(/^anna: Ada Lovelace approved this in Gitward/),
      ]);
      expect(await told(review)).toEqual([
        ['comment', expect.stringContaining('does not take the token that they stored for it')],
      ]);
      await space.sync();
      await follow(space);
      expect((await now(review)).state).toBe('merged');
      // The next review does not send it again.
      const next = await ask(space, [
        { ...change, baseText: after, text: customer('acme', ['tier: tin']) },
      ]);
      await follow(space);
      expect(here().server.strangers).toBeGreaterThan(0);
      here().server.strangers = 0;
      await say(next, { by });
      await follow(space);
      expect(here().server.strangers).toBe(0);
      expect(await told(next)).toMatchObject([['comment', expect.stringContaining('replace it')]]);
    });

    test('that is the one of the space’s credential does not approve with it', async () => {
      const { space, review } = await opened(kind);
      here().pulls.rules.authorsApprove = true;
      const by = await adaWith('anna');
      await say(review, { by });
      await follow(space);
      const { said, comments } = await atHost();
      expect(said).toEqual([]);
      expect(comments).toHaveLength(1);
      expect(await told(review)).toEqual([
        ['comment', expect.stringContaining('that of the user who opened the pull request')],
      ]);
    });

    test('that may only read there is told so, and the token stays as it is', async () => {
      const { space, review } = await opened(kind);
      const by = await adaWith('reader');
      await say(review, { by });
      await follow(space);
      expect((await atHost()).said).toEqual([]);
      expect(await told(review)).toEqual([
        ['comment', expect.stringContaining('does not let them say that about this pull request')],
      ]);
      const { repositoryUrl } = await space.row();
      expect(await openHostToken({ db, sealer }, by, repositoryUrl)).toMatchObject({
        isRefused: false,
      });
    });
  },
);

describe('an approval in somebody’s own name', () => {
  test('counts once, although the host shows it as well', async () => {
    const space = await spaceAt('gitea');
    const two = { name: 'Customers', approvals: 2, approvers: null, author: false };
    const review = await ask(space, undefined, [two]);
    const { rules } = await space.row();
    const stricter = { ...rules, review: [{ ...rule, approvals: 2 }] };
    await db
      .updateTable('spaces')
      .set({ rules: jsonb(stricter) })
      .where('id', '=', space.id)
      .execute();
    await follow(space);
    await say(review, { by: await adaWith('berta') });
    await follow(space);
    await follow(space);
    expect((await atHost()).said).toHaveLength(1);
    expect(here().pulls.statuses.at(-1)).toMatchObject({ state: 'pending' });
    expect(await onMain()).toBe(before);
  });

  test('of a version that is gone is only a comment', async () => {
    const { space, review } = await opened('gitea');
    await say(review, { by: await adaWith('berta') });
    await here().repository.commit({
      branch: review.branch,
      files: { 'knowledge/customers/acme.md': customer('acme', ['tier: steel']) },
    });
    await follow(space);
    expect((await atHost()).said).toEqual([]);
    expect(await told(review)).toMatchObject([
      ['comment', expect.stringContaining('changed the branch')],
    ]);
  });

  test('that was taken back before the host was told is never given there', async () => {
    const { space, review } = await opened('gitea');
    const by = await adaWith('berta');
    await say(review, { by });
    await say(review, { by, verdict: 'withdrawn' });
    await follow(space);
    const { said, comments } = await atHost();
    expect(said).toEqual([]);
    expect(comments).toHaveLength(2);
  });

  test('that somebody gave at the host as well is not given twice', async () => {
    const { space, review } = await opened('gitea');
    const pull = (await here().pulls.find(1))!;
    here().pulls.review(pull, here().account('berta'), 'approved', pull.head, '');
    await say(review, { by: await adaWith('berta') });
    await follow(space);
    expect((await atHost()).said).toHaveLength(1);
    expect(await told(review)).toEqual([['approval', '']]);
  });

  test('is nobody else’s: who has no token approves by a comment', async () => {
    const { space, review } = await opened('gitea');
    await adaWith('berta');
    await say(review);
    await follow(space);
    const { said, comments } = await atHost();
    expect(said).toEqual([]);
    expect(comments).toHaveLength(1);
    expect(await told(review)).toEqual([['comment', '']]);
  });

  test('waits for a host that limits their token, without an outage, and not for ever', async () => {
    const { space, review } = await opened('gitea');
    here().pulls.rules.approvals = 1;
    const { server } = here();
    server.faultOf = 'berta';
    server.fault = { status: 429, headers: { 'retry-after': '60' }, body: '{}' };
    await say(review, { by: await adaWith('berta') });
    await follow(space);
    expect(await told(review)).toEqual([[null, '']]);
    expect((await atHost()).comments).toEqual([]);
    server.fault = null;
    await follow(space);
    expect(await told(review)).toEqual([['approval', '']]);
    await space.sync();
    await follow(space);
    expect(await onMain()).toBe(after);

    const tin = customer('acme', ['tier: tin']);
    const next = await ask(space, [{ ...change, baseText: after, text: tin }]);
    await follow(space);
    server.fault = { status: 503, body: '{}' };
    await say(next, { by: await adaWith('berta') });
    await follow(space);
    expect(await told(next)).toEqual([[null, '']]);
    await sql`UPDATE review_approvals SET at = at - interval '2 hours'`.execute(db);
    await follow(space);
    expect(await told(next)).toEqual([
      ['comment', 'Gitea cannot be asked with the token that Ada Lovelace stored for it.'],
    ]);
  });
});
