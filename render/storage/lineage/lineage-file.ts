import type { Json } from '../../../model/json.ts';
import { formatJson } from '../../../model/ordered-json.ts';
import type { LineageEdge } from './edge.ts';

/**
 * A bucket's lineage as JSON with one line an edge, so that a change is a small diff. It holds ids and
 * paths only: no value of a configuration that is not a table's id gets here.
 */
export function lineageFile(bucketId: string, edges: readonly LineageEdge[]): string {
  const lines = edges.map((edge) => `    ${oneLine(edgeJson(edge))}`).join(',\n');
  return `{\n  "bucketId": ${oneLine(bucketId)},\n  "edges": [\n${lines}\n  ]\n}\n`;
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

/** Line ends inside texts are escaped, so those that are left are layout. */
function oneLine(value: Json): string {
  return formatJson(value).trimEnd().replace(/\n */g, ' ');
}
