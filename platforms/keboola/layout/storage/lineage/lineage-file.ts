import type { Json, JsonObject } from '../../../../../model/text/json.ts';
import type { LineageEdge } from './edge.ts';

/**
 * A bucket's lineage, to be written with one line an edge, so that a change is a small diff. It holds ids
 * and paths only: no value of a configuration that is not a table's id gets here.
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
  // The other end is storage as well: its ids must not be taken for this end's.
  return new Map([...entries, [direction === 'write' ? 'from' : 'to', new Map(other)]]);
}
