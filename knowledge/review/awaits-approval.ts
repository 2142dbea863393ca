import type { Approval, ReviewAuthor, ReviewNeed } from '../../model/knowledge/review-rules.ts';
import { judgeReview, type SaidOfReview } from './judge-review.ts';
import { emailKey } from './people.ts';

/** The part of a review that says what is awaited. */
interface JudgedOn {
  needs: readonly ReviewNeed[];
  authors: readonly ReviewAuthor[];
  headSha: string | null;
}

/**
 * Whether a review waits for this person: their approval would change what is missing, and they have not asked for changes
 * of the version that is there now.
 */
export function awaitsApproval(
  review: JudgedOn,
  said: readonly SaidOfReview[],
  { person, role }: Pick<Approval, 'person' | 'role'>,
): boolean {
  const { headSha, needs } = review;
  if (headSha === null || needs.length === 0) return false;
  const own = said.filter((word) => emailKey(word.person.email) === emailKey(person.email)).at(-1);
  if (own?.headSha === headSha && own.verdict === 'changes_requested') return false;
  const at = own === undefined ? new Date(0) : new Date(own.at.getTime() + 1);
  const theirs = { person, role, at, headSha, verdict: 'approved' } as const;
  const now = judgeReview(review, said);
  const then = judgeReview(review, [...said, theirs]);
  return JSON.stringify(now.missing) !== JSON.stringify(then.missing);
}
