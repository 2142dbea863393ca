import { Agent } from 'undici';
import { afterAll, afterEach, expect } from 'vitest';
import {
  recordApproval,
  type NewApproval,
} from '../../../../db/knowledge/reviews/review-approvals.ts';
import {
  findReview,
  insertReview,
  type Review,
  type ReviewItem,
} from '../../../../db/knowledge/reviews/reviews.ts';
import { lockSpace } from '../../../../db/knowledge/spaces.ts';
import { jsonb } from '../../../../db/storable.ts';
import { insertCredential } from '../../../../db/streams/credentials.ts';
import { createReviewHosts } from '../../../../hosts/reviews/create-review-hosts.ts';
import type { ReviewHostKind } from '../../../../hosts/reviews/types.ts';
import { ourselves } from '../../../../model/access/actor.ts';
import type { ReviewNeed, ReviewRule } from '../../../../model/knowledge/review-rules.ts';
import {
  startReviewHost,
  type ReviewHostStandIn,
} from '../../../support/review-hosts/start-review-host.ts';
import { customer, eva, spacesUnderTest, SpaceUnderTest } from '../spaces-under-test.ts';

export const ada = { name: 'Ada Lovelace', email: 'ada@example.com' };
export const rule: ReviewRule = {
  ...{ name: 'Customers', kinds: ['customer'], approvals: 1, author: false },
};
export const need: ReviewNeed = {
  ...{ name: 'Customers', approvals: 1, approvers: null, author: false },
};
export const before = customer('acme', ['tier: gold']);
export const after = customer('acme', ['tier: iron']);
export const change: ReviewItem = {
  ...{ entryId: 'acme', kind: 'customer', path: 'knowledge/customers/acme.md', action: 'edit' },
  ...{ moveTo: null, title: 'ACME', baseText: before, text: after },
};

/** Spaces whose repositories are at stand-ins for hosts, one in each test, and what is done with their reviews; for the top of a file. */
export async function reviewSpaces() {
  const dispatcher = new Agent();
  const under = await spacesUnderTest({
    reviewHosts: createReviewHosts({ dispatcher, known: [] }),
  });
  const { db, activities } = under;
  let host: ReviewHostStandIn | null = null;
  let spaces = 0;

  afterEach(async () => {
    await host?.close();
    expect(host?.server.violations ?? []).toEqual([]);
    host = null;
  });
  afterAll(() => dispatcher.close());

  /** The stand-in of the test. */
  function here(): ReviewHostStandIn {
    if (host === null) throw new Error('The test has no stand-in.');
    return host;
  }

  /** A space whose repository is at a stand-in for a host. */
  async function spaceAt(
    kind: ReviewHostKind,
    { isProtected = false }: { isProtected?: boolean } = {},
  ): Promise<SpaceUnderTest> {
    const standIn = await startReviewHost(kind);
    host = standIn;
    await standIn.repository.commit({
      files: {
        'knowledge/customers/acme.md': before,
        'knowledge/customers/beta.md': customer('beta'),
      },
    });
    if (isProtected) await standIn.protect('main');
    const { username, password } = standIn.credential('anna');
    const credential = await insertCredential(db, under.sealer, {
      ...{ name: `host-${(spaces += 1)}`, username, token: password },
      origin: new URL(standIn.url).origin,
    });
    const credentialId = credential!.id;
    const id = `reviewed-${spaces}`;
    await db
      .insertInto('spaces')
      .values({
        ...{ id, name: id, repositoryUrl: standIn.url, repositoryBranch: 'main', credentialId },
        root: 'knowledge',
        rules: jsonb({
          ...{ publicKinds: ['customer'], index: false, notify: { emails: [] } },
          review: isProtected ? [] : [rule],
        }),
      })
      .execute();
    const space = new SpaceUnderTest(under, id, standIn.repository);
    await space.sync();
    return space;
  }

  /** Asks for a review of a change by Eva. */
  async function ask(
    { id: spaceId }: SpaceUnderTest,
    items: ReviewItem[] = [change],
    needs: ReviewNeed[] = [need],
  ): Promise<Review> {
    return db.transaction().execute(async (trx) => {
      await lockSpace(trx, spaceId);
      return insertReview(trx, {
        ...{ spaceId, title: 'Iron for Acme', description: 'They asked for it.', author: eva },
        authors: [{ email: eva.email, role: 'editor' }],
        ...{ by: ourselves, needs, items },
      });
    });
  }

  /** Looks at the reviews now, whenever they are due. */
  async function follow(space: SpaceUnderTest): Promise<void> {
    await db
      .updateTable('reviews')
      .set({ lookAt: new Date(0) })
      .execute();
    await under.run(() => activities.followReviews({ spaceId: space.id }));
  }

  async function now(review: Review): Promise<Review> {
    return (await findReview(db, review.spaceId, review.number))!;
  }

  /** Somebody says something about what is there now. */
  async function say(review: Review, word: Partial<NewApproval> = {}): Promise<void> {
    const { headSha } = await now(review);
    await db.transaction().execute((trx) =>
      recordApproval(trx, {
        ...{ reviewId: review.id, person: ada, role: 'editor', by: ourselves },
        ...{ verdict: 'approved', comment: 'Looks right.', headSha },
        ...word,
      }),
    );
  }

  const approve = (review: Review, person = ada) => say(review, { person });
  const onMain = (path = 'knowledge/customers/acme.md') => here().repository.read(path);

  return { ...under, here, spaceAt, ask, follow, now, say, approve, onMain };
}
