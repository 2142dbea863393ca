import fc from 'fast-check';
import { expect, test } from 'vitest';
import { judgeApprovals } from '../../../knowledge/review/judge-approvals.ts';
import { needsOf } from '../../../knowledge/review/needs-of.ts';
import { roles } from '../../../model/access/roles.ts';
import type {
  Approval,
  ReviewNeed,
  ReviewRule,
  ReviewedChange,
} from '../../../model/knowledge/review-rules.ts';
import { randomRuns, randomSeed } from '../../support/random-runs.ts';

/** Everybody there is, each with one role. */
const people = [...roles, null].map((role, at) => ({ email: `p${at}@example.com`, role }));
const somebody = fc.constantFrom(...people);
const named = fc.constantFrom(
  ...people.map(({ email }) => email),
  ...roles.map((role) => `role:${role}`),
);
const some = <T>(...items: T[]) => fc.subarray(items, { minLength: 1 });

const rule: fc.Arbitrary<ReviewRule> = fc.record(
  {
    name: fc.constantFrom('A', 'B', 'C'),
    kinds: some('skill', 'customer', 'environment'),
    paths: fc.array(fc.constantFrom('*', 'a/*', 'b/*', '.gitward/*', '?/x'), { minLength: 1 }),
    fields: some('price', 'protected', 'body'),
    authors: fc.array(named, { minLength: 1 }),
    approvals: fc.integer({ min: 1, max: 4 }),
    approvers: fc.array(named, { minLength: 1 }),
    author: fc.boolean(),
  },
  { requiredKeys: ['name', 'approvals', 'author'] },
);

const content = fc.option(
  fc.record({
    fields: fc.option(
      fc.record({ price: fc.integer({ min: 0, max: 1 }), protected: fc.boolean() }),
    ),
    body: fc.constantFrom('', 'a'),
  }),
);

const change: fc.Arbitrary<ReviewedChange> = fc.record(
  {
    kind: fc.constantFrom('skill', 'customer', 'environment', null),
    path: fc.constantFrom('a/x', 'b/x', '.gitward/rules.yml'),
    movedTo: fc.constantFrom('a/x', 'b/x'),
    action: fc.constantFrom('edit', 'move', 'create', 'delete', 'restore'),
    before: content,
    after: content,
  },
  { requiredKeys: ['kind', 'path', 'action', 'before', 'after'] },
);

const need: fc.Arbitrary<ReviewNeed> = rule.map(({ name, approvals, approvers, author }) => ({
  ...{ name, approvals, approvers: approvers ?? null, author },
}));

const approval: fc.Arbitrary<Approval> = fc
  .record({
    who: somebody,
    at: fc.integer({ min: 0, max: 5 }).map((time) => new Date(time)),
    verdict: fc.constantFrom('approved', 'approved', 'changes_requested', 'withdrawn'),
  })
  .map(({ who: { email, role }, at, verdict }) => ({
    ...{ person: { name: email, email }, role, at, verdict },
  }));

const authors = fc.array(somebody, { minLength: 1, maxLength: 2 });
const runs = { numRuns: randomRuns(200), seed: randomSeed };

test(`a further approval never makes it less satisfied (seed ${randomSeed})`, () => {
  fc.assert(
    fc.property(
      ...[fc.array(need), fc.array(approval), approval, authors],
      (needs, approvals, more, by) => {
        const one = { ...more, verdict: 'approved' as const };
        const before = judgeApprovals(needs, approvals, by);
        const after = judgeApprovals(needs, [...approvals, one], by);
        expect(before.satisfied && !after.satisfied).toBe(false);
        expect(after.missing.length).toBeLessThanOrEqual(before.missing.length);
      },
    ),
    runs,
  );
});

test(`a further rule, change or author never takes away a need (seed ${randomSeed})`, () => {
  const rules = fc.array(rule, { maxLength: 4 });
  const changes = fc.array(change, { maxLength: 3 });
  fc.assert(
    fc.property(
      rules,
      changes,
      authors,
      rule,
      change,
      somebody,
      (all, made, by, more, other, who) => {
        const before = needsOf(all, made, by);
        for (const after of [
          needsOf([...all, more], made, by),
          needsOf(all, [...made, other], by),
          needsOf(all, made, [...by, who]),
        ])
          expect(after).toEqual(expect.arrayContaining(before));
      },
    ),
    runs,
  );
});

test(`authors alone never satisfy anything (seed ${randomSeed})`, () => {
  const needs = fc.array(need, { minLength: 1 });
  fc.assert(
    fc.property(needs, fc.array(approval), authors, (all, approvals, by) => {
      const own = approvals.filter(({ person }) => by.some(({ email }) => email === person.email));
      const { satisfied, missing } = judgeApprovals(all, own, by);
      expect(satisfied).toBe(false);
      expect(missing.length).toBeGreaterThanOrEqual(all.length);
    }),
    runs,
  );
});

test(`the order of approvals does not matter (seed ${randomSeed})`, () => {
  fc.assert(
    fc.property(
      fc.array(need),
      fc.array(approval),
      authors,
      fc.nat(),
      (needs, approvals, by, turn) => {
        const at = approvals.length === 0 ? 0 : turn % approvals.length;
        const turned = [...approvals.slice(at), ...approvals.slice(0, at)].reverse();
        const [one, other] = [approvals, turned].map((all) => judgeApprovals(needs, all, by));
        expect(other?.satisfied).toBe(one?.satisfied);
        expect([...(other?.missing ?? [])].sort()).toEqual([...(one?.missing ?? [])].sort());
      },
    ),
    runs,
  );
});
