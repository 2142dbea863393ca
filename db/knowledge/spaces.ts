import { isDeepStrictEqual } from 'node:util';
import { sql, type Selectable } from 'kysely';
import type { Db, Trx } from '../connect.ts';
import { spaceStream } from '../../model/knowledge/ids.ts';
import type { StreamId } from '../../model/streams/ids.ts';
import type {
  SpaceChecks,
  SpaceRepository,
  SpaceRules,
  WebhookScheme,
} from '../../model/knowledge/space.ts';
import { holdCredential, type CredentialRefusal } from '../streams/hold-credential.ts';
import { findPlaceOwner } from '../streams/places.ts';
import type { SpacesTable } from '../schema/knowledge.ts';
import type { Sealer } from '../sealing.ts';
import { closeReviews } from './reviews/review-marks.ts';
import { countWaitingSaves } from './waiting-saves.ts';
import { forgetBranch } from './forget-branch.ts';
import { jsonb } from '../storable.ts';

/** A stored space. */
export type Space = Selectable<SpacesTable>;

/** How a host proves that a delivery comes from it. */
export interface SpaceWebhook {
  scheme: WebhookScheme;
  /** One or two secrets, in plain text: never log or return them. */
  secrets: string[];
}

/** The settings of a space that a person asks for. */
export interface SpaceSettings {
  name: string;
  repository: SpaceRepository;
  root: string;
  rules: SpaceRules;
  webhook: SpaceWebhook | null;
  checks: SpaceChecks | null;
}

/** Why a space cannot be stored with these settings. */
export type SpaceRefusal =
  /** Files of another stream would be among ours, or ours among its files. */
  | { kind: 'place_taken'; by: StreamId }
  | CredentialRefusal
  /** The address of the checks cannot have the credential that was asked for. */
  | { kind: 'checks_refused'; refusal: CredentialRefusal };

/** The result of {@link insertSpace}. */
export type InsertSpace =
  | { kind: 'stored'; row: Space }
  /** A space with this id exists, or existed. */
  | { kind: 'exists'; ended: boolean }
  | SpaceRefusal;

/** The result of {@link updateSpace}. */
export type UpdateSpace =
  | { kind: 'stored'; row: Space; moved: boolean }
  | { kind: 'not_found' }
  /** Saves are waiting for files below the current root. */
  | { kind: 'saves_waiting'; count: number }
  | SpaceRefusal;

/** The result of {@link endSpace}. */
export type EndSpace =
  { kind: 'ended' } | { kind: 'not_found' } | { kind: 'saves_waiting'; count: number };

/** Finds a space, including an ended one; `null` if it does not exist. */
export async function findSpace(db: Db, id: string): Promise<Space | null> {
  const row = await db.selectFrom('spaces').selectAll().where('id', '=', id).executeTakeFirst();
  return row ?? null;
}

/**
 * Lists spaces that have not ended, ordered by id, starting after `after`; `only` limits them to
 * these ids (`null`: all).
 */
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

/** Lists the spaces that use a credential and have not ended. */
export async function listSpacesUsingCredential(db: Db, credentialId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('spaces')
    .select('id')
    .where((of) =>
      of.or([of('credentialId', '=', credentialId), of('checksCredentialId', '=', credentialId)]),
    )
    .where('endedAt', 'is', null)
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => id);
}

/** Creates a space, inside the caller's transaction. */
export async function insertSpace(
  trx: Trx,
  sealer: Sealer,
  id: string,
  settings: SpaceSettings,
): Promise<InsertSpace> {
  const refusal = await refusalOf(trx, id, settings, null);
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
 * Changes a space, inside the caller's transaction. `change` makes the new settings from the
 * current ones (with the webhook and its secrets). In another place, every file is read again and
 * the waiting saves are merged into what is there. Another root is refused while saves are waiting,
 * because they contain their files' paths.
 */
export async function updateSpace(
  trx: Trx,
  sealer: Sealer,
  id: string,
  change: (before: SpaceSettings) => SpaceSettings,
): Promise<UpdateSpace> {
  const seen = await findSpace(trx, id);
  if (seen?.endedAt !== null) return { kind: 'not_found' };
  // Locked before the space's row, in the same order as when a credential is removed.
  const refusal = await refusalOf(trx, id, change(settingsOf(sealer, seen)), seen);
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
    .set({ syncedAt: null, deliveredAt: null, approvedAt: null, protectedAt: null })
    .where('id', '=', id)
    .execute();
  await closeReviews(trx, id, 'The space has moved to another place.');
  await forgetBranch(trx, id);
  return { kind: 'stored', row, moved };
}

/** A mark that an operator may set on a space. */
export type SpaceMark = 'pause' | 'resume' | 'approve';

/**
 * Sets a mark on a space; if it is already set, its time stays. Returns the row, or `null` if the
 * space does not exist or was ended.
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

/**
 * Ends a space, inside the caller's transaction. `force` ends it even if saves are waiting, which
 * are then never sent.
 */
export async function endSpace(trx: Trx, id: string, force: boolean): Promise<EndSpace> {
  // No save is accepted while the row is locked.
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

/** Opens the webhook with its secrets in plain text, or `null`: never log or return them. */
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

/** The model that a space's prompts are checked against, from its row; `null`: they are not. */
export function spaceChecksOf({
  checks,
  checksCredentialId: credentialId,
}: Pick<Space, 'checks' | 'checksCredentialId'>): SpaceChecks | null {
  return checks && { ...checks, credentialId };
}

/** The place of a space's entries, from its row. */
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
    checks: spaceChecksOf(row),
  };
}

function columnsOf(
  sealer: Sealer,
  id: string,
  { name, repository, root, rules, webhook, checks }: SpaceSettings,
) {
  const { credentialId: checksCredentialId = null, ...others } = checks ?? {};
  return {
    name,
    repositoryUrl: repository.url,
    repositoryBranch: repository.branch,
    credentialId: repository.credentialId,
    root,
    rules: jsonb(rules),
    checks: checks && jsonb(others),
    checksCredentialId,
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
  { repository, root, checks }: SpaceSettings,
  before: Space | null,
): Promise<SpaceRefusal | null> {
  const { url, branch, credentialId } = repository;
  const refusal = await holdCredential(trx, repository);
  // Other settings may change while the credential waits for its origin.
  const kept = url === before?.repositoryUrl && credentialId === before.credentialId;
  if (refusal !== null && !(kept && refusal.kind === 'credential_elsewhere')) return refusal;
  const model = checks && { url: checks.address, credentialId: checks.credentialId };
  const checksRefusal = model && (await holdCredential(trx, model));
  const isSameModel = isDeepStrictEqual(checks, before && spaceChecksOf(before));
  if (checksRefusal !== null && !isSameModel)
    return { kind: 'checks_refused', refusal: checksRefusal };
  const by = await findPlaceOwner(trx, spaceStream(id), { url, branch, folder: root });
  return by === null ? null : { kind: 'place_taken', by };
}

/**
 * Locks a space until the transaction ends, so that no save is accepted in the meantime. `null` if
 * it does not exist or was ended.
 */
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
