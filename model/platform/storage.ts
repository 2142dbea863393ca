import type { JsonObject } from '../text/json.ts';
import type { Metadata } from './metadata.ts';

/** A branch's storage: what its buckets and tables are, without their data. */
export interface ProjectStorage {
  /** In API order. */
  buckets: Bucket[];
  /** In API order. */
  tables: Table[];
  /** What of them could not be understood, and was left out. */
  problems: StorageProblem[];
}

/** A bucket. */
export interface Bucket {
  /** Such as `in.c-orders`. */
  id: string;
  name: string;
  displayName: string;
  /** `in`, `out`, … */
  stage: string;
  /** What people wrote of it (`KBC.description`), else what the platform says. */
  description: string;
  backend: string;
  /** Whether its tables lie in a schema that the platform only reads. */
  isExternal: boolean;
  /** How it is shared with other projects; `null` where it is not. */
  sharing: string | null;
  /** The bucket of another project that this one links to; `null` where it is this project's own. */
  source: BucketOfProject | null;
  /** Buckets of other projects that link to this one, as far as the token may see them. */
  linkedBy: BucketOfProject[];
  metadata: ProvidedMetadata[];
  volatile: {
    rowsCount: number | null;
    dataSizeBytes: number | null;
    lastChangedAt: string | null;
  };
}

/** A bucket in another project. */
export interface BucketOfProject {
  projectId: string;
  projectName: string;
  bucketId: string;
}

/** A table or an alias of one. */
export interface Table {
  /** Such as `in.c-orders.lines`. */
  id: string;
  bucketId: string;
  name: string;
  displayName: string;
  /** What people wrote of it (`KBC.description`), or of the table that it stands for. */
  description: string;
  /** `table`, `view`, … */
  kind: string;
  isTyped: boolean;
  primaryKey: string[];
  /** In the table's order. */
  columns: Column[];
  /** What an alias stands for; `null` for a table of its own. */
  alias: TableAlias | null;
  metadata: ProvidedMetadata[];
  volatile: {
    rowsCount: number | null;
    dataSizeBytes: number | null;
    lastImportedAt: string | null;
    lastChangedAt: string | null;
  };
}

/** What an alias stands for. */
export interface TableAlias {
  tableId: string;
  /** The other project that the table is of; `null` where it is this one. */
  projectId: string | null;
  /** Whether its columns follow those of the table. */
  followsColumns: boolean;
  /** Which rows it shows (`column`, `operator`, `values`); `null`: all of them. */
  filter: JsonObject | null;
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
  description: string;
  /** Without what the fields of a typed table's column say already. */
  metadata: ProvidedMetadata[];
}

/** A metadata entry with who provided it (`user`, `system`, a component id, …). */
export interface ProvidedMetadata extends Metadata {
  provider: string;
}

/** Something of a bucket or a table that is not of the shape that we know. */
export interface StorageProblem {
  /** The bucket's or the table's id; `''` where it has none. */
  id: string;
  /** Names the place in the platform's answer, never the value. */
  message: string;
}

/**
 * The value of a key: what the first of these providers says, else the one whose name comes first,
 * so that the order of entries never decides. `null` where nobody says anything.
 */
export function metadataValue(
  metadata: readonly ProvidedMetadata[],
  key: string,
  providers: readonly string[] = [],
): string | null {
  const rank = (provider: string): number => {
    const place = providers.indexOf(provider);
    return place === -1 ? providers.length : place;
  };
  let best: ProvidedMetadata | null = null;
  for (const entry of metadata) {
    if (entry.key !== key || entry.value === '') continue;
    if (best === null || isBefore(entry, best)) best = entry;
  }
  return best?.value ?? null;

  function isBefore(a: ProvidedMetadata, b: ProvidedMetadata): boolean {
    const ranks = rank(a.provider) - rank(b.provider);
    if (ranks !== 0) return ranks < 0;
    return a.provider === b.provider ? a.value < b.value : a.provider < b.provider;
  }
}
