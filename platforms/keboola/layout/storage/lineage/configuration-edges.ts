import type { Json } from '../../../../../model/text/json.ts';
import { configKey, rowKey } from '../../../../../model/platform/object-key.ts';
import type { PlatformBranch } from '../../../../../model/platform/project.ts';
import type { Table } from '../../../../../model/platform/storage.ts';
import type { GivenPaths } from '../../../../../model/platform/tree.ts';
import { contentTables, type FindTables } from './content-tables.ts';
import type { EdgeField, LineageEdge } from './edge.ts';

/** What the edges of configurations are made from. */
export interface LineageInput {
  branch: PlatformBranch;
  tables: readonly Table[];
  /** The paths of configurations and rows in this rendering. */
  paths: GivenPaths;
}

/** A configuration or one of its rows, as named by edges. */
export interface Actor {
  componentId: string;
  configId: string;
  rowId?: string;
  disabled?: boolean;
}

/** The edges that follow from the contents of configurations and their rows. */
export function configurationEdges({ branch, tables, paths }: LineageInput): LineageEdge[] {
  const findTables = tablesByMetadata(tables);
  return branch.configurations.flatMap((config) => {
    const { componentId, id: configId, isDisabled: disabled } = config;
    const actors = [
      { actor: { componentId, configId, disabled }, content: config.content },
      ...config.rows.map(({ id: rowId, isDisabled, content }) => ({
        actor: { componentId, configId, rowId, disabled: disabled || isDisabled },
        content,
      })),
    ];
    return actors.flatMap(({ actor, content }) => {
      const other = actorFields(actor, branch.id, paths);
      return contentTables(content, findTables).map(({ table, direction, knownBy }) => ({
        ...table,
        direction,
        knownBy,
        other,
      }));
    });
  });
}

/** The fields with which edges name a configuration or a row: its ids, and its path in the tree. */
export function actorFields(
  { componentId, configId, rowId, disabled = false }: Actor,
  branchId: string,
  paths: GivenPaths,
): [EdgeField, Json][] {
  const ofConfig = paths.get(configKey(branchId, componentId, configId)) ?? null;
  const fields: [EdgeField, Json][] = [
    ['componentId', componentId],
    ['configurationId', configId],
  ];
  if (rowId !== undefined) fields.push(['rowId', rowId]);
  const ofRow =
    rowId === undefined ? undefined : paths.get(rowKey(branchId, componentId, configId, rowId));
  fields.push(['path', ofRow ?? ofConfig]);
  if (disabled) fields.push(['disabled', true]);
  return fields;
}

function tablesByMetadata(tables: readonly Table[]): FindTables {
  const found = new Map<string, { bucketId: string; tableId: string }[]>();
  for (const { id: tableId, bucketId, metadata } of tables) {
    for (const { key, value } of metadata) {
      const search = JSON.stringify([key, value]);
      const others = found.get(search);
      if (others === undefined) found.set(search, [{ bucketId, tableId }]);
      else others.push({ bucketId, tableId });
    }
  }
  return (key, value) => found.get(JSON.stringify([key, value])) ?? [];
}
