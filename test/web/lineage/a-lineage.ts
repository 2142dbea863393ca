import { configurationNode, storageNode } from '../../../model/mirror/reading/lineage-graph.ts';
import type { Lineage } from '../../../web/pages/mirror/lineage/lineage-query.ts';

/** A node as the API answers with it. */
export type Answered = Lineage['nodes'][number];

/** A table of the bucket `in.c-shop`, of another project if one is given. */
export function table(name: string, projectId: string | null = null): Answered {
  return { ...storageNode(projectId, 'in.c-shop', `in.c-shop.${name}`), distance: 0 };
}

/** A configuration of the component `ex`. */
export function configuration(id: string, path: string | null = null): Answered {
  return { ...configurationNode('ex', id, path), distance: 0 };
}

/** Data flows from one to the other. */
export function link(
  from: Answered,
  to: Answered,
  more: Partial<Lineage['edges'][number]> = {},
): Lineage['edges'][number] {
  const known = { knownBy: 'input-mapping', rowId: null, isDisabled: false };
  return { from: from.id, to: to.id, ...known, ...more };
}
