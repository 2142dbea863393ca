import type {
  Bucket,
  Column,
  ProjectStorage,
  ProvidedMetadata,
  Table,
} from '../../model/platform/storage.ts';
import { sampleBuckets, type SampleBucket, type SampleTable } from './sample-tables.ts';

const readAt = '2026-01-01T05:10:00.000Z';

/** The sample project's buckets and tables, in the same form as those of any other project. */
export function sampleStorage(): ProjectStorage {
  return {
    buckets: sampleBuckets.map(bucketOf),
    tables: sampleBuckets.flatMap((bucket) => bucket.tables.map((table) => tableOf(bucket, table))),
    problems: [],
  };
}

function bucketOf({ id, description, componentId, linkedBy, tables }: SampleBucket): Bucket {
  const [stage = '', name = ''] = id.split('.');
  return {
    id,
    name,
    displayName: name.replace(/^c-/, ''),
    stage,
    description,
    backend: 'snowflake',
    isExternal: false,
    sharing: linkedBy === undefined ? null : 'organization',
    source: null,
    linkedBy: linkedBy === undefined ? [] : [linkedBy],
    metadata: [
      entry('user', 'KBC.description', description),
      entry('system', 'KBC.createdBy.component.id', componentId),
    ],
    volatile: {
      rowsCount: tables.reduce((sum, { rowsCount }) => sum + rowsCount, 0),
      dataSizeBytes: null,
      lastChangedAt: readAt,
    },
  };
}

function tableOf(bucket: SampleBucket, table: SampleTable): Table {
  const { name, description, by } = table;
  const row = by.rowId === undefined ? [] : ([['configurationRow.id', by.rowId]] as const);
  const maker = [
    ['component.id', by.componentId],
    ['configuration.id', by.configId],
    ...row,
  ] as const;
  return {
    id: `${bucket.id}.${name}`,
    bucketId: bucket.id,
    name,
    displayName: name,
    description,
    kind: 'table',
    isTyped: true,
    primaryKey: table.primaryKey,
    columns: table.columns.map(([name, type, text]) =>
      columnOf(name, type, text, table.personal?.includes(name)),
    ),
    alias: null,
    metadata: [
      entry('user', 'KBC.description', description),
      ...maker.map(([key, value]) => entry('system', `KBC.createdBy.${key}`, value)),
      ...maker.map(([key, value]) => entry('system', `KBC.lastUpdatedBy.${key}`, value)),
    ],
    volatile: {
      rowsCount: table.rowsCount,
      dataSizeBytes: null,
      lastImportedAt: readAt,
      lastChangedAt: readAt,
    },
  };
}

const baseTypes: Readonly<Record<string, string>> = {
  VARCHAR: 'STRING',
  NUMBER: 'NUMERIC',
  DATE: 'DATE',
  BOOLEAN: 'BOOLEAN',
};

function columnOf(name: string, written: string, description = '', personal = false): Column {
  const [, type = '', length = null] = /^([A-Z]+)(?:\((.*)\))?/.exec(written) ?? [];
  return {
    name,
    type,
    length,
    nullable: written.endsWith('?'),
    default: null,
    baseType: baseTypes[type] ?? null,
    description,
    metadata: [
      ...(description === '' ? [] : [entry('user', 'KBC.description', description)]),
      ...(personal ? [entry('user', 'data.tag', 'personal data')] : []),
    ],
  };
}

function entry(provider: string, key: string, value: string): ProvidedMetadata {
  return { provider, key, value };
}
