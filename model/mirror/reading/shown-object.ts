/** What an object that the files of a mirror show can be. `file`: a file that belongs to no object that we know. */
export type ShownKind =
  | 'project'
  | 'branch'
  | 'configuration'
  | 'row'
  | 'bucket'
  | 'table'
  | 'lineage'
  | 'sample'
  | 'job-run'
  | 'job-summary'
  | 'guide'
  | 'catalog'
  | 'file';

/** The kinds, as schemas list them. */
export const shownKinds = [
  'project',
  'branch',
  'configuration',
  'row',
  'bucket',
  'table',
  'lineage',
  'sample',
  'job-run',
  'job-summary',
  'guide',
  'catalog',
  'file',
] as const satisfies ShownKind[];

/** The platform's ids of an object, as far as the tree says them. */
export interface ShownIds {
  componentId?: string;
  configurationId?: string;
  rowId?: string;
  bucketId?: string;
  tableId?: string;
  runId?: string;
  /** The day of a summary (`2026-01-31`, UTC). */
  day?: string;
}

/** Where an object is in a tree. */
export interface ObjectPlace {
  /** The same for all files of the object, and in all trees that have it. */
  key: string;
  kind: ShownKind;
  /** Its folder, or its file, relative to the mirror's place. */
  path: string;
  ids: ShownIds;
}

/** The objects of one tree, by their files and by their keys. */
export interface ObjectPlaces {
  /** The object that a file belongs to. */
  of(path: string): ObjectPlace;
  /** Where an object is that has a folder or a file of its own name; `null` if it is not there, or not such an object. */
  at(key: string): ObjectPlace | null;
}

/** An object, named by its ids: what the versions of one are asked by. */
export type NamedObject =
  | { kind: 'configuration'; componentId: string; configurationId: string }
  | { kind: 'row'; componentId: string; configurationId: string; rowId: string }
  | { kind: 'bucket'; bucketId: string }
  | { kind: 'table'; tableId: string };

/** A configuration, row or table that a tree lists, for searching. */
export interface CatalogEntry {
  kind: 'configuration' | 'row' | 'table';
  ids: ShownIds;
  name: string;
  /** The platform's name of the component; `null` if the tree does not say it, and of tables. */
  componentName: string | null;
  /** The first line of its description; `''` if there is none. */
  description: string;
  /** Its folder or file; `null` if it could not be written. */
  path: string | null;
  isDisabled: boolean;
}

/** The first rows of a table, as a file has them. */
export interface ShownSample {
  columns: string[];
  /** `null`: the table has no value there. */
  rows: (string | null)[][];
}

/** One edge of the lineage, as its file has it. */
export interface ShownEdge {
  bucketId: string;
  /** `null` for the whole bucket. */
  tableId: string | null;
  /** Whether the other end writes or reads the table. */
  direction: 'write' | 'read';
  knownBy: string;
  /** The other end: a configuration (or one of its rows), or other storage. */
  configuration: {
    componentId: string;
    configurationId: string;
    rowId: string | null;
    path: string | null;
    isDisabled: boolean;
  } | null;
  storage: { projectId: string | null; bucketId: string; tableId: string | null } | null;
}
