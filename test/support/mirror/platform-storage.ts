import type {
  Bucket,
  Column,
  ProjectStorage,
  ProvidedMetadata,
  Table,
} from '../../../model/platform/storage.ts';

/** A bucket of the project's own, without metadata. */
export function bucket(id: string, over: Partial<Bucket> = {}): Bucket {
  const [stage = '', name = ''] = id.split('.');
  return {
    id,
    name,
    displayName: name,
    stage,
    description: '',
    backend: 'snowflake',
    isExternal: false,
    sharing: null,
    source: null,
    linkedBy: [],
    metadata: [],
    volatile: { rowsCount: 10, dataSizeBytes: 1_024, lastChangedAt: '2026-05-01T00:00:00.000Z' },
    ...over,
  };
}

/** An untyped table without columns. */
export function table(id: string, over: Partial<Table> = {}): Table {
  const [stage = '', bucketName = '', ...rest] = id.split('.');
  const name = rest.join('.');
  return {
    id,
    bucketId: `${stage}.${bucketName}`,
    name,
    displayName: name,
    description: '',
    kind: 'table',
    isTyped: false,
    primaryKey: [],
    columns: [],
    alias: null,
    metadata: [],
    volatile: {
      rowsCount: 10,
      dataSizeBytes: 1_024,
      lastImportedAt: '2026-05-01T00:00:00.000Z',
      lastChangedAt: '2026-05-01T00:00:00.000Z',
    },
    ...over,
  };
}

/** A column of an untyped table. */
export function column(name: string, over: Partial<Column> = {}): Column {
  return {
    name,
    type: null,
    length: null,
    nullable: null,
    default: null,
    baseType: null,
    description: '',
    metadata: [],
    ...over,
  };
}

/** Metadata by provider and key. */
export function provided(entries: Record<string, Record<string, string>>): ProvidedMetadata[] {
  return Object.entries(entries).flatMap(([provider, values]) =>
    Object.entries(values).map(([key, value]) => ({ provider, key, value })),
  );
}

/** The metadata that the platform adds to a table that this configuration created or loaded. */
export function notedBy(
  what: 'createdBy' | 'lastUpdatedBy',
  componentId: string,
  configId: string,
  rowId?: string,
): ProvidedMetadata[] {
  const row = rowId === undefined ? {} : { [`KBC.${what}.configurationRow.id`]: rowId };
  return provided({
    system: {
      [`KBC.${what}.component.id`]: componentId,
      [`KBC.${what}.configuration.id`]: configId,
      ...row,
    },
  });
}

/** A storage with these tables and their buckets. */
export function storage(tables: Table[], buckets: Bucket[] = []): ProjectStorage {
  const given = new Set(buckets.map(({ id }) => id));
  const others = [...new Set(tables.map(({ bucketId }) => bucketId))].filter(
    (id) => !given.has(id),
  );
  return { buckets: [...buckets, ...others.map((id) => bucket(id))], tables, problems: [] };
}
