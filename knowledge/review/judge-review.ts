import type {
  Approval,
  Judgement,
  ReviewAuthor,
  ReviewNeed,
} from '../../model/knowledge/review-rules.ts';
import { judgeApprovals, writers } from './judge-approvals.ts';
import { emailKey, isAmong } from './people.ts';

/** What somebody said, and about which version of the change. */
export interface SaidOfReview extends Approval {
  headSha: string | null;
}

/** The judgement of a review. */
export interface JudgedReview<Said extends SaidOfReview> extends Judgement {
  /** The approvals of what is there now that count for something, by others than its authors: one of each person. */
  counting: Said[];
}

/**
 * Judges a review by the last word of each person. An approval of another version than the one that is there now counts for
 * nothing: its giver has not seen what came since. A wish for changes lasts until the same person says otherwise; whoever
 * could not approve cannot block either.
 */
export function judgeReview<Said extends SaidOfReview>(
  {
    needs,
    authors,
    headSha,
  }: {
    needs: readonly ReviewNeed[];
    authors: readonly ReviewAuthor[];
    headSha: string | null;
  },
  said: readonly Said[],
): JudgedReview<Said> {
  const last = new Map(said.map((word) => [emailKey(word.person.email), word]));
  const named = needs.length === 0 ? [writers] : needs.map(({ approvers }) => approvers ?? writers);
  const current = [...last.values()].filter(
    ({ person, role, verdict, headSha: about }) =>
      named.some((who) => isAmong(who, { email: person.email, role })) &&
      (verdict !== 'approved' || (headSha !== null && about === headSha)),
  );
  const present = authors.filter((author) => !isDismissed(author, headSha));
  const isAuthor = new Set(present.map(({ email }) => emailKey(email)));
  return {
    ...judgeApprovals(needs, current, present),
    counting: current.filter(
      ({ verdict, person }) => verdict === 'approved' && !isAuthor.has(emailKey(person.email)),
    ),
  };
}

/** Whether an admin said that somebody is no author of what is there now. */
export function isDismissed({ dismissed }: ReviewAuthor, headSha: string | null): boolean {
  return headSha !== null && dismissed?.head === headSha;
}
