import type {
  Approval,
  Judgement,
  ReviewAuthor,
  ReviewNeed,
} from '../../model/knowledge/review-rules.ts';
import { judgeApprovals } from './judge-approvals.ts';
import { emailKey } from './people.ts';

/** What somebody said, and about which version of the change. */
export interface SaidOfReview extends Approval {
  headSha: string | null;
}

/** The judgement of a review. */
export interface JudgedReview<Said extends SaidOfReview> extends Judgement {
  /** The approvals of what is there now by others than its authors, the last word of each person. */
  counting: Said[];
}

/**
 * Judges a review by what was said about the version that is there now. An approval of another version counts for nothing:
 * nobody has seen what came since. A wish for changes lasts until the same person says otherwise.
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
  const current = said.filter(
    (word) => word.verdict !== 'approved' || (headSha !== null && word.headSha === headSha),
  );
  const last = new Map(current.map((word) => [emailKey(word.person.email), word]));
  for (const { email } of authors) last.delete(emailKey(email));
  return {
    ...judgeApprovals(needs, current, authors),
    counting: [...last.values()].filter(({ verdict }) => verdict === 'approved'),
  };
}
