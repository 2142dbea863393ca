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
