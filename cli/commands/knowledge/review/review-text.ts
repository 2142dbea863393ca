import type { Answer, Item } from '../../../client/answers.ts';
import { facts, manyLines, oneLine, table } from '../../../client/layout.ts';

type ReviewItem = Item<'GET /v1/spaces/:space/reviews'>;

/** A review, as the API returns it. */
export type Review = Answer<'GET /v1/spaces/:space/reviews/:review'>;

/** Reviews, one per line. */
export function reviewsTable(items: readonly ReviewItem[]): string {
  return table(
    ['review', 'state', 'title', 'by', 'since', 'pull request'],
    items.map(({ number, state, title, author, createdAt, pullRequest }) => [
      String(number),
      state,
      title,
      author.name,
      createdAt,
      pullRequest?.url ?? '-',
    ]),
    'No reviews.',
  );
}

/** A review: where it is, what it changes (or the `whole` texts), who said what, and what is missing. */
export function reviewText(review: Review, { whole = false }: { whole?: boolean } = {}): string {
  const { description, items, approvals, missing } = review;
  return [
    reviewFacts(review),
    ...(description === '' ? [] : [manyLines(description)]),
    ...items.map((item) => itemText(item, whole)),
    ...(approvals.length === 0 ? [] : [approvalsText(approvals)]),
    ...(missing.length === 0 ? [] : [missing.map((line) => oneLine(`! ${line}`)).join('\n')]),
  ].join('\n\n');
}

/** Where a review is. */
export function reviewFacts(review: Review): string {
  const { number, title, state, author, pullRequest, branch, head, outcome, failure } = review;
  return facts([
    ['review', `#${number}`],
    ['title', title],
    ['state', state],
    ['by', `${author.name} <${author.email}>`],
    ['authors', review.authors.map(authorText).join(', ')],
    ['since', review.createdAt],
    ['at', pullRequest && `${pullRequest.url} (${pullRequest.host})`],
    ['branch', branch],
    ['head', head],
    ['approved', review.satisfied ? 'by everybody who must' : 'not yet'],
    ['why', failure && `${failure.message} (${failure.code})`],
    ['ended', outcome === '' ? null : outcome],
  ]);
}

function authorText({ email, named, dismissedBy }: Review['authors'][number]): string {
  if (dismissedBy !== null) return `${email} (dismissed by ${dismissedBy.name})`;
  return named ? `${email} (named by a commit)` : email;
}

function itemText(item: Review['items'][number], whole: boolean): string {
  const { entry, kind, path, action, moveTo, diff } = item;
  const name = entry === '' ? path : `${kind ?? ''} ${entry} (${path})`;
  const to = moveTo === null ? '' : ` to ${moveTo}`;
  const shown = whole ? (item.text ?? '') : diff;
  const text = shown === null ? 'The change is too long to show.' : manyLines(shown.trimEnd());
  return `${oneLine(`${action} ${name}${to}`)}${text === '' ? '' : `\n${text}`}`;
}

const verdicts = {
  approved: 'approved it',
  changes_requested: 'asked for changes',
  withdrawn: 'took that back',
};

const told = { approval: 'in their name', comment: 'as a comment' };

/** An approval counts for the version that it is about: `head` is its commit. */
function approvalsText(approvals: Review['approvals']): string {
  const rows = approvals.map(({ at, name, verdict, head, comment, toldAs, dismissedBy }) => [
    at,
    name,
    dismissedBy === null ? verdicts[verdict] : `dismissed by ${dismissedBy.name}`,
    head?.slice(0, 12) ?? '-',
    toldAs === null ? '-' : told[toldAs],
    comment,
  ]);
  const whys = approvals
    .filter(({ toldWhy }) => toldWhy !== '')
    .map(({ name, toldWhy }) => oneLine(`${name}: ${toldWhy}`));
  return [
    table(['when', 'who', 'said', 'about', 'at the host', 'comment'], rows, ''),
    ...whys,
  ].join('\n');
}
