import { compareBytes } from '../../tree/byte-order.ts';
import { fieldOf, type LineageEdge } from '../layout/storage/lineage/edge.ts';

/**
 * What a configuration reads and writes, including its rows: ids of tables or of whole buckets, in byte
 * order.
 */
export interface ConfigurationTables {
  reads: string[];
  writes: string[];
}

/**
 * Returns a function that looks up what a configuration reads and writes, given the lineage (bucket → edges).
 */
export function configurationTables(
  edges: ReadonlyMap<string, readonly LineageEdge[]>,
): (componentId: string, configId: string) => ConfigurationTables {
  const found = new Map<unknown, Map<unknown, { read: Set<string>; write: Set<string> }>>();
  for (const ofBucket of edges.values()) {
    for (const edge of ofBucket) {
      const configId = fieldOf(edge, 'configurationId');
      if (configId === undefined) continue;
      const componentId = fieldOf(edge, 'componentId');
      const ofComponent =
        found.get(componentId) ?? new Map<unknown, { read: Set<string>; write: Set<string> }>();
      const tables = ofComponent.get(configId) ?? { read: new Set(), write: new Set() };
      tables[edge.direction].add(edge.tableId ?? edge.bucketId);
      found.set(componentId, ofComponent.set(configId, tables));
    }
  }
  return (componentId, configId) => {
    const tables = found.get(componentId)?.get(configId);
    return {
      reads: [...(tables?.read ?? [])].sort(compareBytes),
      writes: [...(tables?.write ?? [])].sort(compareBytes),
    };
  };
}
