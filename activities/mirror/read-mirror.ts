import type { Db } from '../../db/connect.ts';
import { findMirror, type Mirror } from '../../db/mirror/mirrors.ts';
import { listUnsentNotices } from '../../db/streams/notices.ts';
import { listOpenOutages } from '../../db/streams/outages.ts';
import { countWaiting } from '../../db/mirror/waiting-changes.ts';
import { mirrorStream, type MirrorKey } from '../../model/mirror/ids.ts';
import type { MirrorView, MirrorCounts } from './contract.ts';
import type { ActivityDependencies } from '../streams/dependencies.ts';

/** The mirror as its workflow needs to know it; one that is not there is ended. */
export async function readMirror(
  { db }: ActivityDependencies,
  key: MirrorKey,
): Promise<MirrorView> {
  const stream = mirrorStream(key);
  const row = await findMirror(db, key);
  return {
    ended: row?.endedAt !== null,
    paused: row?.pausedAt != null,
    initialized: row?.initializedAt != null,
    outages: await listOpenOutages(db, stream),
    unsentNotices: await listUnsentNotices(db, stream),
    ...(await countStream(db, key, row)),
  };
}

/** What waits of a mirror, as workflows are told of it. */
export async function countStream(
  db: Db,
  key: MirrorKey,
  row: Mirror | null,
): Promise<MirrorCounts> {
  return {
    active: isActive(row),
    ...(await countWaiting(db, key)),
    resync: row !== null && needsResync(row),
    ending: row !== null && row.ending !== null,
  };
}

/** Whether a mirror is to be worked on: it is there, not ended and not paused. */
export function isActive(row: Mirror | null): row is Mirror {
  return row?.endedAt === null && row.pausedAt === null;
}

/**
 * Whether windows wait for a delivery of another kind: the whole tree must be rendered (it never was, or
 * someone asked for it), or the branch is gone, and the mirror ends.
 */
export function needsResync(row: Mirror): boolean {
  return row.initializedAt === null || row.resyncReason !== null || row.ending !== null;
}
