import { configKey, rowKey } from '../../../model/platform/object-key.ts';
import type {
  CatalogEntry,
  ObjectPlace,
  ObjectPlaces,
} from '../../../model/mirror/reading/shown-object.ts';
import type { TreeFiles } from '../../reading/layout-reading.ts';
import { readCatalog } from './catalog-files.ts';
import { pathPlace } from './path-places.ts';

/**
 * Sorts files into objects. The folders of configurations and rows are made of names: the catalog says
 * which ids they have. It comes in many small files, of which a commit changes few, so what was made of
 * the others is kept. It is not read if none of the paths needs it.
 */
export async function keboolaPlaces(
  tree: TreeFiles,
  paths: Iterable<string>,
): Promise<ObjectPlaces> {
  const { branchId } = tree;
  const catalog = needsIds(paths) ? await readCatalog(tree) : null;
  const folders = catalog === null ? nothing : tree.derive(catalog, byFolder);
  const objects = catalog === null ? nothing : tree.derive(catalog, byObject);
  const known = new Map<string, ObjectPlace | null>();

  /** The object whose folder this is, or is inside of. */
  function above(folder: string): ObjectPlace | null {
    const before = known.get(folder);
    if (before !== undefined) return before;
    const end = folder.lastIndexOf('/');
    const found = placeAt(folder) ?? (end === -1 ? null : above(folder.slice(0, end)));
    known.set(folder, found);
    return found;
  }
  function placeAt(folder: string): ObjectPlace | null {
    const entry = folders.get(folder) ?? folders.get(folder.replace(/^unlinked\//, 'configs/'));
    return entry === undefined ? null : placeOf(branchId, entry, folder);
  }

  return {
    of(path) {
      const isNamed = path.startsWith('configs/') || path.startsWith('unlinked/');
      const found = isNamed ? above(path.slice(0, path.lastIndexOf('/'))) : null;
      return found ?? pathPlace(branchId, path);
    },
    at(key) {
      const entry = objects.get(withoutBranch(key));
      return entry?.path == null ? null : placeOf(branchId, entry, entry.path);
    },
  };
}

function needsIds(paths: Iterable<string>): boolean {
  for (const path of paths)
    if (path.startsWith('configs/') || path.startsWith('unlinked/')) return true;
  return false;
}

type Entries = ReadonlyMap<string, CatalogEntry>;

const nothing: Entries = new Map<string, CatalogEntry>();

function byFolder(catalog: readonly CatalogEntry[]): Entries {
  return new Map(
    catalog.flatMap((entry): [string, CatalogEntry][] =>
      entry.kind === 'table' || entry.path === null ? [] : [[entry.path, entry]],
    ),
  );
}

function byObject(catalog: readonly CatalogEntry[]): Entries {
  return new Map(
    catalog.flatMap((entry): [string, CatalogEntry][] =>
      entry.kind === 'table' ? [] : [[keyOf('', entry), entry]],
    ),
  );
}

function placeOf(branchId: string, entry: CatalogEntry, path: string): ObjectPlace {
  const kind = entry.kind === 'row' ? 'row' : 'configuration';
  return { key: keyOf(branchId, entry), kind, path, ids: entry.ids };
}

function keyOf(branchId: string, { ids }: CatalogEntry): string {
  const { componentId = '', configurationId = '', rowId } = ids;
  return rowId === undefined
    ? configKey(branchId, componentId, configurationId)
    : rowKey(branchId, componentId, configurationId, rowId);
}

/** The catalog of a tree is the same for all branches. */
function withoutBranch(key: string): string {
  const [kind, , ...rest] = key.split('/');
  return [kind, '', ...rest].join('/');
}
