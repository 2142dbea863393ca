import { configKey, rowKey } from '../../../model/platform/object-key.ts';
import type { ObjectPlace } from '../../../model/mirror/reading/shown-object.ts';
import { fieldsOf, itemsOf, parsed, textOf } from '../../reading/json-shapes.ts';
import type { FileParser } from '../../reading/layout-reading.ts';

/** The folders of configurations and rows, and what is in them. */
export type PlacesByFolder = ReadonlyMap<string, ObjectPlace>;

/** The CLI's manifest, in which a path is relative to what the object is inside of. */
export function manifestPlaces(branchOfKeys: string): FileParser<PlacesByFolder> {
  return {
    name: `keboola manifest ${branchOfKeys}`,
    parse(text) {
      const manifest = fieldsOf(parsed(text));
      const branches = new Map<string, string>();
      for (const item of itemsOf(manifest.branches)) {
        const { id, path } = fieldsOf(item);
        const branchId = textOf(id);
        if (branchId !== null && typeof path === 'string') branches.set(branchId, path);
      }
      const configurations = itemsOf(manifest.configurations).map(configurationOf);
      const folders = new Map<string, ObjectPlace>();
      const byId = new Map<string, ListedConfiguration>();
      for (const one of configurations)
        if (one !== null) byId.set(`${one.componentId} ${one.id}`, one);
      for (const one of byId.values()) {
        const folder = folderOf(one, { branches, byId, depth: 0 });
        if (folder !== null) addPlaces(folders, branchOfKeys, one, `configs/${folder}`);
      }
      return folders;
    },
  };
}

/** The manifest of a branch's folder in `unlinked/`: its paths are relative to that folder. */
export function unlinkedPlaces(branchOfKeys: string, folder: string): FileParser<PlacesByFolder> {
  return {
    name: `keboola unlinked ${branchOfKeys} ${folder}`,
    parse(text) {
      const manifest = fieldsOf(parsed(text));
      const folders = new Map<string, ObjectPlace>();
      for (const item of itemsOf(manifest.configurations)) {
        const one = configurationOf(item);
        if (one !== null) addPlaces(folders, branchOfKeys, one, `${folder}/${one.path}`);
      }
      for (const item of itemsOf(manifest.incomplete)) {
        const one = configurationOf(item);
        if (one === null) continue;
        const rowId = textOf(fieldsOf(item).rowId);
        // The path is that of a file in the folder of the object.
        const path = `${folder}/${one.path}`.replace(/\/[^/]*\.json$/, '');
        folders.set(
          path,
          rowId === null
            ? placeOf(branchOfKeys, one, path)
            : rowPlace(branchOfKeys, one, rowId, path),
        );
      }
      return folders;
    },
  };
}

interface ListedConfiguration {
  branchId: string;
  componentId: string;
  id: string;
  path: string;
  /** The configuration that it is inside of, or one of its rows. */
  parent: { of: string; rowId: string | null } | null;
  rows: { id: string; path: string }[];
}

function configurationOf(item: unknown): ListedConfiguration | null {
  const fields = fieldsOf(item);
  const componentId = textOf(fields.componentId);
  const id = textOf(fields.id);
  if (componentId === null || id === null || typeof fields.path !== 'string') return null;
  const rows = itemsOf(fields.rows).flatMap((row) => {
    const { id: rowId, path } = fieldsOf(row);
    const named = textOf(rowId);
    return named === null || typeof path !== 'string' ? [] : [{ id: named, path }];
  });
  const parent = parentOf(itemsOf(fields.relations));
  const branchId = textOf(fields.branchId) ?? '';
  return { branchId, componentId, id, path: fields.path, parent, rows };
}

/** Only these relations mean that a configuration is inside another. */
const sharedCode = 'keboola.shared-code';
const inside = /^(variablesFor|schedulerFor|sharedCodeVariablesFor)$/;

function parentOf(relations: readonly unknown[]): ListedConfiguration['parent'] {
  const parents = relations.flatMap((relation) => {
    const { type, configId, rowId, componentId = sharedCode } = fieldsOf(relation);
    const [component, config, row] = [textOf(componentId), textOf(configId), textOf(rowId)];
    const isInside = typeof type === 'string' && inside.test(type);
    if (!isInside || component === null || config === null) return [];
    return [{ of: `${component} ${config}`, rowId: row }];
  });
  // What several use is inside none of them.
  return parents.length === 1 ? (parents[0] ?? null) : null;
}

function folderOf(
  one: ListedConfiguration,
  known: {
    branches: ReadonlyMap<string, string>;
    byId: ReadonlyMap<string, ListedConfiguration>;
    depth: number;
  },
): string | null {
  const parent = one.parent === null ? undefined : known.byId.get(one.parent.of);
  // A manifest can say that two are inside each other.
  if (parent !== undefined && known.depth < 5) {
    const above = folderOf(parent, { ...known, depth: known.depth + 1 });
    const row = parent.rows.find(({ id }) => id === one.parent?.rowId);
    if (above === null) return null;
    return row === undefined ? `${above}/${one.path}` : `${above}/${row.path}/${one.path}`;
  }
  const branch = known.branches.get(one.branchId);
  return branch === undefined ? null : `${branch}/${one.path}`;
}

function addPlaces(
  folders: Map<string, ObjectPlace>,
  branchId: string,
  one: ListedConfiguration,
  folder: string,
): void {
  folders.set(folder, placeOf(branchId, one, folder));
  for (const row of one.rows) {
    const path = `${folder}/${row.path}`;
    folders.set(path, rowPlace(branchId, one, row.id, path));
  }
}

function placeOf(
  branchId: string,
  { componentId, id }: ListedConfiguration,
  path: string,
): ObjectPlace {
  const ids = { componentId, configurationId: id };
  return { key: configKey(branchId, componentId, id), kind: 'configuration', path, ids };
}

function rowPlace(
  branchId: string,
  { componentId, id }: ListedConfiguration,
  rowId: string,
  path: string,
): ObjectPlace {
  const ids = { componentId, configurationId: id, rowId };
  return { key: rowKey(branchId, componentId, id, rowId), kind: 'row', path, ids };
}
