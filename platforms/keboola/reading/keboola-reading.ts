import type { ShownEdge } from '../../../model/mirror/reading/shown-object.ts';
import { fieldsOf, itemsOfAll, parsed, textOf } from '../../reading/json-shapes.ts';
import type { FileParser, LayoutReading, ObjectFacts } from '../../reading/layout-reading.ts';
import { readRunError } from '../../reading/run-files.ts';
import { readSample } from '../../reading/sample-files.ts';
import { catalogPaths, findCataloged, readCatalog } from './catalog-files.ts';
import { keboolaPlaces } from './keboola-places.ts';
import { lineageFile } from './lineage-files.ts';
import { bucketPaths, findById, storageFacts, tablePaths } from './storage-files.ts';

/** What some files say about their object, under the same keys for all of them. */
const namedFacts: FileParser<ObjectFacts> = {
  name: 'keboola names',
  parse(text) {
    const { name, runId, componentId, configurationId } = fieldsOf(parsed(text));
    const ids = { runId, componentId, configurationId };
    const known = Object.entries(ids).flatMap(([key, value]): [string, string][] => {
      const id = textOf(value);
      return id === null ? [] : [[key, id]];
    });
    return { name: textOf(name), ids: Object.fromEntries(known) };
  },
};

/** Reads the trees of the Keboola layout: ids come from its catalogs and its files of storage. */
export const keboolaReading: LayoutReading = {
  runError: readRunError,
  sample: readSample,
  places: keboolaPlaces,
  async describe({ kind, path, ids }, tree) {
    if (kind === 'configuration' || kind === 'row' || kind === 'branch') {
      const facts = await tree.read(`${path}/meta.json`, namedFacts);
      return { name: facts?.name ?? null, ids };
    }
    if (kind === 'bucket' || kind === 'table' || kind === 'lineage') {
      const facts = await tree.read(path, storageFacts);
      if (facts === null) return { name: null, ids };
      const { id, bucketId, name } = facts;
      if (kind === 'bucket') return { name, ids: { bucketId: id ?? ids.bucketId ?? '' } };
      const exact = kind === 'table' && id !== null ? { tableId: id } : {};
      return { name, ids: { ...ids, ...(bucketId === null ? {} : { bucketId }), ...exact } };
    }
    if (kind === 'job-run' || kind === 'catalog') {
      const facts = await tree.read(path, namedFacts);
      return { name: facts?.name ?? null, ids: { ...ids, ...facts?.ids } };
    }
    return { name: null, ids };
  },
  async find(object, tree) {
    switch (object.kind) {
      case 'configuration':
      case 'row': {
        const found = await findCataloged(tree, object.componentId, object.configurationId);
        if (object.kind === 'configuration') return found?.path ?? null;
        return found?.rows.get(object.rowId) ?? null;
      }
      case 'bucket':
        return findById(tree, bucketPaths(object.bucketId), object.bucketId);
      case 'table':
        return findById(tree, tablePaths(object.tableId), object.tableId);
    }
  },
  besides: (path) =>
    path.startsWith('configs/') ? [`unlinked/${path.slice('configs/'.length)}`] : [],
  traces(object) {
    if (object.kind === 'bucket') return bucketPaths(object.bucketId).slice(0, 1);
    if (object.kind === 'table') return tablePaths(object.tableId).slice(0, 1);
    return catalogPaths(object.componentId, object.configurationId).slice(0, 2);
  },
  catalog: readCatalog,
  async lineage(tree) {
    const files = await tree.readAll('storage/lineage', lineageFile);
    return files === null ? null : tree.derive(files, itemsOfAll<ShownEdge>);
  },
};
