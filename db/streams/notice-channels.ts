import { randomUUID } from 'node:crypto';
import { sql, type Selectable } from 'kysely';
import type { StreamId } from '../../model/streams/ids.ts';
import { channelRecipient, type ChannelTarget } from '../../model/streams/notice-channel.ts';
import type { Db, Trx } from '../connect.ts';
import type { NoticeChannelsTable } from '../schema/streams.ts';
import type { Sealer } from '../sealing.ts';

/** A channel without its secrets: what lists and answers may contain. */
export type NoticeChannel = Omit<Selectable<NoticeChannelsTable>, 'target'>;

const columns = ['id', 'name', 'kind', 'leadsTo', 'isDefault', 'createdAt', 'changedAt'] as const;

/** A channel to store. */
export interface NewChannel {
  name: string;
  target: ChannelTarget;
  isDefault: boolean;
}

/** Stores a channel, its target sealed; `null` if another one has this name. */
export async function insertChannel(
  db: Db,
  sealer: Sealer,
  { name, target, isDefault }: NewChannel,
): Promise<NoticeChannel | null> {
  const id = randomUUID();
  const row = await db
    .insertInto('noticeChannels')
    .values({ id, name, isDefault, ...targetColumns(sealer, id, target) })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .returning(columns)
    .executeTakeFirst();
  return row ?? null;
}

/** Lists channels by name. */
export async function listChannels(db: Db): Promise<NoticeChannel[]> {
  return db.selectFrom('noticeChannels').select(columns).orderBy('name').execute();
}

/** Which of these are channels. */
export async function listKnownChannels(db: Db, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await db.selectFrom('noticeChannels').select('id').where('id', 'in', ids).execute();
  return rows.map(({ id }) => id);
}

/** The ids of the channels for whoever names nobody, and for every escalation. */
export async function listDefaultChannels(db: Db): Promise<string[]> {
  const rows = await db
    .selectFrom('noticeChannels')
    .select('id')
    .where('isDefault', '=', true)
    .execute();
  return rows.map(({ id }) => id);
}

/** What changes of a channel; what is absent stays as it is. */
export interface ChannelChange {
  target?: ChannelTarget;
  isDefault?: boolean;
}

/** Changes a channel; `null` if it does not exist. */
export async function changeChannel(
  db: Db,
  sealer: Sealer,
  id: string,
  { target, isDefault }: ChannelChange,
): Promise<NoticeChannel | null> {
  const row = await db
    .updateTable('noticeChannels')
    .set({
      changedAt: sql<Date>`now()`,
      ...(target === undefined ? {} : targetColumns(sealer, id, target)),
      ...(isDefault === undefined ? {} : { isDefault }),
    })
    .where('id', '=', id)
    .returning(columns)
    .executeTakeFirst();
  return row ?? null;
}

/** A channel with its target, in plain text: never log or return the latter. */
export interface OpenedChannel {
  name: string;
  target: ChannelTarget;
}

/** Opens a channel to send through it; `null` if it does not exist. */
export async function openChannel(
  db: Db,
  sealer: Sealer,
  id: string,
): Promise<OpenedChannel | null> {
  const row = await db
    .selectFrom('noticeChannels')
    .select(['name', 'target'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (row === undefined) return null;
  const text = sealer.open(row.target, channelContext(id)).toString('utf8');
  return { name: row.name, target: JSON.parse(text) as ChannelTarget };
}

/** The result of {@link removeChannel}. */
export type RemovedChannel =
  | { kind: 'removed'; name: string }
  | { kind: 'not_found' }
  /** Mirrors and spaces that have not ended name it. */
  | { kind: 'in_use'; by: StreamId[] };

/** Removes a channel, inside the caller's transaction, with the notices that still wait for it. */
export async function removeChannel(trx: Trx, id: string): Promise<RemovedChannel> {
  const row = await trx
    .selectFrom('noticeChannels')
    .select('name')
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) return { kind: 'not_found' };
  const { rows } = await sql<{ stream: StreamId }>`
    SELECT 'mirror/' || project_id || '/' || branch_id AS stream FROM mirrors
    WHERE ended_at IS NULL AND policy -> 'notify' -> 'channels' ? ${id}
    UNION ALL
    SELECT 'space/' || id FROM spaces WHERE ended_at IS NULL AND rules -> 'notify' -> 'channels' ? ${id}
    ORDER BY 1`.execute(trx);
  const by = rows.map(({ stream }) => stream);
  if (by.length > 0) return { kind: 'in_use', by };
  await trx
    .deleteFrom('notices')
    .where('recipient', '=', channelRecipient(id))
    .where('sentAt', 'is', null)
    .execute();
  await trx.deleteFrom('noticeChannels').where('id', '=', id).execute();
  return { kind: 'removed', name: row.name };
}

function targetColumns(sealer: Sealer, id: string, target: ChannelTarget) {
  return {
    kind: target.kind,
    leadsTo: target.kind === 'email' ? target.address : new URL(target.url).origin,
    target: sealer.seal(Buffer.from(JSON.stringify(target)), channelContext(id)),
  };
}

/** What a channel's sealed target belongs to. */
export function channelContext(id: string): string {
  return `notice-channels/${id}`;
}
