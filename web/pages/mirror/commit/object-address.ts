import type { ObjectSearch } from '../../../parts/streams/object-search-of.ts';
import type { RunsSearch } from '../mirror-search.ts';
import type { ChangedObject } from './commit-queries.ts';

/** What an object is called: its name, or the id that tells it apart; `null` if there is only one of its kind. */
export function titleOf(object: ChangedObject): string | null {
  const { kind, name, path } = object;
  if (kind === 'file') return path;
  return name ?? idOf(object) ?? null;
}

function idOf(object: ChangedObject): string | undefined {
  const { kind, configurationId, rowId, bucketId, tableId, runId, day, componentId } = object;
  switch (kind) {
    case 'configuration':
      return configurationId;
    case 'row':
      return rowId;
    case 'bucket':
    case 'lineage':
      return bucketId;
    case 'table':
    case 'sample':
      return tableId;
    case 'job-run':
      return runId;
    case 'job-summary':
      return day;
    case 'catalog':
      return componentId;
    case 'project':
    case 'branch':
    case 'guide':
    case 'file':
      return undefined;
  }
}

/** What the page of an object is asked for; `null` if it has none, or the object is gone. */
export function objectAddress(object: ChangedObject): ObjectSearch | null {
  const { change, kind, componentId, configurationId, rowId, bucketId, tableId } = object;
  if (change === 'removed') return null;
  if (kind === 'configuration' || kind === 'row') {
    if (componentId === undefined || configurationId === undefined) return null;
    const configuration = { component: componentId, configuration: configurationId };
    return kind === 'row' && rowId !== undefined ? { ...configuration, row: rowId } : configuration;
  }
  if (kind === 'table' || kind === 'sample')
    return tableId === undefined ? null : { table: tableId };
  if (kind === 'bucket' || kind === 'lineage')
    return bucketId === undefined ? null : { bucket: bucketId };
  return null;
}

/** Among which runs a run is found; `null` for anything else. */
export function runsAddress(object: ChangedObject): RunsSearch | null {
  const { change, kind, componentId, configurationId } = object;
  if (change === 'removed' || kind !== 'job-run' || componentId === undefined) return null;
  return {
    component: componentId,
    ...(configurationId !== undefined && { configuration: configurationId }),
  };
}
