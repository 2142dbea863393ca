import { expect, test } from 'vitest';
import { judgeReview, type SaidOfReview } from '../../../knowledge/review/judge-review.ts';
import type { Role } from '../../../model/access/roles.ts';
import type { ReviewNeed, Verdict } from '../../../model/knowledge/review-rules.ts';

const need: ReviewNeed = { name: 'Prices', approvals: 1, approvers: null, author: false };
const now = 'b'.repeat(40);
const review = { needs: [need], authors: [{ email: 'eva@example.com', role: null }], headSha: now };

let at = 0;
function said(
  who: string,
  verdict: Verdict,
  { headSha = now, role = 'editor' }: { headSha?: string | null; role?: Role } = {},
): SaidOfReview {
  const person = { name: who, email: `${who}@example.com` };
  return { person, role, verdict, headSha, at: new Date((at += 1_000)) };
}

test('an approval counts for the version that it was given for, and no other', () => {
  expect(judgeReview(review, [said('ada', 'approved')]).satisfied).toBe(true);
  const old = said('ada', 'approved', { headSha: 'a'.repeat(40) });
  expect(judgeReview(review, [old])).toMatchObject({ satisfied: false, counting: [] });
  expect(judgeReview({ ...review, headSha: null }, [said('ada', 'approved')]).satisfied).toBe(
    false,
  );
});

test('the last word of a person counts, even if it was about another version', () => {
  const words = [
    said('ada', 'changes_requested', { headSha: 'a'.repeat(40) }),
    said('ada', 'approved', { headSha: 'a'.repeat(40) }),
    said('jan', 'approved'),
  ];
  expect(judgeReview(review, words).satisfied).toBe(true);
  expect(judgeReview(review, [...words, said('ada', 'changes_requested')]).satisfied).toBe(false);
});

test('who could not approve neither counts nor blocks, nor is named as a reviewer', () => {
  const reader = { role: 'reader' as const };
  const words = [
    said('rob', 'changes_requested', reader),
    said('rea', 'approved', reader),
    said('eva', 'approved'),
    said('ada', 'approved'),
  ];
  const { satisfied, counting } = judgeReview(review, words);
  expect([satisfied, counting.map(({ person }) => person.name)]).toEqual([true, ['ada']]);
});
