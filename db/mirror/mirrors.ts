import { sql, type Selectable } from 'kysely';
import { noDevelopmentBranches, type DevelopmentBranches } from '../../model/mirror/branches.ts';
import type { CommitReason } from '../../model/streams/commit.ts';
import { mirrorStream, type MirrorKey } from '../../model/mirror/ids.ts';
import type { StreamId } from '../../model/streams/ids.ts';
import type { MirrorPolicy, MirrorRepository } from '../../model/mirror/mirror.ts';
import { strongerReason } from '../../model/mirror/resync.ts';
import type { Db } from '../connect.ts';
import { holdCredential } from '../streams/hold-credential.ts';
import { endOutages } from '../streams/outages.ts';
import { findPlaceOwner, type Place } from '../streams/places.ts';
import type { MirrorsTable } from '../schema/mirror.ts';
import { jsonb } from '../storable.ts';

/** A mirror as stored. */
export type Mirror = Selectable<MirrorsTable>;

/** A mirror as a person asks for it. */
export interface MirrorSettings {
  repository: MirrorRepository;
  policy: MirrorPolicy;
  /** None unless told. Looked at on the mirror of the project's default branch only. */
  developmentBranches?: DevelopmentBranches;
  /** The person has seen what is in the place, and lets the mirror write there. */
  adopt: boolean;
}

/** What came of {@link putMirror}. */
export type PutMirror =
  | {
      kind: 'stored';
      created: boolean;
      row: Mirror;
      /** Why the whole tree will be rendered again; `null` where nothing of what is written changed. */
      resync: CommitReason | null;
    }
  /** Another stream writes to this place, or inside a folder of ours, or we inside one of its. */
  | { kind: 'place_taken'; by: StreamId }
  /** The credential was removed meanwhile. */
  | { kind: 'no_credential' };

/** The mirror, also an ended one, or `null`. */
export async function findMirror(db: Db, key: MirrorKey): Promise<Mirror | null> {
  const row = await db
    .selectFrom('mirrors')
    .selectAll()
    .where('projectId', '=', key.projectId)
    .where('branchId', '=', key.branchId)
    .executeTakeFirst();
  return row ?? null;
}

/** The mirror of the project's default branch, also an ended one; `null` where there is none, or none is known. */
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

/** The mirrors of a project that were not ended, in the order of their branches' ids. */
export async function listUnendedMirrors(db: Db, projectId: string): Promise<Mirror[]> {
  return db
    .selectFrom('mirrors')
    .selectAll()
    .where('projectId', '=', projectId)
    .where('endedAt', 'is', null)
    .orderBy('branchId')
    .execute();
}

/** The mirrors that a credential opens and that were not ended. */
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
 * Enables a mirror, replaces its settings, or enables one again that was ended; inside the caller's
 * transaction. A new place starts from nothing (`initial`); a new policy at the same place is a
 * resync (`policy`, or `samples` where it is of samples alone); what an ended mirror missed meanwhile is
 * caught up with (`catch-up`). `adopt` is a resync too: it says that the next render may write over what
 * is there. A resync that waits already keeps the stronger reason; an adoption is of one place, and ends
 * with the mirror.
 */
export async function putMirror(
  db: Db,
  key: MirrorKey,
  settings: MirrorSettings,
): Promise<PutMirror> {
  const { repository } = settings;
  // Before the mirror's row, as who removes a credential locks them.
  if (!(await holdCredential(db, repository.credentialId))) return { kind: 'no_credential' };
  const by = await findPlaceOwner(db, mirrorStream(key), placeOf(repository));
  if (by !== null) return { kind: 'place_taken', by };
  const inserted = await insertMirror(db, key, settings);
  if (inserted)
    return { kind: 'stored', created: true, row: inserted, resync: inserted.resyncReason };

  const before = await lockMirror(db, key);
  const resync = resyncAfter(before, settings);
  // Trouble of the time before the mirror was ended is none of the time after.
  if (before.endedAt !== null) await endOutages(db, mirrorStream(key));
  const moved = !samePlace(before, repository);
  const row = await db
    .updateTable('mirrors')
    .set({
      ...columnsOf(settings),
      // Work that goes on with the old place or policy notices, and is done again.
      generation: sql<number>`generation + 1`,
      ...(resync === null ? {} : { resyncReason: resync }),
      ...(moved ? { deliveredSha: null, deliveredAt: null, initializedAt: null } : {}),
      ...(before.endedAt === null ? {} : { endedAt: null, endedBecause: null, pausedAt: null }),
      // Whoever wants it again has the source asked again.
      ending: null,
      updatedAt: sql<Date>`now()`,
    })
    .where('projectId', '=', key.projectId)
    .where('branchId', '=', key.branchId)
    .returningAll()
    .executeTakeFirstOrThrow();
  return { kind: 'stored', created: false, row, resync };
}

/** What came of {@link linkMirror}. */
export type LinkMirror =
  | { kind: 'linked'; row: Mirror }
  /** There is a mirror of this branch already, or there was one. */
  | { kind: 'known' }
  | Exclude<PutMirror, { kind: 'stored' }>;

/** As {@link putMirror}, but only where the branch never had a mirror: what people set stays. */
export async function linkMirror(
  db: Db,
  key: MirrorKey,
  settings: MirrorSettings,
): Promise<LinkMirror> {
  const { repository } = settings;
  if (!(await holdCredential(db, repository.credentialId))) return { kind: 'no_credential' };
  const by = await findPlaceOwner(db, mirrorStream(key), placeOf(repository));
  if (by !== null) return { kind: 'place_taken', by };
  const row = await insertMirror(db, key, settings);
  return row === null ? { kind: 'known' } : { kind: 'linked', row };
}

/** A row for a branch that never had one; `null` where it has. */
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

/** What an operator may set on a mirror. */
export type MirrorMark = 'pause' | 'resume' | 'adopt' | 'end';

/**
 * Sets a mark on a mirror that was not ended; the time of an earlier mark of the same kind stays.
 * Answers the row, or `null` where there is no such mirror or it was ended.
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

/** Where a mirror's row says that its commits go. */
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

function samePlace(row: Mirror, { url, branch, subdirectory }: MirrorRepository): boolean {
  return (
    row.repositoryUrl === url &&
    row.repositoryBranch === branch &&
    row.subdirectory === subdirectory
  );
}

function resyncAfter(
  before: Mirror,
  { repository, policy, adopt }: MirrorSettings,
): CommitReason | null {
  if (adopt) return 'adopt';
  // Whoever adopted a place meant that one, and that mirror.
  if (!samePlace(before, repository)) return 'initial';
  const adoptionEnded = before.endedAt !== null && before.resyncReason === 'adopt';
  const waiting = adoptionEnded ? null : before.resyncReason;
  if (before.initializedAt === null) return strongerReason(waiting, 'initial');
  const wanted = reasonOfChange(before, policy);
  if (wanted !== null) return strongerReason(waiting, wanted);
  // One that was about to end says so in its guide already.
  const ended = before.endedAt !== null || before.ending !== null;
  return ended ? strongerReason(waiting, 'catch-up') : null;
}

/** What of the tree another policy changes; `null`: nothing. */
function reasonOfChange(before: Mirror, policy: MirrorPolicy): 'policy' | 'samples' | null {
  // Told where to send notices, or whom, a mirror writes nothing else than before.
  const written = { ...policy, notify: null };
  const writtenBefore = { ...before.policy, notify: null };
  if (canonical({ ...written, samples: null }) !== canonical({ ...writtenBefore, samples: null }))
    return 'policy';
  return canonical(written) === canonical(writtenBefore) ? null : 'samples';
}

/** JSON with sorted keys: `jsonb` gives keys back in an order of its own. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
