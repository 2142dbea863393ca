import type { HeldRules, ReviewRule } from '../../model/knowledge/review-rules.ts';
import { readRules, type RulesProblem } from './read-rules.ts';
import { rulesDigest } from './rules-file.ts';
import { weakenedRules } from './rules-in-force.ts';

/** A rules file as a commit has it. */
export interface RulesFile {
  path: string;
  /** `undefined` if there is no such file, `null` if it is too large to be read. */
  content: Uint8Array | null | undefined;
}

/** What is in force after a rules file was read. */
export interface PushedRules {
  rules: ReviewRule[];
  /** What waits for an admin; `null` if nothing does. */
  held: HeldRules | null;
  /**
   * The accepted digest if it is used up: it was that of this file, or what it was accepted to replace is no longer in
   * force.
   */
  accepted: string | null;
  problems: Pick<RulesProblem, 'path' | 'message'>[];
}

/**
 * The rules in force once a file was read, when `before` were in force. What others can push proves nothing, so rules
 * that it removes or changes stay until the file is accepted by its digest, and a file that cannot be read changes
 * nothing at all.
 */
export function pushedRules(
  before: ReviewRule[],
  { path, content }: RulesFile,
  accepted: string | null,
): PushedRules {
  const read = content === undefined ? { rules: [] } : readRules(content, path);
  if ('problems' in read)
    return { rules: before, held: null, accepted: null, problems: unreadable(read.problems) };
  const digest = rulesDigest(content ?? null);
  const isAccepted = accepted === digest;
  const weakened = isAccepted ? [] : weakenedRules(before, read.rules);
  if (weakened.length === 0) {
    const isChanged = isAccepted || weakenedRules(read.rules, before).length > 0;
    const used = isChanged ? accepted : null;
    return { rules: read.rules, held: null, accepted: used, problems: [] };
  }
  return {
    rules: before,
    held: { digest, rules: read.rules },
    accepted: null,
    problems: [{ path, message: heldMessage(weakened) }],
  };
}

function unreadable(problems: readonly RulesProblem[]): PushedRules['problems'] {
  return problems.map(({ path, line, message }, at) => ({
    path,
    message: `Line ${line}: ${message}${at === 0 ? ' The rules that were read before stay in force until this is mended.' : ''}`,
  }));
}

/** How many rules a problem names. */
const mostNamed = 5;

function heldMessage(weakened: readonly ReviewRule[]): string {
  const names = weakened.slice(0, mostNamed).map(({ name }) => `"${name}"`);
  const others = weakened.length - names.length;
  const all = others === 0 ? names.join(', ') : `${names.join(', ')} and ${others} others`;
  return (
    `It removes or changes rules that are in force: ${all}. They stay, and nothing of the file counts, until an admin ` +
    'accepts it: gitward knowledge spaces accept-rules.'
  );
}
