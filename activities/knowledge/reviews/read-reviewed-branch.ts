import { findNewestOnBranch } from '../../../db/knowledge/history/space-commits.ts';
import { listEntriesAbout } from '../../../db/knowledge/entry-writes.ts';
import { noteReviewedBranch } from '../../../db/knowledge/reviews/review-marks.ts';
import type { ReviewItem } from '../../../db/knowledge/reviews/reviews.ts';
import type { Clone } from '../../../git/clones/clone-types.ts';
import { readEntryBytes } from '../../../knowledge/entries/read-entry.ts';
import { kindOfPath, kindsOf } from '../../../knowledge/kinds/kinds.ts';
import { needsOf } from '../../../knowledge/review/needs-of.ts';
import { rulesInForce } from '../../../knowledge/review/rules-in-force.ts';
import { emailKey } from '../../../knowledge/review/people.ts';
import { reviewedChange } from '../../../knowledge/review/reviewed-change.ts';
import type { ReviewAuthor } from '../../../model/knowledge/review-rules.ts';
import { StreamFailure } from '../../../model/streams/errors.ts';
import type { FollowedReview } from './followed-review.ts';

/** A review may change this many files; more are for a pull request that Gitward does not judge. */
const mostFiles = 500;

/** How far back the commit is looked for at which a review's branch left the space's. */
const mostCommits = 2_000;

/**
 * Takes over what is on a review's branch, which others can change as well: what it changes compared with the space's
 * branch, who wrote that, and who must approve it. Authors of commits are what these say; they can only add to who counts as
 * an author.
 */
export async function readReviewedBranch(followed: FollowedReview, head: string): Promise<void> {
  const { deps, row, remote, review, execution } = followed;
  execution.step('reading the branch of a review');
  const to = { ...remote, branch: review.branch };
  const { items, emails } = await deps.clones.withClone(
    to,
    { commit: head },
    (clone) => readBranch(followed, clone, head),
    { signal: execution.signal, onProgress: execution.step },
  );
  const authors = allAuthors(review.authors, emails);
  const rules = rulesInForce(row.reviewRules, row.rules.review);
  const changes = items.map((item) => reviewedChange(row, item));
  const needs = needsOf(rules, changes, authors);
  await deps.db
    .transaction()
    .execute((trx) => noteReviewedBranch(trx, review, { sha: head, items, authors, needs }));
}

async function readBranch(
  { deps, row, review }: FollowedReview,
  clone: Clone,
  head: string,
): Promise<{ items: ReviewItem[]; emails: string[] }> {
  const line = await clone.firstParents(head, mostCommits);
  const base = (await findNewestOnBranch(deps.db, row.id, line)) ?? review.baseSha;
  const tooMany = () =>
    new StreamFailure(
      'too_many_files',
      `The branch ${review.branch} changes more than ${mostFiles} files: merge it with git, or close the review.`,
    );
  const filter = { wants: () => true, most: mostFiles, tooMany };
  const changes = await clone.changes(base, head, row.root, filter);
  const entries = await listEntriesAbout(deps.db, row.id, {
    paths: changes.map(({ path }) => path),
    ids: [],
  });
  // What came from the space's branch by a merge is no change.
  const there = new Map(entries.map((entry) => [entry.path, entry]));
  const own = changes.filter(
    ({ path, blobId }) => blobId === null || there.get(path)?.gitBlob !== blobId,
  );
  const items: ReviewItem[] = [];
  for (const { path, blobId } of own) {
    const before = base === null ? null : await clone.blobAt(base, path);
    const [text, baseText] = [await textOf(clone, blobId), await textOf(clone, before)];
    const kind = kindOfPath(kindsOf(row.kinds), row.root, path);
    const content = text ?? baseText;
    const read = kind && content !== null ? readEntryBytes(Buffer.from(content), kind) : null;
    items.push({
      entryId: there.get(path)?.id ?? read?.id ?? '',
      kind: kind?.name ?? null,
      path,
      action: before === null ? 'create' : blobId === null ? 'delete' : 'edit',
      moveTo: null,
      title: read?.title ?? '',
      baseText,
      text,
    });
  }
  const emails: string[] = [];
  for await (const { author } of clone.log({ from: base, to: head, folder: row.root }))
    emails.push(author.email);
  return { items, emails };
}

async function textOf(clone: Clone, blobId: string | null): Promise<string | null> {
  if (blobId === null) return null;
  for await (const { content } of clone.blobs([blobId]))
    return content === null ? null : Buffer.from(content).toString('utf8');
  return null;
}

/** Those who are known, with their roles, and those whom commits name. */
function allAuthors(known: readonly ReviewAuthor[], emails: readonly string[]): ReviewAuthor[] {
  const authors = new Map(emails.map((email) => [emailKey(email), { email, role: null }] as const));
  return [
    ...new Map<string, ReviewAuthor>([
      ...authors,
      ...known.map((author) => [emailKey(author.email), author] as const),
    ]).values(),
  ];
}
