import type { OverviewItem } from '../../../api/types.ts';
import type { MirrorPath } from '../mirror-queries.ts';

/**
 * A mirror of a project among what the overview shows. Of several branches it is the one with the lowest id: the default
 * branch is the oldest one.
 */
export function mirrorOfProject(
  items: readonly Pick<OverviewItem, 'id'>[],
  project: string,
): MirrorPath | null {
  const start = `mirror/${project}/`;
  const branches = items.flatMap(({ id }) =>
    id.startsWith(start) ? [id.slice(start.length)] : [],
  );
  const [branch] = branches.toSorted((one, other) =>
    one.localeCompare(other, 'en', { numeric: true }),
  );
  return branch === undefined ? null : { project, branch };
}
