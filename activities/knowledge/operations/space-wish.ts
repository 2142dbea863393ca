import type { Db } from '../../../db/connect.ts';
import { countSendableSavesOf } from '../../../db/knowledge/operation-items.ts';
import { findOperation, noteCurrent, type Operation } from '../../../db/knowledge/operations.ts';
import { countWaitingSaves } from '../../../db/knowledge/waiting-saves.ts';
import { findSpace, type Space } from '../../../db/knowledge/spaces.ts';
import { listOpenOutages } from '../../../db/streams/outages.ts';
import { spaceStream } from '../../../model/knowledge/ids.ts';
import { hasEnded, type SpaceWish } from '../../../model/knowledge/operation.ts';
import type { OperationKey, SpaceLook } from '../contract.ts';
import type { ActivityDependencies } from '../../streams/dependencies.ts';
import { spaceEnded, type Failure } from './ending.ts';

/** Whether the space has fulfilled the wish. */
const isFulfilled: Record<SpaceWish, (db: Db, row: Operation, space: Space) => Promise<boolean>> = {
  // The branch was checked after the operation was requested, and has everything that was waiting then.
  async settled(db, row, { id, syncedAt, syncedSha, indexedSha, rules }) {
    if (syncedAt === null || syncedAt <= row.createdAt) return false;
    if (rules.index && indexedSha === null && syncedSha !== null) return false;
    const { waitingSaves, heldSaves } = await countWaitingSaves(db, id);
    return waitingSaves === heldSaves;
  },
  reread: (_db, _row, { rereadWanted }) => Promise.resolve(!rereadWanted),
  read: (_db, _row, { partlyRead }) => Promise.resolve(!partlyRead),
  // What is held waits for a person, perhaps for a long time.
  sent: async (db, row) => (await countSendableSavesOf(db, row.id)) === 0,
};

const waitingFor: Record<SpaceWish, string> = {
  settled: 'Sending what is waiting',
  reread: 'Reading every file of the branch',
  read: 'Reading the branch',
  sent: 'Waiting until it is on the remote',
};

/** See `OperationActivities.askSpace`. */
export async function askSpace(
  { db, spaces }: Pick<ActivityDependencies, 'db' | 'spaces'>,
  { operationId, wish }: OperationKey & { wish: SpaceWish },
): Promise<{ attempts: Record<string, number> }> {
  const row = await findOperation(db, operationId);
  const space = row === null ? null : await findSpace(db, row.spaceId);
  if (row === null || hasEnded(row.state) || space === null) return { attempts: {} };
  const outages = await listOpenOutages(db, spaceStream(space.id));
  const attempts = Object.fromEntries(outages.map(({ id, attempts: made }) => [id, made]));
  if (await isFulfilled[wish](db, row, space)) return { attempts };
  await noteCurrent(db, operationId, waitingFor[wish]);
  // During an outage, the next attempt could be a while away.
  if (outages.length > 0) await spaces.signal(space.id, 'retryNow');
  await spaces.signal(space.id, 'syncNow');
  return { attempts };
}

/** See `OperationActivities.lookAtSpace`. */
export async function lookAtSpace(
  { db }: Pick<ActivityDependencies, 'db'>,
  {
    operationId,
    wish,
    attempts,
  }: OperationKey & { wish: SpaceWish; attempts: Record<string, number> },
): Promise<SpaceLook> {
  const row = await findOperation(db, operationId);
  if (row === null || hasEnded(row.state)) return { kind: 'ended' };
  const space = await findSpace(db, row.spaceId);
  if (space?.endedAt !== null) return { kind: 'late', failure: spaceEnded(row.spaceId) };
  if (await isFulfilled[wish](db, row, space)) return { kind: 'fulfilled' };
  if (space.pausedAt !== null) return { kind: 'late', failure: paused(space.id) };
  const outages = await listOpenOutages(db, spaceStream(space.id));
  const failed = outages.find(({ id, attempts: made }) => made > (attempts[id] ?? 0));
  if (failed === undefined) return { kind: 'waiting' };
  return { kind: 'late', failure: { code: failed.code, message: failed.message } };
}

function paused(spaceId: string): Failure {
  return { code: 'space_paused', message: `Space ${spaceId} is paused. Resume it.` };
}
