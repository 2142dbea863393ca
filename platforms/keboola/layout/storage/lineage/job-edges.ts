import type { ShownTable } from '../../../../../model/platform/job.ts';
import { configKey } from '../../../../../model/platform/object-key.ts';
import { actorFields, type LineageInput } from './configuration-edges.ts';
import { fieldOf, type LineageEdge } from './edge.ts';
import { namedTable } from './table-ids.ts';

/**
 * The tables that runs of configurations were seen to read or write, if neither the configuration nor the
 * platform says so (`known`). The edges contain nothing about a single run, so another run of the same kind
 * changes no file. Ignores configurations that no longer exist, and everything that is not the id of a table.
 */
export function jobEdges(
  { branch, paths }: Pick<LineageInput, 'branch' | 'paths'>,
  shown: readonly ShownTable[],
  known: readonly LineageEdge[],
): LineageEdge[] {
  const seen = new Set(
    known.map((edge) =>
      identity(
        edge.tableId,
        edge.direction,
        fieldOf(edge, 'componentId'),
        fieldOf(edge, 'configurationId'),
      ),
    ),
  );
  return shown.flatMap(({ componentId, configId, direction, tableId }): LineageEdge[] => {
    const table = namedTable(tableId);
    if (table === null || !paths.has(configKey(branch.id, componentId, configId))) return [];
    if (seen.has(identity(tableId, direction, componentId, configId))) return [];
    const other = actorFields({ componentId, configId }, branch.id, paths);
    return [{ ...table, direction, knownBy: 'job', other }];
  });
}

function identity(...parts: unknown[]): string {
  return JSON.stringify(parts);
}
