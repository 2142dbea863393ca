import type {
  Approval,
  ReviewAuthor,
  ReviewRule,
  ReviewedChange,
} from '../../../model/knowledge/review-rules.ts';
import type { EntryFields } from '../../../model/knowledge/entry.ts';

export const eva: ReviewAuthor = { email: 'eva@example.com', role: 'editor' };

/** A rule with what is given, for everything else. */
export function rule(given: Partial<ReviewRule> = {}): ReviewRule {
  return { name: 'Rule', approvals: 1, author: false, ...given };
}

/** An edit of a skill's fields from `before` to `after`. */
export function edit(
  before: EntryFields | null,
  after: EntryFields | null,
  given: Partial<ReviewedChange> = {},
): ReviewedChange {
  const content = (fields: EntryFields | null) => fields && { fields, body: 'Text.\n' };
  return {
    ...{ kind: 'skill', path: 'skills/a.md', action: 'edit' },
    ...{ before: content(before), after: content(after) },
    ...given,
  };
}

/** A word of somebody whose address is made from the name. */
export function word(name: string, given: Partial<Approval> = {}): Approval {
  const person = { name, email: `${name.toLowerCase()}@example.com` };
  return { person, role: 'editor', at: new Date(0), verdict: 'approved', ...given };
}
