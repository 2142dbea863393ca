import { expect, test } from 'vitest';
import { awaitsApproval } from '../../../knowledge/review/awaits-approval.ts';
import type { SaidOfReview } from '../../../knowledge/review/judge-review.ts';
import type { Role } from '../../../model/access/roles.ts';
import type { ReviewNeed, Verdict } from '../../../model/knowledge/review-rules.ts';

const head = 'b'.repeat(40);
const earlier = 'a'.repeat(40);
const need: ReviewNeed = { name: 'Prices', approvals: 1, approvers: null, author: false };
const review = {
  ...{ needs: [need], headSha: head },
  authors: [{ email: 'eva@example.com', role: null }],
};
const at = new Date('2026-03-01T12:00:00Z');

function somebody(name: string, role: Role = 'editor') {
  return { person: { name, email: `${name}@example.com` }, role };
}

function said(name: string, verdict: Verdict, headSha = head): SaidOfReview {
  return { ...somebody(name), verdict, headSha, at };
}

const ada = somebody('ada');

test.each([
  ['nobody has said anything', ada, [], {}, true],
  ['one approval of two is there', ada, [said('jan', 'approved')], two(), true],
  ['they are the author', somebody('eva'), [], {}, false],
  ['they may only read', somebody('ada', 'reader'), [], {}, false],
  ['they are a reader whom the rule names', somebody('ada', 'reader'), [], named('ada'), true],
  ['the rule names somebody else', ada, [], named('jan'), false],
  ['somebody else has approved it', ada, [said('jan', 'approved')], {}, false],
  ['they have approved it', ada, [said('ada', 'approved')], two(), false],
  ['they approved an earlier version', ada, [said('ada', 'approved', earlier)], {}, true],
  ['they have taken it back', ada, [said('ada', 'approved'), said('ada', 'withdrawn')], {}, true],
  ['they asked for changes', ada, [said('ada', 'changes_requested')], {}, false],
  [
    'they asked for changes of an earlier version',
    ada,
    [said('ada', 'changes_requested', earlier)],
    {},
    true,
  ],
  ['its branch is not there yet', ada, [], { headSha: null }, false],
  ['nobody here has to approve it', ada, [], { needs: [] }, false],
])('where %s, a review waits for them or not', (_where, reader, words, more, expected) => {
  expect(awaitsApproval({ ...review, ...more }, words, reader)).toBe(expected);
});

function two() {
  return { needs: [{ ...need, approvals: 2 }] };
}

function named(name: string) {
  return { needs: [{ ...need, approvers: [`${name}@example.com`] }] };
}
