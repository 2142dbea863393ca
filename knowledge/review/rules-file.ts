import { createHash } from 'node:crypto';

/** The folder of Gitward's own settings of a space, below its root. */
export const rulesFolder = '.gitward';

/** The file with the rules of a space, below its root. */
export const rulesPath = `${rulesFolder}/rules.yml`;

/**
 * Identifies the content of a rules file, for whoever accepts it. A missing file is as an empty one: it has no rules.
 */
export function rulesDigest(content: Uint8Array | string | null): string {
  return createHash('sha256')
    .update(content ?? '')
    .digest('hex');
}

/** Whether a path is that of the rules, or one that somebody may have meant to be it, such as `Rules.yaml`. */
export function isLikeRules(path: string, other: string): boolean {
  return other.toLowerCase().replace(/\.yaml$/, '.yml') === path.toLowerCase();
}

/** What is wrong with a file that only looks like the rules. */
export function rulesElsewhere(path: string): string {
  return `Rules are read from ${path} only: rename this file.`;
}
