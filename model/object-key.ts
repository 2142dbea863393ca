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

/** Ids do not contain slashes; one that does all the same must not look like another object's key. */
function part(id: string): string {
  return id.replaceAll('%', '%25').replaceAll('/', '%2F');
}
