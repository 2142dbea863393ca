import type { CatalogEntry } from '../../../model/mirror/reading/shown-object.ts';
import { fieldsOf, itemsOf, itemsOfAll, parsed, textOf } from '../../reading/json-shapes.ts';
import type { FileParser, TreeFiles } from '../../reading/layout-reading.ts';
import { digest, fileNames } from '../../tree/file-names.ts';
import { safeSegment } from '../../tree/safe-segment.ts';

/** A configuration as its component's catalog lists it, and where it and its rows are. */
export interface CatalogedConfiguration {
  path: string | null;
  rows: ReadonlyMap<string, string | null>;
}

/** A file of `ai/catalog`, in the form in which it is searched. */
export const catalogFile: FileParser<readonly CatalogEntry[]> = {
  name: 'keboola catalog',
  parse(text) {
    const file = fieldsOf(parsed(text));
    const componentId = textOf(file.componentId);
    if (componentId === null) return itemsOf(file.tables).flatMap(tableEntry);
    const componentName = textOf(file.name);
    return itemsOf(file.configurations).flatMap((item) => {
      const fields = fieldsOf(item);
      const ids = { componentId, configurationId: textOf(fields.id) ?? '' };
      const rows = itemsOf(fields.rows).flatMap((row) => {
        const rowId = textOf(fieldsOf(row).id) ?? '';
        return entryOf('row', { ...ids, rowId }, componentName, fieldsOf(row));
      });
      return [...entryOf('configuration', ids, componentName, fields), ...rows];
    });
  },
};

function tableEntry(item: unknown): CatalogEntry[] {
  const fields = fieldsOf(item);
  const tableId = textOf(fields.id) ?? '';
  const [, bucketId] = /^([^.]+\.[^.]+)\./.exec(tableId) ?? [];
  const ids = { ...(bucketId !== undefined && { bucketId }), tableId };
  return entryOf('table', ids, null, fields);
}

function entryOf(
  kind: CatalogEntry['kind'],
  ids: CatalogEntry['ids'],
  componentName: string | null,
  fields: Readonly<Record<string, unknown>>,
): CatalogEntry[] {
  const { id, name, path, description, isDisabled } = fields;
  if (textOf(id) === null) return [];
  return [
    {
      kind,
      ids,
      name: textOf(name) ?? '',
      componentName,
      description: textOf(description) ?? '',
      path: typeof path === 'string' ? path : null,
      isDisabled: isDisabled === true,
    },
  ];
}

/** The same file, by the ids of its configurations. */
const configurationsById: FileParser<{
  componentId: string | null;
  byId: ReadonlyMap<string, CatalogedConfiguration>;
}> = {
  name: 'keboola catalog by id',
  parse(text) {
    const file = fieldsOf(parsed(text));
    const byId = itemsOf(file.configurations).map((item): [string, CatalogedConfiguration] => {
      const { id, path, rows } = fieldsOf(item);
      const paths = itemsOf(rows).map((row): [string, string | null] => {
        const fields = fieldsOf(row);
        return [textOf(fields.id) ?? '', typeof fields.path === 'string' ? fields.path : null];
      });
      const where = typeof path === 'string' ? path : null;
      return [textOf(id) ?? '', { path: where, rows: new Map(paths) }];
    });
    return { componentId: textOf(file.componentId), byId: new Map(byId) };
  },
};

/** Finds a configuration in the catalog of its component; `null` if it is not there. */
export async function findCataloged(
  tree: TreeFiles,
  componentId: string,
  configurationId: string,
): Promise<CatalogedConfiguration | null> {
  for (const path of catalogPaths(componentId, configurationId)) {
    const file = await tree.read(path, configurationsById);
    const found = file?.componentId === componentId ? file.byId.get(configurationId) : undefined;
    if (found !== undefined) return found;
  }
  return null;
}

/** The files that may list a configuration: the usual one first. See `catalogParts` and `fileNames`. */
export function catalogPaths(componentId: string, configurationId: string): string[] {
  const part = `parts/${digest(configurationId).slice(0, 2)}.json`;
  return ['ai/catalog', `ai/catalog/${digest(componentId).slice(0, 2)}`].flatMap((folder) =>
    nameCandidates(componentId, ['tables']).flatMap((name) => [
      `${folder}/${name}.json`,
      `${folder}/${name}.${part}`,
    ]),
  );
}

/** The names that the file of an id can have: the id, if it is harmless and was first, and with a digest. */
export function nameCandidates(id: string, reserved: readonly string[]): string[] {
  const alone = fileNames([id], { reserved }).get(id) ?? 'unnamed';
  const digested = `${safeSegment(id).slice(0, 150)}-${digest(id).slice(0, 10)}`;
  return [...new Set([alone, digested])];
}

/** Everything that the catalogs of a tree list; `null` if there is too much of it. */
export async function readCatalog(tree: TreeFiles): Promise<readonly CatalogEntry[] | null> {
  const files = await tree.readAll('ai/catalog', catalogFile);
  return files === null ? null : tree.derive(files, itemsOfAll<CatalogEntry>);
}
