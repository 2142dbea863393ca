import type { PlatformBranch } from '../../../../model/platform/project.ts';
import { slug } from '../../../tree/slug.ts';

/**
 * The preferred folder of a branch: `main` for the default branch (or for all of them), otherwise the slug of
 * its name.
 */
export function branchPath(branch: PlatformBranch, policy: 'name' | 'main'): string {
  if (branch.isDefault || policy === 'main') return 'main';
  // The CLI's own word for a branch whose name has an empty slug.
  return slug(branch.name) || 'branch';
}
