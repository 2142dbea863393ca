import type { Json } from '../../../model/json.ts';
import { compareBytes } from '../../byte-order.ts';

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

/** The order of edges in a file: by table, writers first, then by who it is. */
export function compareEdges(a: LineageEdge, b: LineageEdge): number {
  return (
    compareBytes(a.tableId ?? '', b.tableId ?? '') ||
    compareBytes(b.direction, a.direction) ||
    compareBytes(JSON.stringify(a.other), JSON.stringify(b.other)) ||
    compareBytes(a.knownBy, b.knownBy)
  );
}

/** The same end at the same table, known in the same way: written once. */
export function edgeIdentity({
  bucketId,
  tableId,
  direction,
  knownBy,
  other,
}: LineageEdge): string {
  return JSON.stringify([bucketId, tableId, direction, knownBy, other]);
}
