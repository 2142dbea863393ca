import type { ObjectKey } from './tree.ts';

/** The project itself: its manifest, its description. */
export const projectKey: ObjectKey = 'project';

/** The key of a branch. */
export function branchKey(branchId: string): ObjectKey {
  return `branch/${part(branchId)}`;
}

/** The key of a configuration. */
export function configKey(branchId: string, componentId: string, configId: string): ObjectKey {
  return `config/${part(branchId)}/${part(componentId)}/${part(configId)}`;
}

/** The key of a row. */
export function rowKey(
  branchId: string,
  componentId: string,
  configId: string,
  rowId: string,
): ObjectKey {
  return `row/${part(branchId)}/${part(componentId)}/${part(configId)}/${part(rowId)}`;
}

/** The key of a bucket. */
export function bucketKey(branchId: string, bucketId: string): ObjectKey {
  return `bucket/${part(branchId)}/${part(bucketId)}`;
}

/** The key of a table. */
export function tableKey(branchId: string, tableId: string): ObjectKey {
  return `table/${part(branchId)}/${part(tableId)}`;
}

/** The key of all of a branch's samples, for messages about all of them. */
export function samplesKey(branchId: string): ObjectKey {
  return `sample/${part(branchId)}`;
}

/** The key of a table's first rows. */
export function sampleKey(branchId: string, tableId: string): ObjectKey {
  return `sample/${part(branchId)}/${part(tableId)}`;
}

/** The key of all of a branch's job runs, for messages about all of them. */
export function jobsKey(branchId: string): ObjectKey {
  return `job/${part(branchId)}`;
}

/** The key of a run of a job. */
export function jobKey(branchId: string, runId: string): ObjectKey {
  return `job/${part(branchId)}/${part(runId)}`;
}

/** The key of the summary of a day's runs (`2026-01-31`, UTC). */
export function jobSummaryKey(branchId: string, day: string): ObjectKey {
  return `job-summary/${part(branchId)}/${part(day)}`;
}

/** The key of a bucket's lineage: who is known to write and read its tables. */
export function lineageKey(branchId: string, bucketId: string): ObjectKey {
  return `lineage/${part(branchId)}/${part(bucketId)}`;
}

/** The key of the guide that tells agents about the branch's files. */
export function guideKey(branchId: string): ObjectKey {
  return `guide/${part(branchId)}`;
}

/** The key of the catalog of a component's configurations. */
export function catalogKey(branchId: string, componentId: string): ObjectKey {
  return `catalog/${part(branchId)}/${part(componentId)}`;
}

/** The key of the catalog of all tables. */
export function tableCatalogKey(branchId: string): ObjectKey {
  return `table-catalog/${part(branchId)}`;
}

/** The key of the `.gitattributes` of one of our folders. */
export function attributesKey(branchId: string, folder: string): ObjectKey {
  return `attributes/${part(branchId)}/${part(folder)}`;
}

/** The key of the configuration that an object is or belongs to; `null` for other objects. */
export function configurationOf(owner: ObjectKey): ObjectKey | null {
  const [kind, branchId, componentId, configId] = owner.split('/');
  return kind === 'config' || kind === 'row'
    ? `config/${branchId}/${componentId}/${configId}`
    : null;
}

/** The id that a key ends with, as it was before {@link part} made it safe. */
export function lastId(key: ObjectKey): string {
  return decodeURIComponent(key.slice(key.lastIndexOf('/') + 1));
}

/** Ids do not contain slashes. If one does after all, it must not look like another object's key. */
function part(id: string): string {
  return /[%/]/.test(id) ? id.replaceAll('%', '%25').replaceAll('/', '%2F') : id;
}
