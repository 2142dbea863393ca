import { useQuery } from '@tanstack/react-query';
import type { LineageNode } from '../../../../model/mirror/reading/lineage-graph.ts';
import type { OverviewItem } from '../../../api/types.ts';
import { overviewQuery } from '../../home/overview.ts';
import type { MirrorPath } from '../mirror-queries.ts';

/** The mirror that shows a node: this one, or one of the other project; `null` if there is none, or none to be seen. */
export type MirrorOf = (node: Pick<LineageNode, 'projectId'>) => MirrorPath | null;

/** Finds the mirrors of nodes. Those of other projects are looked up only if there are such nodes. */
export function useMirrorOf(
  path: MirrorPath,
  nodes: readonly Pick<LineageNode, 'projectId'>[],
): MirrorOf {
  const enabled = nodes.some(({ projectId }) => projectId !== null);
  const { data } = useQuery({ ...overviewQuery, enabled });
  return ({ projectId }) =>
    projectId === null ? path : mirrorOfProject(data?.items ?? [], projectId);
}

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
