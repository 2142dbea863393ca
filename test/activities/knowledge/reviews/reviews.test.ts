import { describe, expect, test } from 'vitest';
import { wakeReview } from '../../../../db/knowledge/reviews/review-marks.ts';
import { listReviewItems, type ReviewItem } from '../../../../db/knowledge/reviews/reviews.ts';
import { jsonb } from '../../../../db/storable.ts';
import type { ReviewHostKind } from '../../../../hosts/reviews/types.ts';
import type { ReviewRule } from '../../../../model/knowledge/review-rules.ts';
import { customer, eva, jan } from '../spaces-under-test.ts';
import { after, before, change, reviewSpaces, rule } from './review-spaces.ts';

const under = await reviewSpaces();
const { db, here, spaceAt, ask, follow, now, approve, onMain } = under;

describe.each<ReviewHostKind>(['github', 'gitlab', 'gitea'])('a review at %s', (kind) => {
  test('goes from a branch to a pull request, to an approval, to the branch of the space', async () => {
    const space = await spaceAt(kind);
    const review = await ask(space);
    await follow(space);
    const open = await now(review);
    expect(open).toMatchObject({
      state: 'open',
      failure: null,
      pullRequest: { number: 1, url: expect.stringContaining(new URL(here().url).origin) },
    });
    const [pull] = await here().pulls.list();
    expect(pull).toMatchObject({ source: review.branch, target: 'main', title: 'Iron for Acme' });
    expect(pull?.description).toContain('tier: gold → iron');
    expect(await onMain()).toBe(before);

    await follow(space);
    expect((await now(review)).state).toBe('open');
    expect(here().pulls.statuses.at(-1)).toMatchObject({ state: 'pending' });

    here().pulls.rules.busyMerges = 2;
    await approve(review);
    await follow(space);
    expect(await now(review)).toMatchObject({
      state: 'open',
      failure: { code: 'host_not_ready' },
    });
    await follow(space);
    await follow(space);
    await space.sync();
    await follow(space);
    expect(await now(review)).toMatchObject({ state: 'merged', failure: null });
    expect(await onMain()).toBe(after);
    expect(here().pulls.statuses.at(-1)).toMatchObject({ state: 'success' });
    expect(JSON.stringify((await here().pulls.find(1))?.comments)).toContain('Ada Lovelace');
    expect(await space.entry('acme')).toMatchObject({
      headText: after,
      waiting: false,
      inReview: false,
    });
    expect(await here().repository.tip(review.branch)).toBeNull();
  });

  test('that was closed there, or whose branch was deleted, is closed here', async () => {
    const space = await spaceAt(kind);
    const [closed, deleted] = [await ask(space), await ask(space)];
    await follow(space);
    const berta = here().account('berta');
    Object.assign((await here().pulls.find(1))!, { state: 'closed', closedBy: berta });
    await here().repository.deleteBranch(deleted.branch);
    await follow(space);
    expect(await now(closed)).toMatchObject({
      state: 'closed',
      outcome: expect.stringMatching(/^Closed at /),
    });
    expect((await now(deleted)).state).toBe('closed');
    expect((await space.entry('acme')).inReview).toBe(false);
    expect(await onMain()).toBe(before);
  });

  test('that the host squashed is merged, although nobody knows its commit', async () => {
    const space = await spaceAt(kind);
    const review = await ask(space);
    await follow(space);
    const by = { by: here().account('berta'), message: 'Squashed', sha: undefined };
    await here().pulls.merge((await here().pulls.find(1))!, { way: 'squash', ...by });
    await follow(space);
    expect(await now(review)).toMatchObject({ state: 'merged' });
    await space.sync();
    expect((await space.entry('acme')).headText).toBe(after);
  });

  test('that somebody else changes needs approvals of what is there then', async () => {
    const space = await spaceAt(kind);
    const review = await ask(space);
    await follow(space);
    await approve(review);
    const other = customer('acme', ['tier: steel']);
    await here().repository.commit({
      branch: review.branch,
      files: {
        'knowledge/customers/acme.md': other,
        'knowledge/customers/beta.md': customer('beta', ['tier: x']),
      },
      author: jan,
    });
    await follow(space);
    const moved = await now(review);
    expect(moved.state).toBe('open');
    expect(
      (await listReviewItems(db, review.id)).map(({ entryId, text }) => [entryId, text]),
    ).toEqual([
      ['acme', other],
      ['beta', customer('beta', ['tier: x'])],
    ]);
    expect(moved.authors.map(({ email }) => email).sort()).toEqual([eva.email, jan.email]);
    expect(await onMain()).toBe(before);
    // Who added to it is an author as well.
    await approve(review, jan);
    await follow(space);
    expect((await now(review)).state).toBe('open');
    await approve(review);
    await follow(space);
    expect(await onMain()).toBe(other);
  });

  test('outlives an hour without the host, and a worker that was lost after its push', async () => {
    const space = await spaceAt(kind);
    const review = await ask(space);
    under.hooks.afterPush = () => Promise.reject(new Error('The worker is gone.'));
    await expect(follow(space)).rejects.toThrow('The worker is gone.');
    under.hooks.afterPush = null;
    const pushed = await here().repository.tip(review.branch);
    expect((await now(review)).state).toBe('opening');
    await here().server.goAway();
    await expect(follow(space)).rejects.toMatchObject({ type: 'repository_unreachable' });
    expect((await now(review)).state).toBe('opening');
    await here().server.comeBack();
    await follow(space);
    expect(await now(review)).toMatchObject({ state: 'open', headSha: pushed });
    await approve(review);
    await here().server.goAway();
    await expect(follow(space)).rejects.toMatchObject({ type: 'repository_unreachable' });
    await here().server.comeBack();
    await follow(space);
    expect(await onMain()).toBe(after);
    expect((await here().pulls.list()).length).toBe(1);
  });

  test('is what every save becomes if the branch is protected, and its approvals are the host’s', async () => {
    const space = await spaceAt(kind, { isProtected: true });
    here().pulls.rules.approvals = 2;
    await space.save('acme', { text: after, message: 'Iron for Acme' });
    await space.save('new', { text: customer('new') });
    const result = await space.sync();
    expect(result).toMatchObject({ commits: 0, waitingSaves: 0, openReviews: 1 });
    expect(await space.entry('acme')).toMatchObject({
      headText: before,
      waiting: false,
      inReview: true,
    });
    expect(await space.ids()).toEqual(['acme', 'beta']);
    expect((await space.row()).protectedAt).not.toBeNull();
    await follow(space);
    const [pull] = await here().pulls.list();
    if (pull === undefined) throw new Error('There is no pull request.');
    here().pulls.review(pull, here().account('berta'), 'approved', pull.head, '');
    await follow(space);
    const [review] = await db
      .selectFrom('reviews')
      .selectAll()
      .where('spaceId', '=', space.id)
      .execute();
    expect(review).toMatchObject({
      state: 'open',
      failure: { code: expect.stringMatching(/^(?:merge_refused|host_not_ready)$/) },
    });
    here().pulls.review(pull, here().account('carla'), 'approved', pull.head, '');
    await follow(space);
    await space.sync();
    expect(await onMain()).toBe(after);
    expect(await space.ids()).toEqual(['acme', 'beta', 'new']);
    expect(await space.entry('acme')).toMatchObject({ headText: after, inReview: false });
  });

  test('that somebody closes here is closed there', async () => {
    const space = await spaceAt(kind);
    const review = await ask(space);
    await follow(space);
    await wakeReview(db, review.id, { closeWantedBy: 'Eva' });
    await follow(space);
    expect(await now(review)).toMatchObject({ state: 'closed', outcome: 'Closed by Eva.' });
    expect((await here().pulls.find(1))?.state).toBe('closed');
    expect(await here().repository.tip(review.branch)).toBeNull();
  });
});

describe('a review whose branch others can push to', () => {
  test('is not merged from here with a file outside of the space, whoever approves it', async () => {
    const space = await spaceAt('gitea');
    const review = await ask(space);
    await follow(space);
    await here().repository.commit({
      branch: review.branch,
      files: { '.github/workflows/deploy.yml': 'on: push\n' },
    });
    await follow(space);
    await approve(review);
    await follow(space);
    expect(await now(review)).toMatchObject({
      state: 'open',
      failure: {
        code: 'outside_space',
        message: expect.stringContaining('.github/workflows/deploy.yml'),
      },
    });
    expect(await onMain()).toBe(before);
  });

  test('shows what a merge takes back that came to the branch of the space since', async () => {
    const space = await spaceAt('gitea');
    const review = await ask(space);
    await follow(space);
    const { repository } = here();
    const priced = customer('beta', ['tier: platinum']);
    const theirs = await repository.commit({ files: { 'knowledge/customers/beta.md': priced } });
    await space.sync();
    // A merge that has both parents and nothing of the second.
    const head = (await repository.tip(review.branch))!;
    const tree = String(await repository.git(['rev-parse', `${head}^{tree}`])).trim();
    const merge = String(
      await repository.git([
        ...['-c', 'user.name=Jan', '-c', 'user.email=jan@example.com'],
        'commit-tree',
        tree,
        '-p',
        head,
        '-p',
        theirs,
        '-m',
        'Merge main',
      ]),
    ).trim();
    await repository.setBranch(review.branch, merge);
    await follow(space);
    expect(
      (await listReviewItems(db, review.id)).map(({ entryId, text }) => [entryId, text]),
    ).toEqual([
      ['acme', after],
      ['beta', customer('beta')],
    ]);
  });

  test('names as authors whom its commits name, also behind a merge, and who made them', async () => {
    const space = await spaceAt('gitea');
    const review = await ask(space);
    await follow(space);
    const { repository } = here();
    const git = async (...args: string[]) => String(await repository.git(args)).trim();
    const head = (await repository.tip(review.branch))!;
    const files = { 'knowledge/customers/acme.md': customer('acme', ['tier: steel']) };
    const steel = await repository.commit({ branch: review.branch, files });
    const tree = await git('rev-parse', `${steel}^{tree}`);
    const commit = (author: string, committer: string, ...parents: string[]) =>
      git(
        ...Object.entries({ author, committer }).flatMap(([who, name]) => [
          ...['-c', `${who}.name=${name}`, '-c', `${who}.email=${name}@example.com`],
        ]),
        ...['commit-tree', tree, ...parents.flatMap((sha) => ['-p', sha]), '-m', 'Change'],
      );
    // Ada changes it on a side branch, in the name of somebody else, and Carl merges that.
    const side = await commit('nobody', 'ada', head);
    const merge = await commit('carl', 'carl', head, side);
    await repository.setBranch(review.branch, merge);
    await follow(space);
    const { authors } = await now(review);
    const names = ['ada', 'carl', 'nobody'].map((name) => `${name}@example.com`);
    expect(authors.map(({ email }) => email).sort()).toEqual([...names, eva.email].sort());
    expect(authors.filter(({ named }) => named === true)).toHaveLength(3);
    // Her own approval is not enough.
    await approve(review);
    await follow(space);
    expect((await now(review)).state).toBe('open');
    expect(await onMain()).toBe(before);
  });

  test('with a file that is no text is not judged, and the other reviews go on', async () => {
    const space = await spaceAt('gitea');
    const [odd, other] = [
      await ask(space),
      await ask(space, [{ ...change, text: customer('acme', ['tier: lead']) }]),
    ];
    await follow(space);
    await here().repository.commit({
      branch: odd.branch,
      files: { 'knowledge/customers/acme.md': 'a\0b' },
    });
    await follow(space);
    await approve(other);
    await follow(space);
    expect(await now(odd)).toMatchObject({ state: 'open', failure: { code: 'too_much_text' } });
    expect((await now(other)).state).not.toBe('open');
  });

  test('is merged by the wish for another version only if that is wished again', async () => {
    const space = await spaceAt('gitea', { isProtected: true });
    here().pulls.rules.approvals = 1;
    await space.save('acme', { text: after });
    await space.sync();
    await follow(space);
    const [review] = await db
      .selectFrom('reviews')
      .selectAll()
      .where('spaceId', '=', space.id)
      .execute();
    expect(review?.mergeWantedBy).toBe(eva.name);
    await here().repository.commit({
      branch: review!.branch,
      files: { 'knowledge/customers/acme.md': customer('acme', ['tier: evil']) },
    });
    const pull = (await here().pulls.find(1))!;
    here().pulls.review(pull, here().account('berta'), 'approved', pull.head, '');
    await follow(space);
    await follow(space);
    expect(await onMain()).toBe(before);
    expect((await now(review!)).mergeWantedBy).toBeNull();
  });
});

test('a review needs what the rules of now ask, not those of when it was asked for', async () => {
  const space = await spaceAt('gitea');
  const review = await ask(space);
  await follow(space);
  const strict: ReviewRule = {
    name: 'Publishers',
    approvals: 1,
    approvers: ['role:publisher'],
    author: false,
  };
  const rules = {
    publicKinds: ['customer'],
    index: false,
    notify: { emails: [] },
    review: [strict],
  };
  await db
    .updateTable('spaces')
    .set({ rules: jsonb(rules) })
    .where('id', '=', space.id)
    .execute();
  await approve(review);
  await follow(space);
  expect(await now(review)).toMatchObject({ state: 'open', needs: [{ name: 'Publishers' }] });
  expect(await onMain()).toBe(before);
});

describe('a review without pull requests', () => {
  const rules = {
    review: [rule],
    publicKinds: ['customer'],
  };
  const files = {
    'knowledge/customers/acme.md': before,
    'knowledge/customers/beta.md': customer('beta'),
  };

  test('is a branch, approved here, and becomes one commit of its author', async () => {
    const space = await under.space(files, rules);
    await space.sync();
    const added: ReviewItem = {
      ...{ entryId: 'new', kind: 'customer', path: 'knowledge/customers/new.md', action: 'create' },
      ...{ moveTo: null, title: 'NEW', baseText: null, text: customer('new') },
    };
    const review = await ask(space, [change, added]);
    await follow(space);
    expect(await now(review)).toMatchObject({ state: 'open', pullRequest: null });
    expect(await space.repository.read('knowledge/customers/new.md', review.branch)).toBe(
      customer('new'),
    );
    await approve(review, eva);
    await follow(space);
    expect((await now(review)).state).toBe('open');
    // What others push meanwhile stays.
    const pushed = customer('acme', ['tier: gold', 'region: EMEA']);
    await space.repository.commit({ files: { 'knowledge/customers/acme.md': pushed } });
    await space.sync();
    await approve(review);
    await follow(space);
    expect((await now(review)).state).toBe('merging');
    await space.sync();
    await follow(space);
    expect(await now(review)).toMatchObject({ state: 'merged', outcome: 'Merged by Gitward.' });
    expect(await space.repository.tip(review.branch)).toBeNull();
    const [last] = await space.repository.log();
    expect(last).toMatchObject({ subject: 'Iron for Acme' });
    expect(last?.message).toMatch(/^Reviewed-by: Ada Lovelace <ada@example\.com>$/m);
    expect(last?.message).not.toContain('Reviewed-by: Eva');
    expect(await space.repository.changedPaths()).toEqual([
      'knowledge/customers/acme.md',
      'knowledge/customers/new.md',
    ]);
    expect(await space.repository.read('knowledge/customers/acme.md')).toBe(
      customer('acme', ['tier: iron', 'region: EMEA']),
    );
  });

  test('that is closed leaves no branch, but nothing of others is deleted', async () => {
    const space = await under.space(files, rules);
    await space.sync();
    const [alone, changed] = [await ask(space), await ask(space, [{ ...change, text: null }])];
    await follow(space);
    expect(await space.repository.tip(alone.branch)).not.toBeNull();
    for (const { id } of [alone, changed]) await wakeReview(db, id, { closeWantedBy: 'Eva' });
    const theirs = await space.repository.commit({
      branch: changed.branch,
      files: { 'knowledge/customers/other.md': customer('other') },
    });
    await follow(space);
    for (const review of [alone, changed]) expect((await now(review)).state).toBe('closed');
    expect(await space.repository.tip(alone.branch)).toBeNull();
    expect(await space.repository.tip(changed.branch)).toBe(theirs);
  });

  test('that clashes with what came since is not merged over it', async () => {
    const space = await under.space(files, rules);
    await space.sync();
    const review = await ask(space);
    await follow(space);
    await space.repository.commit({
      files: { 'knowledge/customers/acme.md': customer('acme', ['tier: lead']) },
    });
    await space.sync();
    await approve(review);
    await follow(space);
    expect(await now(review)).toMatchObject({
      state: 'open',
      failure: { code: 'review_conflict' },
    });
    expect((await space.entry('acme')).headText).toBe(customer('acme', ['tier: lead']));
    expect(await space.saves()).toEqual([]);
  });

  test('whose branch is changed by a file with the id of another entry leaves that alone', async () => {
    const space = await under.space(files, rules);
    await space.sync();
    const review = await ask(space);
    await follow(space);
    await space.repository.commit({
      branch: review.branch,
      files: { 'knowledge/customers/evil.md': customer('beta', ['tier: mine']) },
    });
    await follow(space);
    await approve(review);
    await follow(space);
    expect(await now(review)).toMatchObject({
      state: 'open',
      failure: { code: 'review_conflict' },
    });
    expect((await space.entry('beta')).headText).toBe(customer('beta'));
  });

  test('whose branch somebody else has already gets another one', async () => {
    const space = await under.space(files, rules);
    await space.sync();
    const review = await ask(space);
    await space.repository.setBranch(review.branch, (await space.repository.tip())!);
    await follow(space);
    await follow(space);
    const open = await now(review);
    expect(open.state).toBe('open');
    expect(open.branch).not.toBe(review.branch);
    expect(await space.repository.read('knowledge/customers/acme.md', open.branch)).toBe(after);
  });

  test('that the branch has already is merged at once, and personal data is not pushed', async () => {
    const space = await under.space(files, rules);
    await space.sync();
    const review = await ask(space, [{ ...change, text: before }]);
    await follow(space);
    expect(await now(review)).toMatchObject({
      state: 'merged',
      outcome: 'The branch has all of it already.',
    });
    const secret = await under.space(files, { ...rules, publicKinds: [] });
    await secret.sync();
    const held = await ask(secret);
    const { credential } = under.server;
    under.server.credential = null;
    await follow(secret).finally(() => {
      under.server.credential = credential;
    });
    expect(await now(held)).toMatchObject({
      state: 'opening',
      failure: { code: 'public_repository' },
    });
    expect(await secret.repository.tip(held.branch)).toBeNull();
  });
});
