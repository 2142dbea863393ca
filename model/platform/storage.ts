import type { JsonObject } from '../text/json.ts';
import type { Metadata } from './metadata.ts';

/** A branch's storage: its buckets and tables, without their data. */
export interface ProjectStorage {
  /** In API order. */
  buckets: Bucket[];
  /** In API order. */
  tables: Table[];
  /** What we could not understand, and left out. */
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
  /** What people wrote about it (`KBC.description`), or else what the platform says. */
  description: string;
  backend: string;
  /** Whether its tables are in a schema that the platform only reads. */
  isExternal: boolean;
  /** How it is shared with other projects; `null` if it is not. */
  sharing: string | null;
  /** The bucket of another project that this one links to; `null` if it belongs to this project. */
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
  /** What people wrote about it (`KBC.description`), or about the table that it is an alias of. */
  description: string;
  /** `table`, `view`, … */
  kind: string;
  isTyped: boolean;
  primaryKey: string[];
  /** In the table's order. */
  columns: Column[];
  /** What it is an alias of; `null` if it is not an alias. */
  alias: TableAlias | null;
  metadata: ProvidedMetadata[];
  volatile: {
    rowsCount: number | null;
    dataSizeBytes: number | null;
    lastImportedAt: string | null;
    lastChangedAt: string | null;
  };
}

/** What a table is an alias of. */
export interface TableAlias {
  tableId: string;
  /** The other project that the table belongs to; `null` if it is in this one. */
  projectId: string | null;
  /** Whether its columns follow those of the table automatically. */
  followsColumns: boolean;
  /** Which rows it shows (`column`, `operator`, `values`); `null` if all of them. */
  filter: JsonObject | null;
}

/** A column. Fields are `null` if the table is untyped and does not say. */
export interface Column {
  name: string;
  /** The backend's type, such as `VARCHAR`. */
  type: string | null;
  length: string | null;
  nullable: boolean | null;
  default: string | null;
  /** The platform's own name for the kind of type, such as `STRING`. */
  baseType: string | null;
  description: string;
  /** Without what the fields above already say for a typed table. */
  metadata: ProvidedMetadata[];
}

/** A metadata entry with who provided it (`user`, `system`, a component id, …). */
export interface ProvidedMetadata extends Metadata {
  provider: string;
}

/** Something about a bucket or table that does not have the shape we know. */
export interface StorageProblem {
  /** The id of the bucket or table; `''` if it has none. */
  id: string;
  /** Says where in the platform's answer it is, but never quotes the value. */
  message: string;
}

/**
 * The value of a key: from the first of these providers that has one, or else from the provider whose
 * name sorts first, so that the order of entries does not matter. `null` if there is no value.
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
