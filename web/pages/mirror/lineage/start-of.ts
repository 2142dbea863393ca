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

/** A node as addresses and the API name it, in the project that it belongs to. */
export function addressOf({
  tableId,
  bucketId,
  componentId,
  configurationId,
}: Pick<LineageNode, 'tableId' | 'bucketId' | 'componentId' | 'configurationId'>): Pick<
  LineageSearch,
  'table' | 'bucket' | 'component' | 'configuration'
> {
  if (tableId !== null) return { table: tableId };
  if (bucketId !== null) return { bucket: bucketId };
  return {
    ...(componentId !== null && { component: componentId }),
    ...(configurationId !== null && { configuration: configurationId }),
  };
}
