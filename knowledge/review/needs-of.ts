import type {
  ReviewAuthor,
  ReviewNeed,
  ReviewRule,
  ReviewedChange,
} from '../../model/knowledge/review-rules.ts';
import { pathKey } from '../../model/text/path-key.ts';
import { isCheckRequired, isProtected } from '../environments/read-environment.ts';
import { changesFields } from './changed-fields.ts';
import { PathPatterns } from './path-patterns.ts';
import { isAmongOrBelow } from './people.ts';
import { rulesPath } from './rules-file.ts';

/** Who must approve a change of the rules themselves, whatever these say. */
const rulesNeed: ReviewNeed = {
  name: 'Review rules',
  approvals: 1,
  approvers: ['role:operator'],
  author: false,
};

/** Who must approve a change of an environment that is protected. */
const protectedNeed: ReviewNeed = {
  name: 'Protected environments',
  approvals: 1,
  approvers: null,
  author: false,
};

/** Who must approve that an environment requires no checks any more. */
const checksNeed: ReviewNeed = {
  name: 'Required checks',
  approvals: 1,
  approvers: null,
  author: false,
};

/**
 * What these rules ask of changes that are reviewed together; nothing if nobody has to approve them. All of it must be
 * satisfied. A further rule, change or author never takes away what is needed. `authors` are all who changed something,
 * the one who asked for the review and those who added to it.
 */
export function needsOf(
  rules: readonly ReviewRule[],
  changes: readonly ReviewedChange[],
  authors: readonly ReviewAuthor[],
): ReviewNeed[] {
  const keyed = changes.map(withKeys);
  const needs = rules
    .filter((rule) => isAbout(rule, authors) && appliesToOne(rule, keyed))
    .map(needOf);
  if (keyed.some(isOfRules)) needs.push(rulesNeed);
  if (keyed.some(isOfProtected)) needs.push(protectedNeed);
  if (keyed.some(liftsChecks)) needs.push(checksNeed);
  return [...new Map(needs.map((need) => [JSON.stringify(need), need])).values()];
}

function needOf({ name, approvals, approvers, author }: ReviewRule): ReviewNeed {
  return { name, approvals, approvers: approvers ?? null, author };
}

function isAbout({ authors: named }: ReviewRule, authors: readonly ReviewAuthor[]): boolean {
  return named === undefined || authors.some((author) => isAmongOrBelow(named, author));
}

/** A change with the `pathKey` of where its file was, and is. */
interface KeyedChange extends ReviewedChange {
  from: string;
  to: string;
}

function withKeys(change: ReviewedChange): KeyedChange {
  const from = pathKey(change.path);
  return { ...change, from, to: change.movedTo === undefined ? from : pathKey(change.movedTo) };
}

function appliesToOne(rule: ReviewRule, changes: readonly KeyedChange[]): boolean {
  const { kinds, fields } = rule;
  const paths = new PathPatterns(rule.paths);
  return changes.some(({ kind, from, to, before, after }) => {
    if (kinds !== undefined && (kind === null || !kinds.includes(kind))) return false;
    const wasThere = paths.has(from);
    const isThere = from === to ? wasThere : paths.has(to);
    if (!wasThere && !isThere) return false;
    if (fields === undefined) return true;
    // What comes from elsewhere, or goes there, appears or disappears for a rule about paths.
    return changesFields(wasThere ? before : null, isThere ? after : null, fields);
  });
}

function isOfRules({ from, to }: KeyedChange): boolean {
  return from === rulesPath || to === rulesPath;
}

/** The version on the branch counts: a change that removes the protection is not without it yet. */
function isOfProtected({ kind, before }: ReviewedChange): boolean {
  if (kind !== 'environment' || before === null) return false;
  return before.fields === null || isProtected(before.fields);
}

/** So that nobody gets a version past its checks by lifting them first, or by making the environment anew. */
function liftsChecks({ kind, before, after }: ReviewedChange): boolean {
  if (kind !== 'environment' || before?.fields == null || !isCheckRequired(before.fields))
    return false;
  return after?.fields == null || !isCheckRequired(after.fields);
}
