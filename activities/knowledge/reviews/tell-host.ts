import {
  noteApprovalTold,
  type ReviewApproval,
} from '../../../db/knowledge/reviews/review-approvals.ts';
import { noteReview } from '../../../db/knowledge/reviews/review-marks.ts';
import type { PullRequest, ReviewHost } from '../../../hosts/reviews/types.ts';
import type { JudgedReview } from '../../../knowledge/review/judge-review.ts';
import { emailKey } from '../../../knowledge/review/people.ts';
import type { ReviewFailure } from '../../../model/knowledge/review.ts';
import { cut } from '../../../model/text/outside-text.ts';
import { plain } from './describe-review.ts';
import { isOfReview, type FollowedReview } from './followed-review.ts';
import { sayInPerson, type Telling } from './say-in-person.ts';

/** The name of our status check. */
const context = 'gitward/review';

/** Hosts take no longer descriptions of a status. */
const longestDescription = 140;

const verbs: Record<ReviewApproval['verdict'], string> = {
  approved: 'approved this in Gitward',
  changes_requested: 'asks for changes in Gitward',
  withdrawn: 'took that back in Gitward',
};

/** A review at a host, as it was read there, and what was said about it here. */
export interface Told {
  host: ReviewHost;
  seen: PullRequest;
  approvals: readonly ReviewApproval[];
  judged: JudgedReview<ReviewApproval>;
}

/**
 * Tells the host what was said here, in people's own names where they have tokens for that and as comments else, and whether
 * it is enough, as a status check. A credential that may not do that does not stop the review: what could not be told is
 * returned.
 */
export async function tellHost(
  followed: FollowedReview,
  told: Told,
): Promise<Omit<ReviewFailure, 'since'> | null> {
  const untold = [
    await attempt(followed, () => tellWords(followed, told)),
    await attempt(followed, () => tellStatus(followed, told)),
  ].filter((message) => message !== null);
  if (untold.length === 0) return null;
  return {
    code: 'host_not_told',
    message: `${told.host.name} was not told what was said here. ${untold.join(' ')}`,
  };
}

/** Why it could not be told; `null` if it was. */
async function attempt(
  { review }: FollowedReview,
  tell: () => Promise<string | null>,
): Promise<string | null> {
  if (review.headSha === null) return null;
  try {
    return await tell();
  } catch (error) {
    if (!isOfReview(error)) throw error;
    return error.message;
  }
}

async function tellWords(
  followed: FollowedReview,
  { host, seen, approvals }: Told,
): Promise<string | null> {
  const { db } = followed.deps;
  let later: string | null = null;
  for (const [index, word] of approvals.entries()) {
    if (word.toldAt !== null) continue;
    const isOfSame = ({ person }: ReviewApproval) =>
      emailKey(person.email) === emailKey(word.person.email);
    // Only somebody's last word is theirs now.
    const isLast = !approvals.slice(index + 1).some(isOfSame);
    const earlier = approvals.slice(0, index).filter(isOfSame);
    const telling: Telling = isLast
      ? await sayInPerson(followed, { host, seen, word, earlier })
      : { kind: 'comment', why: '' };
    if (telling.kind === 'later') {
      later = telling.why;
      continue;
    }
    if (telling.kind === 'comment') await host.comment(seen.number, textOf(word));
    await noteApprovalTold(
      db,
      word.id,
      telling.kind === 'said' ? { as: 'approval', why: '' } : { as: 'comment', why: telling.why },
    );
  }
  return later;
}

function textOf({ person, verdict, comment, dismissedBy }: ReviewApproval): string {
  const words = comment === '' ? '' : `\n\n> ${comment.split('\n').map(plain).join('\n> ')}`;
  const said =
    dismissedBy === null
      ? `${plain(person.name)} ${verbs[verdict]}.`
      : `${plain(dismissedBy.name)} dismissed in Gitward what ${plain(person.name)} asked for.`;
  return `${said}${words}`;
}

async function tellStatus(
  { deps, review }: FollowedReview,
  { host, judged: { satisfied, missing } }: Told,
): Promise<null> {
  const { headSha } = review;
  if (headSha === null) return null;
  const description = satisfied ? 'Everybody who must approve it has.' : missing.join(' ');
  const told = JSON.stringify([headSha, satisfied, description]);
  if (told === review.told) return null;
  await host.setStatus(headSha, {
    state: satisfied ? 'success' : 'pending',
    context,
    description: cut(description, longestDescription),
    url: null,
  });
  await noteReview(deps.db, review, { told });
  return null;
}
