import type { PlatformBranch } from '../../../../model/platform/project.ts';
import { slug } from '../../../tree/slug.ts';

/** The folder that a branch wants: `main` for the default one (or for all), else its name's slug. */
export function branchPath(branch: PlatformBranch, policy: 'name' | 'main'): string {
  if (branch.isDefault || policy === 'main') return 'main';
  // The CLI's own word for a branch whose name slugs to nothing.
  return slug(branch.name) || 'branch';
}
