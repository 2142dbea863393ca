import type { JsonValue } from '../../model/knowledge/entry.ts';
import type { ReviewRule, RuleInForce } from '../../model/knowledge/review-rules.ts';
import { canonicalText } from '../merge/same-value.ts';

/** All rules of a space: those of the file in its repository, and those of its settings. */
export function rulesInForce(
  repository: readonly ReviewRule[],
  settings: readonly ReviewRule[] = [],
): RuleInForce[] {
  return [
    ...repository.map((rule): RuleInForce => ({ ...rule, from: 'repository' })),
    ...settings.map((rule): RuleInForce => ({ ...rule, from: 'settings' })),
  ];
}

/**
 * The rules in force that other rules would remove or change in any way. Only what adds rules is surely not weaker;
 * whether another pattern or list of people is, nobody has to work out.
 */
export function weakenedRules(
  before: readonly ReviewRule[],
  after: readonly ReviewRule[],
): ReviewRule[] {
  const kept = new Set(after.map(textOf));
  return before.filter((rule) => !kept.has(textOf(rule)));
}

/** The same for two rules exactly if they mean the same. */
function textOf(rule: ReviewRule): string {
  return canonicalText(rule as unknown as JsonValue);
}

/** What is wrong with rules in this space: kinds that it does not have. They stay in force, and say so. */
export function unknownKinds(
  rules: readonly ReviewRule[],
  kinds: readonly { name: string }[],
): string[] {
  const known = new Set(kinds.map(({ name }) => name));
  return rules.flatMap(({ name, kinds: named = [] }) =>
    named
      .filter((kind) => !known.has(kind))
      .map(
        (kind) =>
          `The rule "${name}" is about the kind "${kind}", which this space does not have: write another, or remove it.`,
      ),
  );
}
