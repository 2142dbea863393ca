import { configKey, guideKey, tableKey } from '../../model/platform/object-key.ts';
import type { CatalogEntry, ObjectPlace } from '../../model/mirror/reading/shown-object.ts';
import { fieldsOf, parsed, textOf } from '../reading/json-shapes.ts';
import type { FileParser, LayoutReading, TreeFiles } from '../reading/layout-reading.ts';
import { filePlace, partPlace, withoutExtension } from '../reading/part-places.ts';
import { readRunError } from '../reading/run-files.ts';
import { readSample } from '../reading/sample-files.ts';
import { fileNames } from '../tree/file-names.ts';
import { safeSegment } from '../tree/safe-segment.ts';

/** What a file of an object or a table says about it. */
interface PlainFacts {
  id: string;
  name: string;
  description: string;
  isDisabled: boolean;
}

const plainFacts: FileParser<PlainFacts> = {
  name: 'plain facts',
  parse(text) {
    const { id, name, description, isDisabled } = fieldsOf(parsed(text));
    const known = textOf(id);
    if (known === null) return null;
    const [line = ''] = (textOf(description) ?? '').trim().split('\n', 1);
    return {
      id: known,
      name: textOf(name) ?? '',
      description: line.slice(0, 200),
      isDisabled: isDisabled === true,
    };
  },
};

/** Reads the trees of a plain layout: one JSON file for each object, with its id in it. */
export const plainReading: LayoutReading = {
  runError: readRunError,
  sample: readSample,
  async places(tree) {
    const objects = await tree.readAll('objects', plainFacts);
    const of = (path: string) => placeOf(tree.branchId, path, objects ?? new Map());
    const places = [...(objects?.keys() ?? [])].map((path) => of(`objects/${path}`));
    return { of, at: (key) => places.find((place) => place.key === key) ?? null };
  },
  async describe({ path, ids }, tree) {
    const facts = await tree.read(path, plainFacts);
    return { name: facts === null || facts.name === '' ? null : facts.name, ids };
  },
  async find(object, tree) {
    switch (object.kind) {
      case 'configuration': {
        const folder = `objects/${safeSegment(object.componentId)}`;
        const files = await tree.readAll(folder, plainFacts);
        const found = [...(files ?? [])].find(([, { id }]) => id === object.configurationId);
        return found === undefined ? null : `${folder}/${found[0]}`;
      }
      case 'table': {
        const path = tablePath(object.tableId);
        return (await tree.read(path, plainFacts))?.id === object.tableId ? path : null;
      }
      case 'row':
      case 'bucket':
        return null;
    }
  },
  besides: () => [],
  traces(object) {
    if (object.kind === 'table') return [tablePath(object.tableId)];
    return object.kind === 'configuration' ? [`objects/${safeSegment(object.componentId)}`] : [];
  },
  async catalog(tree) {
    const objects = await entries(tree, 'objects', (path, { id, ...facts }) => {
      const ids = { componentId: path.slice(0, path.indexOf('/')), configurationId: id };
      return { kind: 'configuration', ids, componentName: null, path: `objects/${path}`, ...facts };
    });
    const tables = await entries(tree, 'storage/tables', (file, { id, ...facts }) => {
      const ids = { tableId: id };
      const path = `storage/tables/${file}`;
      return { kind: 'table', ids, componentName: null, path, ...facts, name: id };
    });
    return objects === null || tables === null ? null : [...objects, ...tables];
  },
};

async function entries(
  tree: TreeFiles,
  folder: string,
  entry: (path: string, facts: PlainFacts) => CatalogEntry,
): Promise<CatalogEntry[] | null> {
  const files = await tree.readAll(folder, plainFacts);
  return files === null ? null : [...files].map(([path, facts]) => entry(path, facts));
}

function placeOf(
  branchId: string,
  path: string,
  objects: ReadonlyMap<string, PlainFacts>,
): ObjectPlace {
  const [room = '', kind = '', ...rest] = path.split('/');
  const facts = room === 'objects' ? objects.get(path.slice('objects/'.length)) : undefined;
  if (facts !== undefined) {
    const ids = { componentId: kind, configurationId: facts.id };
    return { key: configKey(branchId, kind, facts.id), kind: 'configuration', path, ids };
  }
  if (room === 'storage' && kind === 'tables' && rest.length === 1) {
    const tableId = withoutExtension(rest[0] ?? '');
    return { key: tableKey(branchId, tableId), kind: 'table', path, ids: { tableId } };
  }
  if (path === 'guide/README.md') return { key: guideKey(branchId), kind: 'guide', path, ids: {} };
  return partPlace(branchId, path) ?? filePlace(path);
}

function tablePath(tableId: string): string {
  return `storage/tables/${fileNames([tableId]).get(tableId) ?? 'unnamed'}.json`;
}
