import { sql, type Selectable } from 'kysely';
import type { Db, Trx } from '../connect.ts';
import { spaceStream } from '../../model/knowledge/ids.ts';
import type { StreamId } from '../../model/streams/ids.ts';
import type { SpaceRepository, SpaceRules, WebhookScheme } from '../../model/knowledge/space.ts';
import { holdCredential } from '../streams/hold-credential.ts';
import { findPlaceOwner } from '../streams/places.ts';
import type { SpacesTable } from '../schema/knowledge.ts';
import type { Sealer } from '../sealing.ts';
import { countWaitingSaves } from './count-waiting-saves.ts';
import { forgetBranch } from './forget-branch.ts';
import { jsonb } from '../storable.ts';

/** A space as stored. */
export type Space = Selectable<SpacesTable>;

/** How a host says that it is it that posts. */
export interface SpaceWebhook {
  scheme: WebhookScheme;
  /** One or two, in clear: never log them, never answer them. */
  secrets: string[];
}

/** A space as a person asks for it. */
export interface SpaceSettings {
  name: string;
  repository: SpaceRepository;
  root: string;
  rules: SpaceRules;
  webhook: SpaceWebhook | null;
}

/** Why a space cannot be stored as asked for. */
export type SpaceRefusal =
  /** Another stream's files would be among ours, or ours among its. */
  | { kind: 'place_taken'; by: StreamId }
  /** The credential was removed meanwhile. */
  | { kind: 'no_credential' };

/** What came of {@link insertSpace}. */
export type InsertSpace =
  | { kind: 'stored'; row: Space }
  /** There is one with this id, or there was. */
  | { kind: 'exists'; ended: boolean }
  | SpaceRefusal;

/** What came of {@link updateSpace}. */
export type UpdateSpace =
  | { kind: 'stored'; row: Space; moved: boolean }
  | { kind: 'not_found' }
  /** Saves wait for files below the root that it has now. */
  | { kind: 'saves_waiting'; count: number }
  | SpaceRefusal;

/** What came of {@link endSpace}. */
export type EndSpace =
  { kind: 'ended' } | { kind: 'not_found' } | { kind: 'saves_waiting'; count: number };

/** The space, also an ended one, or `null`. */
export async function findSpace(db: Db, id: string): Promise<Space | null> {
  const row = await db.selectFrom('spaces').selectAll().where('id', '=', id).executeTakeFirst();
  return row ?? null;
}

/** Spaces that were not ended, in the order of their ids, beginning after `after`; `only` these ids (`null`: all). */
export async function listSpaces(
  db: Db,
  { only, after, limit }: { only: readonly string[] | null; after: string | null; limit: number },
): Promise<Space[]> {
  let query = db
    .selectFrom('spaces')
    .selectAll()
    .where('endedAt', 'is', null)
    .orderBy('id')
    .limit(limit);
  if (only !== null) query = query.where('id', '=', sql<string>`ANY (${only}::text[])`);
  if (after !== null) query = query.where('id', '>', after);
  return query.execute();
}

/** The spaces that a credential opens and that were not ended. */
export async function listSpacesUsingCredential(db: Db, credentialId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('spaces')
    .select('id')
    .where('credentialId', '=', credentialId)
    .where('endedAt', 'is', null)
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => id);
}

/** Makes a space, inside the caller's transaction. */
export async function insertSpace(
  trx: Trx,
  sealer: Sealer,
  id: string,
  settings: SpaceSettings,
): Promise<InsertSpace> {
  const refusal = await refusalOf(trx, id, settings);
  if (refusal !== null) return refusal;
  const row = await trx
    .insertInto('spaces')
    .values({ id, ...columnsOf(sealer, id, settings), lastSequence: 0 })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returningAll()
    .executeTakeFirst();
  if (row !== undefined) return { kind: 'stored', row };
  const there = await findSpace(trx, id);
  return { kind: 'exists', ended: there?.endedAt != null };
}

/**
 * Changes a space, inside the caller's transaction; `change` makes the settings from those that it has (its webhook
 * with its secrets). In another place every file is read anew, and saves that wait are laid over what is there; another root is
 * refused while saves wait, which know their files' paths.
 */
export async function updateSpace(
  trx: Trx,
  sealer: Sealer,
  id: string,
  change: (before: SpaceSettings) => SpaceSettings,
): Promise<UpdateSpace> {
  const seen = await findSpace(trx, id);
  if (seen?.endedAt !== null) return { kind: 'not_found' };
  // Before the space's row, as who removes a credential locks them.
  const refusal = await refusalOf(trx, id, change(settingsOf(sealer, seen)));
  if (refusal !== null) return refusal;
  const before = await lockSpace(trx, id);
  if (before === null) return { kind: 'not_found' };
  const settings = change(settingsOf(sealer, before));
  if (settings.root !== before.root) {
    const { waitingSaves } = await countWaitingSaves(trx, id);
    if (waitingSaves > 0) return { kind: 'saves_waiting', count: waitingSaves };
  }
  const moved = !samePlace(before, settings);
  const row = await trx
    .updateTable('spaces')
    .set({ ...columnsOf(sealer, id, settings), updatedAt: sql<Date>`now()` })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
  if (!moved) return { kind: 'stored', row, moved };
  await trx
    .updateTable('spaces')
    .set({ syncedAt: null, deliveredAt: null, approvedAt: null })
    .where('id', '=', id)
    .execute();
  await forgetBranch(trx, id);
  return { kind: 'stored', row, moved };
}

/** What an operator may set on a space. */
export type SpaceMark = 'pause' | 'resume' | 'approve';

/**
 * Sets a mark on a space; the time of an earlier mark of the same kind stays. Answers the row, or `null` where
 * there is no such space or it was ended.
 */
export async function markSpace(db: Db, id: string, mark: SpaceMark): Promise<Space | null> {
  const set = {
    pause: { pausedAt: sql<Date>`coalesce(paused_at, now())` },
    resume: { pausedAt: null },
    approve: { approvedAt: sql<Date>`now()` },
  }[mark];
  const row = await db
    .updateTable('spaces')
    .set({ ...set, updatedAt: sql<Date>`now()` })
    .where('id', '=', id)
    .where('endedAt', 'is', null)
    .returningAll()
    .executeTakeFirst();
  return row ?? null;
}

/** Ends a space, inside the caller's transaction; `force` also while saves wait, which then are never sent. */
export async function endSpace(trx: Trx, id: string, force: boolean): Promise<EndSpace> {
  // Nothing is accepted while the row is locked.
  if ((await lockSpace(trx, id)) === null) return { kind: 'not_found' };
  const { waitingSaves } = await countWaitingSaves(trx, id);
  if (waitingSaves > 0 && !force) return { kind: 'saves_waiting', count: waitingSaves };
  await trx
    .updateTable('spaces')
    .set({ endedAt: sql<Date>`now()`, updatedAt: sql<Date>`now()` })
    .where('id', '=', id)
    .execute();
  return { kind: 'ended' };
}

/** The webhook with its secrets in clear, or `null`: never log it, never answer it. */
export function openWebhook(
  sealer: Sealer,
  row: Pick<Space, 'id' | 'webhookScheme' | 'webhookSecrets'>,
): SpaceWebhook | null {
  if (row.webhookScheme === null || row.webhookSecrets === null) return null;
  const secrets = JSON.parse(
    sealer.open(row.webhookSecrets, webhookContext(row.id)).toString('utf8'),
  ) as string[];
  return { scheme: row.webhookScheme, secrets };
}

/** Where a space's row says that its entries are. */
export function spaceRepositoryOf(
  row: Pick<Space, 'repositoryUrl' | 'repositoryBranch' | 'credentialId'>,
): SpaceRepository {
  return {
    url: row.repositoryUrl,
    branch: row.repositoryBranch,
    credentialId: row.credentialId,
  };
}

function settingsOf(sealer: Sealer, row: Space): SpaceSettings {
  const { name, root, rules } = row;
  return {
    name,
    repository: spaceRepositoryOf(row),
    root,
    rules,
    webhook: openWebhook(sealer, row),
  };
}

function columnsOf(
  sealer: Sealer,
  id: string,
  { name, repository, root, rules, webhook }: SpaceSettings,
) {
  return {
    name,
    repositoryUrl: repository.url,
    repositoryBranch: repository.branch,
    credentialId: repository.credentialId,
    root,
    rules: jsonb(rules),
    webhookScheme: webhook?.scheme ?? null,
    webhookSecrets:
      webhook && sealer.seal(Buffer.from(JSON.stringify(webhook.secrets)), webhookContext(id)),
  };
}

/** What the sealed secrets of a space's webhook belong to. */
export function webhookContext(id: string): string {
  return `spaces/${id}/webhook`;
}

async function refusalOf(
  trx: Trx,
  id: string,
  { repository, root }: SpaceSettings,
): Promise<SpaceRefusal | null> {
  if (!(await holdCredential(trx, repository.credentialId))) return { kind: 'no_credential' };
  const { url, branch } = repository;
  const by = await findPlaceOwner(trx, spaceStream(id), { url, branch, folder: root });
  return by === null ? null : { kind: 'place_taken', by };
}

/** Locks a space that was not ended until the transaction ends: no save is accepted meanwhile. `null` where there is none. */
export async function lockSpace(trx: Trx, id: string): Promise<Space | null> {
  const row = await trx
    .selectFrom('spaces')
    .selectAll()
    .where('id', '=', id)
    .where('endedAt', 'is', null)
    .forNoKeyUpdate()
    .executeTakeFirst();
  return row ?? null;
}

function samePlace(row: Space, { repository, root }: SpaceSettings): boolean {
  return (
    row.repositoryUrl === repository.url &&
    row.repositoryBranch === repository.branch &&
    row.root === root
  );
}
