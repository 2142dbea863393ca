import type { ProjectStorage } from '../../../../../model/platform/storage.ts';
import type { LineageEdge } from './edge.ts';

/** The edges between tables, and between buckets of different projects: aliases and links. */
export function storageEdges({ buckets, tables }: ProjectStorage): LineageEdge[] {
  const edges: LineageEdge[] = [];
  for (const { id: bucketId, source, linkedBy } of buckets) {
    if (source !== null) edges.push(link(bucketId, 'write', source));
    for (const other of linkedBy) edges.push(link(bucketId, 'read', other));
  }
  const bucketOf = new Map(tables.map(({ id, bucketId }) => [id, bucketId]));
  for (const { id: tableId, bucketId, alias } of tables) {
    if (alias === null) continue;
    if (alias.projectId !== null) {
      edges.push({
        bucketId,
        tableId,
        direction: 'write',
        knownBy: 'linked',
        other: [
          ['projectId', alias.projectId],
          ['tableId', alias.tableId],
        ],
      });
      continue;
    }
    const from = { direction: 'write', knownBy: 'alias' } as const;
    edges.push({ bucketId, tableId, ...from, other: [['tableId', alias.tableId]] });
    const sourceBucket = bucketOf.get(alias.tableId);
    if (sourceBucket === undefined) continue;
    const to = { direction: 'read', knownBy: 'alias' } as const;
    edges.push({
      bucketId: sourceBucket,
      tableId: alias.tableId,
      ...to,
      other: [['tableId', tableId]],
    });
  }
  return edges;
}

function link(
  bucketId: string,
  direction: LineageEdge['direction'],
  other: { projectId: string; bucketId: string },
): LineageEdge {
  return {
    bucketId,
    tableId: null,
    direction,
    knownBy: 'linked',
    other: [
      ['projectId', other.projectId],
      ['bucketId', other.bucketId],
    ],
  };
}
