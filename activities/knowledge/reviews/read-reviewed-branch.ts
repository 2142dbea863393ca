import type { Db } from '../../../db/connect.ts';
import { findEntry } from '../../../db/knowledge/entries.ts';
import { listEntriesAbout } from '../../../db/knowledge/entry-writes.ts';
import { noteReviewedBranch } from '../../../db/knowledge/reviews/review-marks.ts';
import type { ReviewItem } from '../../../db/knowledge/reviews/reviews.ts';
import type { Clone } from '../../../git/clones/clone-types.ts';
import { readEntryBytes } from '../../../knowledge/entries/read-entry.ts';
import { kindOfPath, kindsOf } from '../../../knowledge/kinds/kinds.ts';
import { neededFor } from '../../../knowledge/review/needed-for.ts';
import { emailKey } from '../../../knowledge/review/people.ts';
import type { ReviewAuthor } from '../../../model/knowledge/review-rules.ts';
import { StreamFailure } from '../../../model/streams/errors.ts';
import type { FollowedReview } from './followed-review.ts';

/** A review may change this many files; more are for a pull request that Gitward does not judge. */
const mostFiles = 500;

/** How far back the commit is looked for that a review's branch has last in common with the space's. */
const mostCommits = 2_000;

/**
 * Takes over what is on a review's branch, which others can change as well: what it changes compared with the space's
 * branch, who wrote that, and who must approve it. Authors of commits are what these say; they can only add to who counts as
 * an author.
 */
export async function readReviewedBranch(followed: FollowedReview, head: string): Promise<void> {
  const { deps, row, remote, review, execution } = followed;
  execution.step('reading the branch of a review');
  const options = { signal: execution.signal, onProgress: execution.step };
  const line = await deps.clones.withClone(
    remote,
    'fresh',
    async (clone) => (clone.tip === null ? [] : clone.firstParents(clone.tip, mostCommits)),
    options,
  );
  const { items, emails } = await deps.clones.withClone(
    { ...remote, branch: review.branch },
    { commit: head },
    (clone) => readBranch(followed, clone, { head, line }),
    options,
  );
  const authors = allAuthors(review.authors, emails);
  const needs = neededFor(row, items, authors) ?? [];
  await deps.db
    .transaction()
    .execute((trx) => noteReviewedBranch(trx, review, { sha: head, items, authors, needs }));
}

async function readBranch(
  { deps, row, review }: FollowedReview,
  clone: Clone,
  { head, line }: { head: string; line: readonly string[] },
): Promise<{ items: ReviewItem[]; emails: string[] }> {
  // The newest commit of the space's branch that is in the review's, by whatever merge: what a host compares with.
  const missing = await clone.missingFrom(head, line);
  const base = line.find((sha) => !missing.has(sha)) ?? null;
  if (base === null)
    throw new StreamFailure(
      'too_many_commits',
      `The branch ${review.branch} has none of the last ${mostCommits} commits of ${row.repositoryBranch}: rebase it, or close the review.`,
    );
  const tooMany = () =>
    new StreamFailure(
      'too_many_files',
      `The branch ${review.branch} changes more than ${mostFiles} files: merge it with git, or close the review.`,
    );
  // Everywhere: what is outside of the space is merged as well.
  const changes = await clone.changes(base, head, '', {
    wants: () => true,
    most: mostFiles,
    tooMany,
  });
  const paths = changes.map(({ path }) => path);
  const there = new Map(
    (await listEntriesAbout(deps.db, row.id, { paths, ids: [] })).map((entry) => [
      entry.path,
      entry,
    ]),
  );
  const items: ReviewItem[] = [];
  for (const { path, blobId } of changes) {
    const before = await clone.blobAt(base, path);
    const [text, baseText] = [await textOf(clone, path, blobId), await textOf(clone, path, before)];
    const kind = kindOfPath(kindsOf(row.kinds), row.root, path);
    const content = text ?? baseText;
    const read = kind && content !== null ? readEntryBytes(Buffer.from(content), kind) : null;
    items.push({
      entryId: there.get(path)?.id ?? (await freeId(deps.db, row.id, read?.id ?? null)),
      kind: kind?.name ?? null,
      path,
      action: before === null ? 'create' : blobId === null ? 'delete' : 'edit',
      moveTo: null,
      title: read?.title ?? '',
      baseText,
      text,
    });
  }
  return { items, emails: await emailsIn(clone, review, { from: base, to: head }) };
}

/**
 * Whom the commits of the branch name, also those behind merges: who wrote a commit and who made it, since either could be
 * anybody's name. Our own commit names who asked for the review, and Gitward.
 */
async function emailsIn(
  clone: Clone,
  { branch, pushedSha }: FollowedReview['review'],
  range: { from: string; to: string },
): Promise<string[]> {
  const commits = await clone.namedBy({ ...range, most: mostCommits + 1 });
  if (commits.length > mostCommits)
    throw new StreamFailure(
      'too_many_commits',
      `The branch ${branch} has more than ${mostCommits} commits of its own: merge it with git, or close the review.`,
    );
  const emails = commits.flatMap((commit) => (commit.sha === pushedSha ? [] : commit.emails));
  return [...new Set(emails)].filter((email) => email !== '');
}

/** The id that a new file declares, unless another file has it already: then it is no entry that we could name. */
async function freeId(db: Db, spaceId: string, id: string | null): Promise<string> {
  if (id === null) return '';
  const entry = await findEntry(db, spaceId, id);
  return entry?.gitBlob == null ? id : '';
}

/** Throws `StreamFailure` for a file that is no text that we keep: nobody here could see what they approve. */
async function textOf(clone: Clone, path: string, blobId: string | null): Promise<string | null> {
  if (blobId === null) return null;
  for await (const { content } of clone.blobs([blobId])) {
    const text = content === null ? null : Buffer.from(content).toString('utf8');
    if (text !== null && !text.includes('\0') && !text.includes('\ufffd')) return text;
  }
  throw new StreamFailure(
    'too_much_text',
    `${path} in the branch of the review is no text of at most 1 MiB, so that nobody here can judge it. Take it back, or merge the branch at the host.`,
  );
}

/** Those who are known, with their roles, and those whom commits name. */
function allAuthors(known: readonly ReviewAuthor[], emails: readonly string[]): ReviewAuthor[] {
  const authors = new Map(
    emails.map((email) => [emailKey(email), { email, role: null, named: true }] as const),
  );
  return [
    ...new Map<string, ReviewAuthor>([
      ...authors,
      ...known.map((author) => [emailKey(author.email), author] as const),
    ]).values(),
  ];
}
