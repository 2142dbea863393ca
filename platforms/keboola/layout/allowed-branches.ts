import type { PlatformBranch } from '../../../model/platform/project.ts';
import { slug } from '../../tree/slug.ts';

/**
 * Whether the manifest's `allowedBranches` allows the CLI to see a branch. An entry is `__all__`, `__main__`,
 * an id, or a name or pattern (with `*`, `?`) that matches the branch's name or its slug.
 */
export function isBranchAllowed(
  branch: Pick<PlatformBranch, 'id' | 'name' | 'isDefault'>,
  allowedBranches: readonly string[],
): boolean {
  return allowedBranches.some((allowed) => {
    if (allowed === '__all__') return true;
    if (allowed === '__main__') return branch.isDefault;
    if (allowed === branch.id) return true;
    const pattern = patternOf(allowed);
    return pattern.test(branch.name) || pattern.test(slug(branch.name));
  });
}

function patternOf(glob: string): RegExp {
  const source = glob
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*+/g, '[^/]*')
    .replaceAll('?', '[^/]');
  return new RegExp(`^${source}$`, 'u');
}
