import type {
  ReviewAuthor,
  ReviewNeed,
  ReviewRule,
  ReviewedChange,
} from '../../model/knowledge/review-rules.ts';
import { pathKey } from '../../model/text/path-key.ts';
import { matchesWildcard } from '../../model/text/wildcard.ts';
import { changesFields } from './changed-fields.ts';
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
  const needs = rules
    .filter((rule) => isAbout(rule, authors) && changes.some((change) => appliesTo(rule, change)))
    .map(needOf);
  if (changes.some(isOfRules)) needs.push(rulesNeed);
  if (changes.some(isOfProtected)) needs.push(protectedNeed);
  return [...new Map(needs.map((need) => [JSON.stringify(need), need])).values()];
}

function needOf({ name, approvals, approvers, author }: ReviewRule): ReviewNeed {
  return { name, approvals, approvers: approvers ?? null, author };
}

function isAbout({ authors: named }: ReviewRule, authors: readonly ReviewAuthor[]): boolean {
  return named === undefined || authors.some((author) => isAmongOrBelow(named, author));
}

function appliesTo({ kinds, paths, fields }: ReviewRule, change: ReviewedChange): boolean {
  if (kinds !== undefined && (change.kind === null || !kinds.includes(change.kind))) return false;
  const { path, movedTo = path, before, after } = change;
  const wasThere = matchesOne(paths, path);
  const isThere = matchesOne(paths, movedTo);
  if (!wasThere && !isThere) return false;
  if (fields === undefined) return true;
  // What comes from elsewhere, or goes there, appears or disappears for a rule about paths.
  return changesFields(wasThere ? before : null, isThere ? after : null, fields);
}

/** Whether a path is meant by one of these patterns, however it is spelled. */
function matchesOne(patterns: readonly string[] | undefined, path: string): boolean {
  if (patterns === undefined) return true;
  const key = pathKey(path);
  return patterns.some((pattern) => matchesWildcard(pathKey(pattern), key));
}

function isOfRules({ path, movedTo = path }: ReviewedChange): boolean {
  return [path, movedTo].some((one) => pathKey(one) === rulesPath);
}

/** The version on the branch counts: a change that removes the protection is not without it yet. */
function isOfProtected({ kind, before }: ReviewedChange): boolean {
  if (kind !== 'environment' || before === null) return false;
  return before.fields === null || before.fields.protected === true;
}
