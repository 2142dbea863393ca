import { objectSearchOf, type ObjectSearch } from '../../../parts/streams/object-search-of.ts';
import { texts } from '../../../texts/index.ts';
import type { RunsSearch } from '../mirror-search.ts';
import type { ChangedObject } from './commit-queries.ts';

const words = texts.commit;

/** What an object is called: its name, or the id that tells it apart; `null` if there is only one of its kind. */
export function titleOf(object: ChangedObject): string | null {
  const { kind, name, path, configurationName, componentName, runId } = object;
  if (kind === 'file') return path;
  if (kind === 'job-run' && runId !== undefined)
    return words.runOf(configurationName ?? componentName, runId);
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

/** What has a page, or belongs to what has one. */
const withPage = ['configuration', 'row', 'table', 'sample', 'bucket', 'lineage'];

/** What the page of an object is asked for; `null` if it has none, or the object is gone. */
export function objectAddress(object: ChangedObject): ObjectSearch | null {
  const { change, kind, tableId } = object;
  if (change === 'removed' || !withPage.includes(kind)) return null;
  // Where only the bucket is known, it is not the bucket that changed.
  if ((kind === 'table' || kind === 'sample') && tableId === undefined) return null;
  return objectSearchOf(object);
}

/** Among which runs a run is found; `null` for anything else. */
export function runsAddress(object: ChangedObject): RunsSearch | null {
  const { change, kind, componentId, configurationId } = object;
  if (change === 'removed' || kind !== 'job-run' || componentId === undefined) return null;
  return {
    // It may be of any time.
    period: 'all',
    component: componentId,
    ...(configurationId !== undefined && { configuration: configurationId }),
  };
}
