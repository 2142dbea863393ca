import {
  metadataValue,
  type Column,
  type Table,
  type TableAlias,
} from '../../../model/platform/storage.ts';
import { decodeColumn } from './decode-column.ts';
import { decodeProvidedMetadata } from './decode-storage-metadata.ts';
import type { JsonReader } from './json-reader.ts';
import type { Tolerance } from './tolerance.ts';

/** What a list of tables must include for {@link decodeTables}. */
export const tableIncludes = 'columns,metadata,columnMetadata,sourceMetadata,sourceColumnMetadata';

/** Decodes a list of tables, in order. `projectId` is the project that was asked. */
export function decodeTables(answer: JsonReader, projectId: string, tolerance: Tolerance): Table[] {
  return answer
    .items()
    .flatMap((table) =>
      tolerance.read<Table[]>('', [], () => [
        decodeTable(table, table.at('id').id(), projectId, tolerance),
      ]),
    );
}

function decodeTable(
  table: JsonReader,
  id: string,
  projectId: string,
  tolerance: Tolerance,
): Table {
  const text = (key: string) => tolerance.read(id, '', () => table.at(key).textOrEmpty());
  const [stage = '', bucket = '', ...rest] = id.split('.');
  const name = text('name') || rest.join('.') || id;
  const source = table.at('sourceTable');
  const metadata = decodeProvidedMetadata(id, () => table.at('metadata'), tolerance);
  const ofSource = source.isAbsent
    ? []
    : decodeProvidedMetadata(id, () => source.at('metadata'), tolerance);
  return {
    id,
    bucketId: `${stage}.${bucket}`,
    name,
    displayName: text('displayName') || name,
    description:
      metadataValue(metadata, 'KBC.description', ['user']) ??
      metadataValue(ofSource, 'KBC.description', ['user']) ??
      '',
    kind: text('tableType') || 'table',
    isTyped: tolerance.read(id, false, () => table.at('isTyped').flag()),
    primaryKey: tolerance.each(
      id,
      () => table.at('primaryKey'),
      (column) => column.text(),
    ),
    columns: decodeColumns(table, id, tolerance),
    alias: tolerance.read(id, null, () => decodeAlias(table, source, projectId)),
    metadata,
    volatile: {
      rowsCount: tolerance.read(id, null, () => table.at('rowsCount').wholeNumberOrNull()),
      dataSizeBytes: tolerance.read(id, null, () => table.at('dataSizeBytes').wholeNumberOrNull()),
      lastImportedAt: tolerance.read(id, null, () => table.at('lastImportDate').timeOrNull()),
      lastChangedAt: tolerance.read(id, null, () => table.at('lastChangeDate').timeOrNull()),
    },
  };
}

/** A column without its own metadata has the types and descriptions of the column that it refers to. */
function decodeColumns(table: JsonReader, id: string, tolerance: Tolerance): Column[] {
  const isTyped = tolerance.read(id, false, () => table.at('isTyped').flag());
  const own = columnMetadata(table);
  const ofSource = columnMetadata(table.at('sourceTable'));
  return tolerance.each(
    id,
    () => table.at('columns'),
    (column) => {
      const name = column.text();
      return decodeColumn({
        name,
        isTyped,
        own: decodeProvidedMetadata(id, () => own().at(name), tolerance),
        ofSource: decodeProvidedMetadata(id, () => ofSource().at(name), tolerance),
      });
    },
  );
}

/** The metadata of a column, in a table that may have none. */
function columnMetadata(table: JsonReader): () => JsonReader {
  return () => table.orEmpty().at('columnMetadata').orEmpty();
}

function decodeAlias(table: JsonReader, source: JsonReader, projectId: string): TableAlias | null {
  if (source.isAbsent) return null;
  const project = source.at('project');
  const owner = project.isAbsent ? projectId : project.at('id').id();
  const filter = table.at('aliasFilter').orEmpty().object();
  return {
    tableId: source.at('id').id(),
    projectId: owner === projectId ? null : owner,
    followsColumns: table.at('aliasColumnsAutoSync').flag(),
    filter: filter.size === 0 ? null : filter,
  };
}
