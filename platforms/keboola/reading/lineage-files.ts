import type { ShownEdge } from '../../../model/mirror/reading/shown-object.ts';
import { fieldsOf, itemsOf, parsed, textOf } from '../../reading/json-shapes.ts';
import type { FileParser } from '../../reading/layout-reading.ts';

/** A file of `storage/lineage`. */
export const lineageFile: FileParser<readonly ShownEdge[]> = {
  name: 'keboola lineage',
  parse(text) {
    const file = fieldsOf(parsed(text));
    const bucketId = textOf(file.bucketId);
    if (bucketId === null) return null;
    return itemsOf(file.edges).flatMap((item) => edgeOf(bucketId, fieldsOf(item)));
  },
};

function edgeOf(bucketId: string, fields: Readonly<Record<string, unknown>>): ShownEdge[] {
  const { direction, knownBy, tableId, componentId, configurationId, rowId, path, disabled } =
    fields;
  if (direction !== 'write' && direction !== 'read') return [];
  const component = textOf(componentId);
  const configuration = textOf(configurationId);
  const edge: Pick<ShownEdge, 'bucketId' | 'tableId' | 'direction' | 'knownBy'> = {
    bucketId,
    tableId: textOf(tableId),
    direction,
    knownBy: textOf(knownBy) ?? '',
  };
  if (component !== null && configuration !== null) {
    const ids = { componentId: component, configurationId: configuration, rowId: textOf(rowId) };
    const isDisabled = disabled === true;
    return [{ ...edge, configuration: { ...ids, path: textOf(path), isDisabled }, storage: null }];
  }
  const other = fieldsOf(direction === 'write' ? fields.from : fields.to);
  const otherTable = textOf(other.tableId);
  const otherBucket = textOf(other.bucketId) ?? otherTable?.split('.').slice(0, 2).join('.');
  if (otherBucket === undefined) return [];
  const storage = {
    projectId: textOf(other.projectId),
    bucketId: otherBucket,
    tableId: otherTable,
  };
  return [{ ...edge, configuration: null, storage }];
}
