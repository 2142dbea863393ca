import type { Json } from '../../../../../model/text/json.ts';
import { compareBytes } from '../../../../tree/byte-order.ts';

/**
 * How an edge is known: from a configuration's input or output mapping, from a parameter that names a
 * table, from what the platform noted with the table when it was made or loaded, from a run of its job,
 * from a link between projects, or because one table is an alias of another.
 */
export type KnownBy =
  'input-mapping' | 'output-mapping' | 'parameters' | 'metadata' | 'job' | 'linked' | 'alias';

/** Who writes or reads a table, or a whole bucket. */
export interface LineageEdge {
  bucketId: string;
  /** `null` where the whole bucket is meant. */
  tableId: string | null;
  direction: 'write' | 'read';
  knownBy: KnownBy;
  /** Who it is, in the order in which it is written; absent things are left out. */
  other: readonly (readonly [EdgeField, Json])[];
}

/** What an edge may say of its other end. */
export type EdgeField =
  | 'componentId'
  | 'configurationId'
  | 'rowId'
  | 'path'
  | 'disabled'
  | 'projectId'
  | 'bucketId'
  | 'tableId';

/** What an edge says of its other end; `undefined` where it says nothing. */
export function fieldOf({ other }: LineageEdge, name: EdgeField): Json | undefined {
  return other.find(([field]) => field === name)?.[1];
}

/** An edge with the text of its other end, which is compared again and again. */
export interface ComparableEdge {
  edge: LineageEdge;
  other: string;
}

/** An edge to be compared. */
export function comparable(edge: LineageEdge): ComparableEdge {
  return { edge, other: JSON.stringify(edge.other) };
}

/** The order of edges in a file: by table, writers first, then by who it is. */
export function compareEdges(a: ComparableEdge, b: ComparableEdge): number {
  return (
    compareBytes(a.edge.tableId ?? '', b.edge.tableId ?? '') ||
    compareBytes(b.edge.direction, a.edge.direction) ||
    compareBytes(a.other, b.other) ||
    compareBytes(a.edge.knownBy, b.edge.knownBy)
  );
}

/** The same end at the same table of a bucket, known in the same way: written once. */
export function edgeIdentity({
  edge: { tableId, direction, knownBy },
  other,
}: ComparableEdge): string {
  return `${direction} ${knownBy} ${JSON.stringify(tableId)} ${other}`;
}
