/** A bucket in the form of the Storage API, with only the fields that Gitward reads. */
export interface ApiBucket {
  id: string;
  name: string;
  displayName: string;
  stage: string;
  description: string;
  backend: string;
  created: string;
  lastChangeDate: string | null;
  dataSizeBytes: number;
  rowsCount: number;
  isReadOnly: boolean;
  isLinkedBucket: boolean;
  hasExternalSchema: boolean;
  sharing: string | null;
  sourceBucket?: { id: string; name: string; project: ApiProject };
  linkedBy: { id: string; created: string; project: ApiProject }[];
  metadata: ApiProvidedMetadata[];
}

export interface ApiTable {
  id: string;
  name: string;
  displayName: string;
  primaryKey: string[];
  created: string;
  lastImportDate: string | null;
  lastChangeDate: string | null;
  rowsCount: number | null;
  dataSizeBytes: number | null;
  isAlias: boolean;
  isTyped: boolean;
  tableType: string;
  columns: string[];
  metadata: ApiProvidedMetadata[];
  /** The platform writes an object without keys as `[]`. */
  columnMetadata: Record<string, ApiProvidedMetadata[]> | [];
  /** Its first rows, with one value per column. Only the stand-in has this field. Defaults to none. */
  preview?: (string | null)[][];
  aliasColumnsAutoSync?: boolean;
  aliasFilter?: { column: string; operator: string; values: string[] };
  sourceTable?: {
    id: string;
    project: ApiProject;
    metadata?: ApiProvidedMetadata[];
    columnMetadata?: Record<string, ApiProvidedMetadata[]> | [];
  };
}

export interface ApiProject {
  id: number;
  name: string;
}

export interface ApiProvidedMetadata {
  id: string;
  key: string;
  value: string;
  provider: string;
  timestamp: string;
}

const time = '2026-01-01T00:00:00+0100';

/** A bucket that belongs to the project and has no metadata. */
export function apiBucket(id: string): ApiBucket {
  const [stage = '', name = ''] = id.split('.');
  return {
    id,
    name,
    displayName: name.replace(/^c-/, ''),
    stage,
    description: '',
    backend: 'snowflake',
    created: time,
    lastChangeDate: null,
    dataSizeBytes: 0,
    rowsCount: 0,
    isReadOnly: false,
    isLinkedBucket: false,
    hasExternalSchema: false,
    sharing: null,
    linkedBy: [],
    metadata: [],
  };
}

/** A table without types and with one column, `id`. */
export function apiTable(id: string): ApiTable {
  const name = id.split('.').slice(2).join('.');
  return {
    id,
    name,
    displayName: name,
    primaryKey: [],
    created: time,
    lastImportDate: time,
    lastChangeDate: time,
    rowsCount: 0,
    dataSizeBytes: 0,
    isAlias: false,
    isTyped: false,
    tableType: 'table',
    columns: ['id'],
    metadata: [],
    columnMetadata: [],
  };
}

/** Metadata in the platform's form, from provider → key → value. */
export function apiMetadata(
  entries: Record<string, Record<string, string>>,
): ApiProvidedMetadata[] {
  return Object.entries(entries).flatMap(([provider, values]) =>
    Object.entries(values).map(([key, value], index) => ({
      id: `${provider.length}${index}`,
      key,
      value,
      provider,
      timestamp: time,
    })),
  );
}

/** A bucket as it is in a list. */
export function bucketAnswer(bucket: ApiBucket, includes: ReadonlySet<string>): object {
  return {
    ...bucket,
    metadata: includes.has('metadata') ? bucket.metadata : undefined,
    linkedBy: includes.has('linkedBuckets') ? bucket.linkedBy : undefined,
  };
}

/** A table as it is in a list, which never includes its definition. Only the call for a single table does. */
export function tableAnswer(table: ApiTable, includes: ReadonlySet<string>): object {
  const { sourceTable } = table;
  return {
    ...table,
    preview: undefined,
    columns: includes.has('columns') ? table.columns : undefined,
    metadata: includes.has('metadata') ? table.metadata : undefined,
    columnMetadata: includes.has('columnMetadata') ? table.columnMetadata : undefined,
    sourceTable: sourceTable && {
      ...sourceTable,
      metadata: includes.has('sourceMetadata') ? sourceTable.metadata : undefined,
      columnMetadata: includes.has('sourceColumnMetadata') ? sourceTable.columnMetadata : undefined,
    },
  };
}
