import type { Kind } from '../../model/knowledge/entry.ts';
import type { ReviewAuthor, ReviewNeed, ReviewRule } from '../../model/knowledge/review-rules.ts';
import { needsOf } from './needs-of.ts';
import { reviewedChange, type ChangedFile } from './reviewed-change.ts';
import { rulesInForce } from './rules-in-force.ts';

/** What decides whether changes in a space are reviewed. */
export interface ReviewedSpace {
  root: string;
  kinds: readonly Kind[];
  /** The rules of the repository. */
  reviewRules: readonly ReviewRule[];
  rules: { review?: readonly ReviewRule[] };
  /** Since when the host lets nobody push to the branch; `null`: it does. */
  protectedAt: Date | null;
}

/**
 * What must be approved of files that are changed together; `null` if they are simply saved. On a protected branch
 * everything is reviewed, at the host at least, so that no need may be left.
 */
export function neededFor(
  space: ReviewedSpace,
  files: readonly ChangedFile[],
  authors: readonly ReviewAuthor[],
): ReviewNeed[] | null {
  const rules = rulesInForce(space.reviewRules, space.rules.review);
  const changes = files.map((file) => reviewedChange(space, file));
  const needs = needsOf(rules, changes, authors);
  return needs.length === 0 && space.protectedAt === null ? null : needs;
}

/** Who must approve, for sentences: `the rule "Prices"`, or the protected branch. */
export function whoAsks(needs: readonly ReviewNeed[]): string {
  const names = needs.map(({ name }) => `"${name}"`);
  if (names.length === 0) return 'the Git host protects the branch';
  return `${names.length === 1 ? 'the rule' : 'the rules'} ${names.join(', ')} ${names.length === 1 ? 'asks' : 'ask'} for it`;
}
