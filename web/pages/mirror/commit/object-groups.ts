import type { ChangedObject } from './commit-queries.ts';

/** What a group of changed objects is about, in the order in which the groups are shown. */
export const groupKinds = ['configuration', 'storage', 'runs', 'project', 'files', 'made'] as const;

/** Changed objects that are shown together. */
export interface ObjectGroup<Changed> {
  kind: (typeof groupKinds)[number];
  key: string;
  /** The configuration's or bucket's name, as far as the objects say it; `null` of the other groups. */
  name: string | null;
  /** Its ids, where they say more than the name. */
  ids: string | null;
  objects: Changed[];
}

/** Sorts changed objects into groups: rows stand below their configuration, tables below their bucket. */
export function objectGroups<Changed extends ChangedObject>(
  objects: readonly Changed[],
): ObjectGroup<Changed>[] {
  const groups = new Map<string, Changed[]>();
  for (const object of objects) {
    const key = keyOf(object);
    groups.set(key, [...(groups.get(key) ?? []), object]);
  }
  return [...groups.entries()]
    .map(([key, members]) => groupOf(key, members))
    .sort((a, b) => groupKinds.indexOf(a.kind) - groupKinds.indexOf(b.kind));
}

function keyOf(object: ChangedObject): string {
  const kind = groupKindOf(object);
  if (kind === 'configuration')
    return JSON.stringify([kind, object.componentId, object.configurationId]);
  return kind === 'storage' ? JSON.stringify([kind, bucketOf(object)]) : JSON.stringify([kind]);
}

function groupKindOf({ kind }: ChangedObject): ObjectGroup<unknown>['kind'] {
  switch (kind) {
    case 'configuration':
    case 'row':
      return 'configuration';
    case 'bucket':
    case 'table':
    case 'lineage':
    case 'sample':
      return 'storage';
    case 'job-run':
    case 'job-summary':
      return 'runs';
    case 'project':
    case 'branch':
      return 'project';
    case 'guide':
    case 'catalog':
      return 'made';
    case 'file':
      return 'files';
  }
}

/** A table's id begins with its bucket's: `in.c-shop.orders`. */
function bucketOf({ bucketId, tableId }: ChangedObject): string {
  return bucketId ?? tableId?.split('.').slice(0, 2).join('.') ?? '';
}

function groupOf<Changed extends ChangedObject>(
  key: string,
  members: Changed[],
): ObjectGroup<Changed> {
  const [first] = members;
  const kind = first === undefined ? 'files' : groupKindOf(first);
  if (first === undefined || (kind !== 'configuration' && kind !== 'storage'))
    return { kind, key, name: null, ids: null, objects: members };
  const head = members.find((one) => one.kind === 'configuration' || one.kind === 'bucket');
  // What the group is about stands first.
  const objects = head === undefined ? members : [head, ...members.filter((one) => one !== head)];
  if (kind === 'storage') {
    const bucket = bucketOf(first);
    const name = head?.name ?? bucket;
    return { kind, key, name, ids: name === bucket ? null : bucket, objects };
  }
  const { componentId = '', configurationId = '' } = first;
  const name = head?.name ?? first.configurationName ?? folderAbove(first) ?? configurationId;
  return { kind, key, name, ids: `${componentId} / ${configurationId}`, objects };
}

/** Rows are in a folder of their configuration's folder, which has its name: `…/orders/rows/lines`. */
function folderAbove({ kind, path }: ChangedObject): string | null {
  return kind === 'row' ? (path.split('/').at(-3) ?? null) : null;
}
