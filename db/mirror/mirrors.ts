import { createHash } from 'node:crypto';
import { sql, type Selectable } from 'kysely';
import { noDevelopmentBranches, type DevelopmentBranches } from '../../model/mirror/branches.ts';
import type { CommitReason } from '../../model/streams/commit.ts';
import { mirrorStream, type MirrorKey } from '../../model/mirror/ids.ts';
import type { StreamId } from '../../model/streams/ids.ts';
import type { MirrorPolicy, MirrorRepository } from '../../model/mirror/mirror.ts';
import { guardKey, guardSettings } from '../../model/text/secrets-in-text.ts';
import { strongerReason } from '../../model/mirror/resync.ts';
import type { Db } from '../connect.ts';
import { holdCredential, type CredentialRefusal } from '../streams/hold-credential.ts';
import { endOutages } from '../streams/outages.ts';
import { findPlaceOwner, type Place } from '../streams/places.ts';
import type { MirrorsTable } from '../schema/mirror.ts';
import { jsonb } from '../storable.ts';

/** A stored mirror. */
export type Mirror = Selectable<MirrorsTable>;

/** The settings of a mirror that a person asks for. */
export interface MirrorSettings {
  repository: MirrorRepository;
  policy: MirrorPolicy;
  /** Defaults to none. Only used on the mirror of the project's default branch. */
  developmentBranches?: DevelopmentBranches;
  /** The person has seen what is in the place and allows the mirror to write there. */
  adopt: boolean;
  /** The {@link settingsVersion} that these replace; anything if it is not given. */
  replacing?: string;
}

/** The result of {@link putMirror}. */
export type PutMirror =
  | {
      kind: 'stored';
      created: boolean;
      row: Mirror;
      /** Why the whole tree will be rendered again; `null` if the written files stay the same. */
      resync: CommitReason | null;
    }
  /**
   * Another stream writes to this place or inside one of our folders, or we would write inside one
   * of its folders.
   */
  | { kind: 'place_taken'; by: StreamId }
  /** Somebody has changed the settings since they were read. */
  | { kind: 'settings_changed' }
  | CredentialRefusal;

/** Finds a mirror, including an ended one; `null` if it does not exist. */
export async function findMirror(db: Db, key: MirrorKey): Promise<Mirror | null> {
  const row = await db
    .selectFrom('mirrors')
    .selectAll()
    .where('projectId', '=', key.projectId)
    .where('branchId', '=', key.branchId)
    .executeTakeFirst();
  return row ?? null;
}

/**
 * Finds the mirror of the project's default branch, including an ended one; `null` if there is
 * none, or the default branch is not known.
 */
export async function findDefaultMirror(db: Db, projectId: string): Promise<Mirror | null> {
  const row = await db
    .selectFrom('mirrors')
    .innerJoin('projects', 'projects.id', 'mirrors.projectId')
    .selectAll('mirrors')
    .where('projectId', '=', projectId)
    .whereRef('branchId', '=', 'projects.defaultBranchId')
    .executeTakeFirst();
  return row ?? null;
}

/** Lists the mirrors of a project that have not ended, ordered by branch id. */
export async function listUnendedMirrors(db: Db, projectId: string): Promise<Mirror[]> {
  return db
    .selectFrom('mirrors')
    .selectAll()
    .where('projectId', '=', projectId)
    .where('endedAt', 'is', null)
    .orderBy('branchId')
    .execute();
}

/** Lists the mirrors that use a credential and have not ended. */
export async function listMirrorsUsingCredential(
  db: Db,
  credentialId: string,
): Promise<MirrorKey[]> {
  const rows = await db
    .selectFrom('mirrors')
    .select(['projectId', 'branchId'])
    .where('credentialId', '=', credentialId)
    .where('endedAt', 'is', null)
    .orderBy('projectId')
    .orderBy('branchId')
    .execute();
  return rows.map(mirrorKey);
}

/**
 * Enables a mirror, replaces its settings, or enables an ended one again, inside the caller's
 * transaction. A new place starts from nothing (`initial`). A new policy at the same place is a
 * resync (`policy`, or `samples` if only the samples change). What an ended mirror missed is caught
 * up with (`catch-up`). `adopt` is also a resync: it allows the next render to write over what is
 * there. If a resync is already waiting, the stronger reason stays. An adoption applies to one
 * place only, and ends with the mirror.
 */
export async function putMirror(
  db: Db,
  key: MirrorKey,
  settings: MirrorSettings,
): Promise<PutMirror> {
  const { repository } = settings;
  // Locked before the mirror's row, in the same order as when a credential is removed.
  const refusal = await holdCredential(db, repository);
  if (refusal !== null) return refusal;
  const by = await findPlaceOwner(db, mirrorStream(key), placeOf(repository));
  const { replacing } = settings;
  if ((await findMirror(db, key)) === null) {
    if (by !== null) return { kind: 'place_taken', by };
    if (replacing !== undefined) return { kind: 'settings_changed' };
  }
  const inserted = await insertMirror(db, key, settings);
  if (inserted)
    return { kind: 'stored', created: true, row: inserted, resync: inserted.resyncReason };

  const before = await lockMirror(db, key);
  if (by !== null && claimsPlace(before, repository)) return { kind: 'place_taken', by };
  if (replacing !== undefined && replacing !== settingsVersion(before))
    return { kind: 'settings_changed' };
  const resync = resyncAfter(before, settings);
  // Outages from before the mirror was ended no longer matter.
  if (before.endedAt !== null) await endOutages(db, mirrorStream(key));
  const moved = movesTo(before, repository);
  const row = await db
    .updateTable('mirrors')
    .set({
      ...columnsOf(settings),
      // Work under way with the old place or policy notices this and starts over.
      generation: sql<number>`generation + 1`,
      ...(resync === null ? {} : { resyncReason: resync }),
      ...(moved
        ? { deliveredSha: null, checkedTip: null, deliveredAt: null, initializedAt: null }
        : {}),
      ...(before.endedAt === null ? {} : { endedAt: null, endedBecause: null, pausedAt: null }),
      // Enabling the mirror again means that the source is asked again whether the branch exists.
      ending: null,
      updatedAt: sql<Date>`now()`,
    })
    .where('projectId', '=', key.projectId)
    .where('branchId', '=', key.branchId)
    .returningAll()
    .executeTakeFirstOrThrow();
  return { kind: 'stored', created: false, row, resync };
}

/** The result of {@link linkMirror}. */
export type LinkMirror =
  | { kind: 'linked'; row: Mirror }
  /** This branch has, or once had, a mirror. */
  | { kind: 'known' }
  | Exclude<PutMirror, { kind: 'stored' | 'settings_changed' }>;

/**
 * Like {@link putMirror}, but only if the branch never had a mirror: settings made by people stay.
 */
export async function linkMirror(
  db: Db,
  key: MirrorKey,
  settings: MirrorSettings,
): Promise<LinkMirror> {
  const { repository } = settings;
  const refusal = await holdCredential(db, repository);
  if (refusal !== null) return refusal;
  const by = await findPlaceOwner(db, mirrorStream(key), placeOf(repository));
  if (by !== null) return { kind: 'place_taken', by };
  const row = await insertMirror(db, key, settings);
  return row === null ? { kind: 'known' } : { kind: 'linked', row };
}

/** Inserts a row for a branch that never had one; `null` if it has. */
async function insertMirror(
  db: Db,
  key: MirrorKey,
  settings: MirrorSettings,
): Promise<Mirror | null> {
  const row = await db
    .insertInto('mirrors')
    .values({
      projectId: key.projectId,
      branchId: key.branchId,
      ...columnsOf(settings),
      resyncReason: settings.adopt ? 'adopt' : 'initial',
      replacedSecrets: '[]',
      warnings: '[]',
    })
    .onConflict((conflict) => conflict.columns(['projectId', 'branchId']).doNothing())
    .returningAll()
    .executeTakeFirst();
  return row ?? null;
}

function columnsOf({ repository, policy, developmentBranches }: MirrorSettings) {
  return {
    repositoryUrl: repository.url,
    repositoryBranch: repository.branch,
    subdirectory: repository.subdirectory,
    credentialId: repository.credentialId,
    policy: jsonb(policy),
    developmentBranches: jsonb(developmentBranches ?? noDevelopmentBranches),
  };
}

/** A mark that an operator may set on a mirror. */
export type MirrorMark = 'pause' | 'resume' | 'adopt' | 'end';

/**
 * Sets a mark on a mirror that has not ended; if it is already set, its time stays. Returns the
 * row, or `null` if the mirror does not exist or was ended.
 */
export async function markMirror(db: Db, key: MirrorKey, mark: MirrorMark): Promise<Mirror | null> {
  const now = sql<Date>`now()`;
  const set = {
    pause: { pausedAt: sql<Date>`coalesce(paused_at, now())` },
    resume: { pausedAt: null },
    adopt: { resyncReason: 'adopt' as const, generation: sql<number>`generation + 1` },
    end: { endedAt: now, endedBecause: 'disabled' as const, ending: null },
  }[mark];
  const row = await db
    .updateTable('mirrors')
    .set({ ...set, updatedAt: now })
    .where('projectId', '=', key.projectId)
    .where('branchId', '=', key.branchId)
    .where('endedAt', 'is', null)
    .returningAll()
    .executeTakeFirst();
  return row ?? null;
}

/** The key of a mirror's row. */
export function mirrorKey(row: Pick<Mirror, 'projectId' | 'branchId'>): MirrorKey {
  return { projectId: row.projectId, branchId: row.branchId };
}

/** The place of a mirror's commits, from its row. */
export function repositoryOf(row: Mirror): MirrorRepository {
  return {
    url: row.repositoryUrl,
    branch: row.repositoryBranch,
    subdirectory: row.subdirectory,
    credentialId: row.credentialId,
  };
}

async function lockMirror(db: Db, key: MirrorKey): Promise<Mirror> {
  return db
    .selectFrom('mirrors')
    .selectAll()
    .where('projectId', '=', key.projectId)
    .where('branchId', '=', key.branchId)
    .forUpdate()
    .executeTakeFirstOrThrow(
      () => new Error(`${mirrorStream(key)} was removed while it was being replaced. Try again.`),
    );
}

function placeOf({ url, branch, subdirectory }: MirrorRepository): Place {
  return { url, branch, folder: subdirectory };
}

/** Whether a mirror with this repository would write to another place than it does. */
export function movesTo(row: Mirror, { url, branch, subdirectory }: MirrorRepository): boolean {
  return (
    row.repositoryUrl !== url ||
    row.repositoryBranch !== branch ||
    row.subdirectory !== subdirectory
  );
}

/**
 * Whether a mirror with this repository needs a place that it does not have. One that stays where it is keeps its place, also
 * if that is from before spellings were compared.
 */
export function claimsPlace(row: Mirror, repository: MirrorRepository): boolean {
  return row.endedAt !== null || movesTo(row, repository);
}

/** Identifies a mirror's settings: it differs if somebody has changed them, and only then. */
export function settingsVersion(row: Mirror): string {
  const { policy, developmentBranches } = row;
  const settings = canonical({ repository: repositoryOf(row), policy, developmentBranches });
  return createHash('sha256').update(settings).digest('hex').slice(0, 32);
}

/** Why {@link putMirror} has the whole tree rendered again; `null` if the written files stay the same. */
export function resyncAfter(
  before: Mirror,
  { repository, policy, adopt }: Pick<MirrorSettings, 'repository' | 'policy' | 'adopt'>,
): CommitReason | null {
  if (adopt) return 'adopt';
  // An adoption applies only to the place and the mirror that the person meant.
  if (movesTo(before, repository)) return 'initial';
  const adoptionEnded = before.endedAt !== null && before.resyncReason === 'adopt';
  const waiting = adoptionEnded ? null : before.resyncReason;
  if (before.initializedAt === null) return strongerReason(waiting, 'initial');
  const wanted = reasonOfChange(before, policy);
  if (wanted !== null) return strongerReason(waiting, wanted);
  // The guide of a mirror that was about to end already says so.
  const ended = before.endedAt !== null || before.ending !== null;
  return ended ? strongerReason(waiting, 'catch-up') : null;
}

/** What part of the tree a new policy changes; `null` means nothing. */
function reasonOfChange(before: Mirror, policy: MirrorPolicy): 'policy' | 'samples' | null {
  const written = writtenPart(policy);
  const writtenBefore = writtenPart(before.policy);
  if (canonical({ ...written, samples: null }) !== canonical({ ...writtenBefore, samples: null }))
    return 'policy';
  return canonical(written) === canonical(writtenBefore) ? null : 'samples';
}

/** The part of a policy that decides which files a mirror writes, and what is in them. */
function writtenPart(policy: MirrorPolicy) {
  const { secrets, samples, jobs, storage, branchPath, attributes = false } = policy;
  const guard = guardKey(guardSettings(policy));
  return { secrets, samples, jobs, storage, branchPath, attributes, guard };
}

/** JSON with sorted keys: `jsonb` does not keep their order. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

/** Lists the streams of a project's mirrors, including ended ones. */
export async function listMirrorStreams(db: Db, projectId: string): Promise<StreamId[]> {
  const rows = await db
    .selectFrom('mirrors')
    .select('branchId')
    .where('projectId', '=', projectId)
    .execute();
  return rows.map(({ branchId }) => mirrorStream({ projectId, branchId }));
}
