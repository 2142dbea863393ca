import type { ObjectName } from '../platform/object.ts';
import type { MirrorKey } from './ids.ts';

/** The kinds of change that a source reports. */
export type ChangeType = 'config_changed' | 'job_finished' | 'storage_changed' | 'branch_changed';

/** The kind of change that a commit is of: `mixed` for several, `none` if no change was reported. */
export type CommitEventType = ChangeType | 'mixed' | 'none';

/** The kind of a commit with these changes. */
export function commitEventType(changes: readonly Pick<Change, 'type'>[]): CommitEventType {
  const [type, ...others] = new Set(changes.map((change) => change.type));
  if (type === undefined) return 'none';
  return others.length === 0 ? type : 'mixed';
}

/**
 * One change of the source, as stored: what distinguishes it from others, and what a commit says about it.
 * The state itself is read from the source: an event says that something changed, not what.
 */
export interface Change extends MirrorKey {
  type: ChangeType;
  /** The kind of the object that changed; with `configId`, it names the object ({@link objectOf}). */
  componentId: string | null;
  /** The id of that object among the objects of its kind. */
  configId: string | null;
  /** `configId@newVersion`, the job's `runId`, or the `eventId`. */
  versionIdentifier: string;
  /** The object's version, for `config_changed`. */
  version: number | null;
  author: string | null;
  /** ISO 8601 in UTC: `committedAt`, or a job's `finishedAt`. */
  occurredAt: string;
  /** What the commit's body says about it in a few words; from outside, so never trusted. */
  description: string | null;
}

/** A change that has been accepted: its place in the mirror's order. */
export interface WaitingChange extends Change {
  /** Its number in the mirror: starts at 1, without gaps, in commit order. */
  sequence: number;
  /** ISO 8601 in UTC. */
  receivedAt: string;
}

/** The object that changed; `null` if the change is not about an object, but about a table, for example. */
export function objectOf({
  componentId,
  configId,
}: Pick<Change, 'componentId' | 'configId'>): ObjectName | null {
  return componentId === null || configId === null ? null : { kind: componentId, id: configId };
}

/** The key of a change for display (ids contain dashes, so it cannot be split into its parts again). */
export function displayKey(
  change: Pick<Change, 'projectId' | 'branchId' | 'componentId' | 'versionIdentifier'>,
): string {
  return [
    change.projectId,
    change.branchId,
    change.componentId ?? '',
    change.versionIdentifier,
  ].join('-');
}

/** Whether a change is about a new branch, or about a renamed one whose name may now match a pattern. */
export function mayNeedMirror({
  type,
  description,
}: Pick<Change, 'type' | 'description'>): boolean {
  return (
    type === 'branch_changed' &&
    (description === 'branch created' || description === 'branch renamed')
  );
}
