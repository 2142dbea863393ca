import type {
  Approval,
  Judgement,
  ReviewAuthor,
  ReviewNeed,
  Verdict,
} from '../../model/knowledge/review-rules.ts';
import { changesAsked, missingApprovals } from './approval-words.ts';
import { emailKey, isAmong } from './people.ts';

/** Who may approve where a rule names nobody: everybody who may write. */
export const writers = ['role:editor'];

/**
 * Whether these approvals satisfy all needs, and if not, what is missing. One person counts once, by their e-mail
 * address and with their last word. Whoever asked for changes blocks until they approve or take that back. Authors
 * never satisfy a need among themselves.
 */
export function judgeApprovals(
  needs: readonly ReviewNeed[],
  approvals: readonly Approval[],
  authors: readonly Pick<ReviewAuthor, 'email'>[],
): Judgement {
  const words = lastWords(approvals);
  const isAuthor = new Set(authors.map(({ email }) => emailKey(email)));
  const approved = words.filter(({ verdict }) => verdict === 'approved');
  const missing = [
    ...words.flatMap(({ verdict, person }) =>
      verdict === 'changes_requested' ? [changesAsked(person.name)] : [],
    ),
    ...needs.flatMap((need) => {
      const counting = approved.filter(({ person, role }) =>
        isAmong(need.approvers ?? writers, { email: person.email, role }),
      );
      const others = counting.filter(({ person }) => !isAuthor.has(emailKey(person.email)));
      const own = need.author ? counting.length - others.length : 0;
      const more = stillNeeded(need, others.length, own);
      return more === 0 ? [] : [missingApprovals(need, more, others.length + own)];
    }),
  ];
  return { satisfied: missing.length === 0, missing };
}

/** How many more approvals are needed, of people who are not the authors if one is. */
function stillNeeded({ approvals }: ReviewNeed, others: number, own: number): number {
  return Math.max(approvals - others - own, others === 0 ? 1 : 0);
}

const strictness: Record<Verdict, number> = { changes_requested: 2, withdrawn: 1, approved: 0 };

/** The last word of each person; of several at the same time the strictest. */
function lastWords(approvals: readonly Approval[]): Approval[] {
  const last = new Map<string, Approval>();
  for (const approval of approvals) {
    const key = emailKey(approval.person.email);
    const known = last.get(key);
    if (known === undefined || isLater(approval, known)) last.set(key, approval);
  }
  return [...last.values()];
}

function isLater(one: Approval, other: Approval): boolean {
  const later = one.at.getTime() - other.at.getTime();
  return later === 0 ? strictness[one.verdict] > strictness[other.verdict] : later > 0;
}
