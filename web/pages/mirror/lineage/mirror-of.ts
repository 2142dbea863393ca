import { useQuery } from '@tanstack/react-query';
import type { LineageNode } from '../../../../model/mirror/reading/lineage-graph.ts';
import { overviewQuery } from '../../home/overview.ts';
import type { MirrorPath } from '../mirror-queries.ts';
import { mirrorOfProject } from './mirror-of-project.ts';

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
