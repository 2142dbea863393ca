import type { Json, JsonObject } from '../../../../../model/text/json.ts';
import type { LineageEdge } from './edge.ts';

/**
 * The lineage file of a bucket. Each edge is to be written on its own line, so that the diff of a change is
 * small. It contains only ids and paths: the only values of configurations in it are the ids of tables.
 */
export function lineageFile(bucketId: string, edges: readonly LineageEdge[]): JsonObject {
  return new Map<string, Json>([
    ['bucketId', bucketId],
    ['edges', edges.map(edgeJson)],
  ]);
}

function edgeJson({ tableId, direction, knownBy, other }: LineageEdge): Json {
  const entries: [string, Json][] = [
    ...(tableId === null ? [] : [['tableId', tableId] satisfies [string, Json]]),
    ['direction', direction],
    ['knownBy', knownBy],
  ];
  if (knownBy !== 'linked' && knownBy !== 'alias') return new Map([...entries, ...other]);
  // The other end is also storage, whose ids must not be mistaken for those of this end.
  return new Map([...entries, [direction === 'write' ? 'from' : 'to', new Map(other)]]);
}
