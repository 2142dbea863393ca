import type { JsonObject } from '../../../../../model/text/json.ts';
import type { Column, Table, TableAlias } from '../../../../../model/platform/storage.ts';
import { fields } from './fields.ts';
import { providedMetadata } from './provided-metadata.ts';

/** The content of a table's file. Rows, size and times are included only if `volatile`. */
export function tableFile(table: Table, options: { volatile: boolean }): JsonObject {
  return fields([
    ['id', table.id],
    ['bucketId', table.bucketId],
    ['name', table.name],
    ['displayName', table.displayName],
    ['kind', table.kind],
    ['description', table.description],
    ['alias', table.alias && aliasOf(table.alias)],
    ['isTyped', table.isTyped],
    ['primaryKey', [...table.primaryKey]],
    ['columns', table.columns.map((column) => columnOf(column, options))],
    ['metadata', providedMetadata(table.metadata, options)],
    ['volatile', options.volatile ? fields(Object.entries(table.volatile)) : null],
  ]);
}

function columnOf(column: Column, options: { volatile: boolean }): JsonObject {
  return fields([
    ['name', column.name],
    ['type', column.type],
    ['length', column.length],
    ['nullable', column.nullable],
    ['default', column.default],
    ['baseType', column.baseType],
    ['description', column.description || null],
    ['metadata', providedMetadata(column.metadata, options)],
  ]);
}

function aliasOf({ tableId, projectId, followsColumns, filter }: TableAlias): JsonObject {
  return fields([
    ['tableId', tableId],
    ['projectId', projectId],
    ['followsColumns', followsColumns],
    ['filter', filter],
  ]);
}
