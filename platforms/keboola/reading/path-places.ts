import {
  branchKey,
  bucketKey,
  catalogKey,
  guideKey,
  lineageKey,
  projectKey,
  tableCatalogKey,
  tableKey,
} from '../../../model/platform/object-key.ts';
import type { ObjectPlace } from '../../../model/mirror/reading/shown-object.ts';
import {
  filePlace,
  partPlace,
  withoutExtension,
  withoutSplits,
} from '../../reading/part-places.ts';

/**
 * The object of a file as far as its path shows it: everything but configurations and rows, whose
 * paths are made of names. The ids of storage are those that the names of files show; `describe`
 * finds the exact ones.
 */
export function pathPlace(branchId: string, path: string): ObjectPlace {
  const part = partPlace(branchId, path);
  if (part !== null) return part;
  if (/^configs\/(\.keboola\/[^/]+|description\.md)$/.test(path))
    return { key: projectKey, kind: 'project', path: 'configs', ids: {} };
  const branch = /^((?:configs|unlinked)\/[^/]+)\/(?:meta\.json|description\.md|manifest\.json)$/;
  const [, folder] = branch.exec(path) ?? [];
  if (folder !== undefined)
    return { key: branchKey(branchId), kind: 'branch', path: folder, ids: {} };
  const [room, area, ...rest] = path.split('/');
  if (room === 'storage' && area === 'metadata') return metadataPlace(branchId, path, rest);
  if (room === 'storage' && area === 'lineage' && rest.length <= 2) {
    const bucketId = withoutExtension(rest.at(-1) ?? '');
    return { key: lineageKey(branchId, bucketId), kind: 'lineage', path, ids: { bucketId } };
  }
  if (path === 'ai/README.md') return { key: guideKey(branchId), kind: 'guide', path, ids: {} };
  if (room === 'ai' && area === 'catalog') return catalogPlace(branchId, path, rest);
  return filePlace(path);
}

function metadataPlace(branchId: string, path: string, rest: readonly string[]): ObjectPlace {
  const names = withoutSplits(rest);
  if (names?.file.endsWith('.json') !== true) return filePlace(path);
  const bucketId = names.folder;
  if (names.file === 'bucket.json')
    return { key: bucketKey(branchId, bucketId), kind: 'bucket', path, ids: { bucketId } };
  const tableId = `${bucketId}.${withoutExtension(names.file)}`;
  return { key: tableKey(branchId, tableId), kind: 'table', path, ids: { bucketId, tableId } };
}

/** All files of one catalog are one object. */
function catalogPlace(branchId: string, path: string, rest: readonly string[]): ObjectPlace {
  const isOfTables = rest[0] === 'tables' || rest[0] === 'tables.json';
  if (isOfTables) return { key: tableCatalogKey(branchId), kind: 'catalog', path, ids: {} };
  const name = rest.find((part) => /\.(json|parts)$/.test(part)) ?? '';
  const componentId = name.replace(/\.(json|parts)$/, '');
  return { key: catalogKey(branchId, componentId), kind: 'catalog', path, ids: { componentId } };
}
