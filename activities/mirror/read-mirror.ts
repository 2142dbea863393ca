import type { Db } from '../../db/connect.ts';
import { findMirror, type Mirror } from '../../db/mirror/mirrors.ts';
import { listUnsentNotices } from '../../db/streams/notices/unsent.ts';
import { listOpenOutages } from '../../db/streams/outages.ts';
import { countWaiting } from '../../db/mirror/waiting-changes.ts';
import { mirrorStream, type MirrorKey } from '../../model/mirror/ids.ts';
import type { MirrorView, MirrorCounts } from './contract.ts';
import type { ActivityDependencies } from '../streams/dependencies.ts';

/** What the mirror's workflow needs to know about it. A mirror that does not exist counts as ended. */
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

/** What is waiting in a mirror, for its workflow. */
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

/** Whether there is work to do for a mirror: it exists, and is neither ended nor paused. */
export function isActive(row: Mirror | null): row is Mirror {
  return row?.endedAt === null && row.pausedAt === null;
}

/**
 * Whether windows have to wait for a different kind of delivery: the whole tree must be rendered (it never was,
 * or a resync was requested), or the branch no longer exists and the mirror is ending.
 */
export function needsResync(row: Mirror): boolean {
  return row.initializedAt === null || row.resyncReason !== null || row.ending !== null;
}
