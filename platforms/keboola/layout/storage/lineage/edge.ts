import type { Json } from '../../../../../model/text/json.ts';
import { compareBytes } from '../../../../tree/byte-order.ts';

/**
 * The source of an edge: an input or output mapping of a configuration, a parameter that names a table, the
 * platform's record of who created or loaded the table, a run of a job, a link between projects, or an alias
 * of another table.
 */
export type KnownBy =
  'input-mapping' | 'output-mapping' | 'parameters' | 'metadata' | 'job' | 'linked' | 'alias';

/** Something that writes or reads a table, or a whole bucket. */
export interface LineageEdge {
  bucketId: string;
  /** `null` for the whole bucket. */
  tableId: string | null;
  direction: 'write' | 'read';
  knownBy: KnownBy;
  /** The other end, with its fields in the order in which they are written. Missing fields are left out. */
  other: readonly (readonly [EdgeField, Json])[];
}

/** The fields of the other end of an edge. */
export type EdgeField =
  | 'componentId'
  | 'configurationId'
  | 'rowId'
  | 'path'
  | 'disabled'
  | 'projectId'
  | 'bucketId'
  | 'tableId';

/** A field of the other end of an edge, or `undefined` if it is missing. */
export function fieldOf({ other }: LineageEdge, name: EdgeField): Json | undefined {
  return other.find(([field]) => field === name)?.[1];
}

/** An edge with its other end as a text, because it is compared repeatedly. */
export interface ComparableEdge {
  edge: LineageEdge;
  other: string;
}

/** Prepares an edge for comparison. */
export function comparable(edge: LineageEdge): ComparableEdge {
  return { edge, other: JSON.stringify(edge.other) };
}

/** The order of edges in a file: by table, then writers before readers, then by the other end. */
export function compareEdges(a: ComparableEdge, b: ComparableEdge): number {
  return (
    compareBytes(a.edge.tableId ?? '', b.edge.tableId ?? '') ||
    compareBytes(b.edge.direction, a.edge.direction) ||
    compareBytes(a.other, b.other) ||
    compareBytes(a.edge.knownBy, b.edge.knownBy)
  );
}

/** Identical for edges with the same ends and the same source, of which only one is written. */
export function edgeIdentity({
  edge: { tableId, direction, knownBy },
  other,
}: ComparableEdge): string {
  return `${direction} ${knownBy} ${JSON.stringify(tableId)} ${other}`;
}
