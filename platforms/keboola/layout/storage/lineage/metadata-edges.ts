import { metadataValue, type Table } from '../../../../../model/platform/storage.ts';
import { actorFields, type LineageInput } from './configuration-edges.ts';
import { fieldOf, type LineageEdge } from './edge.ts';

/**
 * The configurations that created or last loaded a table, as recorded by the platform. This is the only trace
 * of a component that writes to its default bucket without a mapping. Leaves out what a configuration itself
 * shows (`known`). A row is named only if it created the table, because each load could name a different one.
 */
export function metadataEdges(
  { branch, tables, paths }: LineageInput,
  known: readonly LineageEdge[],
): LineageEdge[] {
  const seen = new Set(
    known
      .filter(({ direction }) => direction === 'write')
      .map((edge) =>
        identity(edge.tableId, fieldOf(edge, 'componentId'), fieldOf(edge, 'configurationId')),
      ),
  );
  return tables.flatMap((table) =>
    writersOf(table)
      .filter(({ componentId, configId }) => !seen.has(identity(table.id, componentId, configId)))
      .map((writer): LineageEdge => ({
        bucketId: table.bucketId,
        tableId: table.id,
        direction: 'write',
        knownBy: 'metadata',
        other: actorFields(writer, branch.id, paths),
      })),
  );
}

interface Writer {
  componentId: string;
  configId: string;
  rowId?: string;
}

/** The configuration that created the table, and the one that last loaded it, if it is another. */
function writersOf({ metadata }: Table): Writer[] {
  const noted = (what: string, field: string) =>
    metadataValue(metadata, `KBC.${what}.${field}.id`, ['system']);
  const writers: Writer[] = [];
  for (const what of ['createdBy', 'lastUpdatedBy']) {
    const componentId = noted(what, 'component');
    const configId = noted(what, 'configuration');
    if (componentId === null || configId === null) continue;
    const rowId = what === 'createdBy' ? noted(what, 'configurationRow') : null;
    const isKnown = writers.some(
      (one) => one.componentId === componentId && one.configId === configId,
    );
    if (!isKnown) writers.push({ componentId, configId, ...(rowId === null ? {} : { rowId }) });
  }
  return writers;
}

function identity(...parts: unknown[]): string {
  return JSON.stringify(parts);
}
