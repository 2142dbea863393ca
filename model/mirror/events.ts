import type { ObjectName } from '../platform/object.ts';
import type { MirrorKey } from './ids.ts';

/** The kinds of change that a source tells of. */
export type ChangeType = 'config_changed' | 'job_finished' | 'storage_changed' | 'branch_changed';

/**
 * One change of the source, as stored: what tells it from others, and what a commit needs of it.
 * The state itself comes from the source: an event says that something changed, not what.
 */
export interface Change extends MirrorKey {
  type: ChangeType;
  /** The kind of the object that it is of; with `configId` its name ({@link objectOf}). */
  componentId: string | null;
  /** The id of that object among those of its kind. */
  configId: string | null;
  /** `configId@newVersion`, the job's `runId`, or the `eventId`. */
  versionIdentifier: string;
  /** The object's version, for `config_changed`. */
  version: number | null;
  author: string | null;
  /** ISO 8601 in UTC: `committedAt`, or a job's `finishedAt`. */
  occurredAt: string;
  /** What the commit's body says of it in a few words; from outside, so never trusted. */
  description: string | null;
}

/** A change that has been accepted: its place in the mirror's order. */
export interface WaitingChange extends Change {
  /** Dense, per mirror, in commit order; from 1. */
  sequence: number;
  /** ISO 8601 in UTC. */
  receivedAt: string;
}

/** The object that a change is of; `null` where it is of none, such as a table. */
export function objectOf({
  componentId,
  configId,
}: Pick<Change, 'componentId' | 'configId'>): ObjectName | null {
  return componentId === null || configId === null ? null : { kind: componentId, id: configId };
}

/** The key of a change for display (ids contain dashes, so it cannot be taken apart again). */
export function displayKey(change: Change): string {
  return [
    change.projectId,
    change.branchId,
    change.componentId ?? '',
    change.versionIdentifier,
  ].join('-');
}
