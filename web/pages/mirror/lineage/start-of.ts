import {
  configurationNode,
  storageNode,
  type LineageNode,
} from '../../../../model/mirror/reading/lineage-graph.ts';
import type { LineageSearch } from '../mirror-search.ts';

/** The object at which an address lets the lineage begin; `null` if it names none. */
export function startOf({
  table,
  bucket,
  component,
  configuration,
}: LineageSearch): LineageNode | null {
  if (table !== undefined) return storageNode(null, table.split('.').slice(0, 2).join('.'), table);
  if (bucket !== undefined) return storageNode(null, bucket, null);
  if (component === undefined || configuration === undefined) return null;
  return configurationNode(component, configuration);
}
