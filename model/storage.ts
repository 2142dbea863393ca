import type { Metadata } from './project.ts';

/** A branch's storage: what its buckets and tables are, without their data. */
export interface ProjectStorage {
  /** In API order. */
  buckets: Bucket[];
  /** In API order. */
  tables: Table[];
}

/** A bucket. */
export interface Bucket {
  /** Such as `in.c-orders`. */
  id: string;
  name: string;
  displayName: string;
  /** `in`, `out`, … */
  stage: string;
  description: string;
  backend: string;
  /** How it is shared with other projects; `null` where it is not. */
  sharing: string | null;
  /** The bucket of another project that this one links to; `null` where it is this project's own. */
  source: { projectId: string; projectName: string; bucketId: string } | null;
  metadata: ProvidedMetadata[];
  volatile: {
    rowsCount: number | null;
    dataSizeBytes: number | null;
    lastChangedAt: string | null;
  };
}

/** A table or an alias of one. */
export interface Table {
  /** Such as `in.c-orders.lines`. */
  id: string;
  bucketId: string;
  name: string;
  displayName: string;
  isTyped: boolean;
  primaryKey: string[];
  /** In the table's order. */
  columns: Column[];
  /** What an alias stands for; `null` for a table of its own. */
  alias: { tableId: string; projectId: string | null } | null;
  metadata: ProvidedMetadata[];
  volatile: {
    rowsCount: number | null;
    dataSizeBytes: number | null;
    lastImportedAt: string | null;
    lastChangedAt: string | null;
  };
}

/** A column. What an untyped table does not say is `null`. */
export interface Column {
  name: string;
  /** The backend's type, such as `VARCHAR`. */
  type: string | null;
  length: string | null;
  nullable: boolean | null;
  default: string | null;
  /** The platform's own name of the kind of type, such as `STRING`. */
  baseType: string | null;
  metadata: ProvidedMetadata[];
}

/** A metadata entry with who provided it (`user`, a component id, …). */
export interface ProvidedMetadata extends Metadata {
  provider: string;
}
