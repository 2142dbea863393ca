import { describe, expect, it, test } from 'vitest';
import { judgeApprovals } from '../../../knowledge/review/judge-approvals.ts';
import type { Approval, ReviewNeed } from '../../../model/knowledge/review-rules.ts';
import { eva, word } from './reviewing.ts';

function need(given: Partial<ReviewNeed> = {}): ReviewNeed {
  return { name: 'Prices', approvals: 1, approvers: null, author: false, ...given };
}

function missing(needs: ReviewNeed[], approvals: Approval[], authors = [eva]): string[] {
  const judged = judgeApprovals(needs, approvals, authors);
  expect(judged.satisfied).toBe(judged.missing.length === 0);
  return judged.missing;
}

const publishers = need({ approvals: 2, approvers: ['role:publisher'] });
const publisher = { role: 'publisher' } as const;

describe('what is missing is said in sentences', () => {
  it.each<[ReviewNeed, Approval[], string[]]>([
    [publishers, [], ['Two approvals of people with the role publisher or higher are needed (rule "Prices").']], // prettier-ignore
    [publishers, [word('Jan', publisher)], ['One more approval of people with the role publisher or higher is needed (rule "Prices").']], // prettier-ignore
    [need({ approvals: 3, approvers: ['role:publisher'] }), [word('Jan', publisher)], ['Two more approvals of people with the role publisher or higher are needed (rule "Prices").']], // prettier-ignore
    [publishers, [word('Jan', publisher), word('Ida', { role: 'admin' })], []],
    [need(), [], ['One approval is needed (rule "Prices").']],
    [need({ approvals: 10 }), [], ['Ten approvals are needed (rule "Prices").']],
    [need({ approvers: ['jan@example.com', 'role:admin'] }), [], ['One approval of jan@example.com or people with the role admin or higher is needed (rule "Prices").']], // prettier-ignore
    [need({ approvers: [1, 2, 3, 4, 5, 6, 7].map((n) => `p${n}@example.com`) }), [], ['One approval of p1@example.com, p2@example.com, p3@example.com, p4@example.com, p5@example.com or 2 others is needed (rule "Prices").']], // prettier-ignore
    [need({ author: true }), [word('Eva')], ['One more approval, not by an author, is needed (rule "Prices").']], // prettier-ignore
    [need(), [word('Jan', { verdict: 'changes_requested' })], ['Jan asked for changes, and has to approve or withdraw that.', 'One approval is needed (rule "Prices").']], // prettier-ignore
  ])('%j with %j', (of, approvals, expected) => {
    expect(missing([of], approvals)).toEqual(expected);
  });
});

describe('one person', () => {
  it('counts once, however the address is written', () => {
    const person = { name: 'Jan M.', email: ' JAN@Example.com' };
    expect(missing([need({ approvals: 2 })], [word('Jan'), word('Jan', { person })])).toHaveLength(1); // prettier-ignore
    expect(missing([need({ approvals: 2 })], [word('Jan'), word('Ida')])).toEqual([]);
  });

  it('counts for every rule that names them, and for no other', () => {
    const legal = need({ name: 'Legal', approvers: ['ida@example.com'] });
    expect(missing([need(), legal], [word('Jan')])).toEqual([
      'One approval of ida@example.com is needed (rule "Legal").',
    ]);
    expect(missing([need(), legal], [word('Ida')])).toEqual([]);
  });

  it('who may only read, or is not known, counts only by name', () => {
    for (const role of ['reader', 'agent', null] as const) {
      expect(missing([need()], [word('Jan', { role })])).toHaveLength(1);
      expect(missing([need({ approvers: ['Jan@example.com'] })], [word('Jan', { role })])).toEqual([]); // prettier-ignore
    }
  });

  it('has the last word that they said', () => {
    const said = (verdict: Approval['verdict'], at: number) =>
      word('Jan', { verdict, at: new Date(at) });
    const [asked, approved] = [said('changes_requested', 1), said('approved', 2)];
    expect(missing([need()], [asked, approved])).toEqual([]);
    expect(missing([need()], [approved, asked])).toEqual([]);
    expect(missing([need()], [approved, said('changes_requested', 3)])).toHaveLength(2);
    expect(missing([need()], [approved, said('withdrawn', 3)])).toHaveLength(1);
    // At the same moment, the careful one counts.
    expect(missing([need()], [asked, said('approved', 1)])).toHaveLength(2);
  });

  it('who asked for changes blocks until they take it back, whoever approves', () => {
    const asked = word('Jan', { verdict: 'changes_requested' });
    expect(missing([need()], [asked, word('Ida'), word('Max')])).toEqual([
      'Jan asked for changes, and has to approve or withdraw that.',
    ]);
    const withdrawn = word('Jan', { verdict: 'withdrawn', at: new Date(1) });
    expect(missing([need()], [asked, word('Ida'), withdrawn])).toEqual([]);
  });
});

describe('an author', () => {
  it('counts only where the rule says so, and never alone', () => {
    expect(missing([need({ approvals: 2 })], [word('Eva'), word('Jan')])).toHaveLength(1);
    expect(missing([need({ approvals: 2, author: true })], [word('Eva'), word('Jan')])).toEqual([]);
    expect(missing([need({ author: true })], [word('Eva')])).toHaveLength(1);
    expect(missing([need({ author: true })], [word('Jan')])).toEqual([]);
  });

  it('must be among the approvers, too', () => {
    const two = need({ approvals: 2, approvers: ['role:publisher'], author: true });
    expect(missing([two], [word('Eva'), word('Jan', publisher)])).toHaveLength(1);
  });

  it('is everybody who changed something: two do not satisfy a rule among themselves', () => {
    const authors = [eva, { ...eva, email: 'jan@example.com' }];
    const two = need({ approvals: 2, author: true });
    expect(missing([two], [word('Eva'), word('Jan')], authors)).toEqual([
      'One more approval, not by an author, is needed (rule "Prices").',
    ]);
    expect(missing([two], [word('Eva'), word('Ida')], authors)).toEqual([]);
  });
});

test('nothing is missing where nothing is needed', () => {
  expect(missing([], [])).toEqual([]);
  expect(missing([], [word('Jan', { verdict: 'changes_requested' })])).toHaveLength(1);
});
