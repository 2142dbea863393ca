import type { Answer } from '../../../client/answers.ts';
import { count, oneLine, table } from '../../../client/layout.ts';

type ReviewRules = Answer<'GET /v1/spaces/:space/review-rules'>;
type Rule = NonNullable<ReviewRules['waiting']>['rules'][number];

/** Who must approve changes in a space, and what waits until an admin accepts it. */
export function reviewRulesText(space: string, { rules, waiting }: ReviewRules): string {
  const inForce = table(
    ['rule', 'from', 'changes of', 'approvals'],
    rules.map((rule) => [rule.name, rule.from, changesOf(rule), approvalsOf(rule)]),
    'No rules. Everybody who may write changes what they like without an approval.',
  );
  if (waiting === null) return inForce;
  const next = table(
    ['rule', 'changes of', 'approvals'],
    waiting.rules.map((rule) => [rule.name, changesOf(rule), approvalsOf(rule)]),
    'No rules.',
  );
  const how = `gitward knowledge spaces accept-rules ${oneLine(space)} ${waiting.digest}`;
  return `${inForce}\n\nThe repository has weaker rules, which wait until an admin accepts them:\n\n${next}\n\n${how}`;
}

function changesOf({ kinds, paths, fields, authors }: Rule): string {
  const parts = [
    ...(kinds === undefined ? [] : [kinds.join(', ')]),
    ...(paths === undefined ? [] : [paths.join(', ')]),
    ...(fields === undefined ? [] : [`in ${fields.join(', ')}`]),
    ...(authors === undefined ? [] : [`by ${authors.join(', ')}`]),
  ];
  return parts.length === 0 ? 'everything' : parts.join('; ');
}

function approvalsOf({ approvals, approvers, author }: Rule): string {
  const who =
    approvers === undefined
      ? count(approvals, 'person', 'persons')
      : `${approvals} of ${approvers.join(', ')}`;
  return author ? `${who}; authors count, but not alone` : who;
}
