import { sql, type Insertable, type Selectable } from 'kysely';
import { mirrorStream } from '../../model/mirror/ids.ts';
import type { Db } from '../connect.ts';
import type { ProjectsTable } from '../schema/mirror.ts';
import type { Sealer } from '../sealing.ts';
import { askAnew } from './feeds.ts';
import { forgetSnapshots } from './snapshots.ts';
import { storableText } from '../storable.ts';

/** A stored project; its token is sealed. */
export type Project = Selectable<ProjectsTable>;

/** How to reach a project's source, with its token in plain text: never log or return it. */
export interface ProjectSource {
  kind: string;
  url?: string;
  token?: string;
}

/** A project to store. */
export interface NewProject {
  id: string;
  name: string;
  source: ProjectSource;
  /** The folders that its mirrors own inside their places, as defined by its platform. */
  ownedFolders: readonly string[];
  /** What metrics tell it by; not said: `null`. */
  planTier?: string | null;
  region?: string | null;
}

/** Stores a project; returns `null` if one with this id exists. */
export async function insertProject(
  db: Db,
  sealer: Sealer,
  project: NewProject,
): Promise<Project | null> {
  const row = await db
    .insertInto('projects')
    .values({
      id: project.id,
      name: storableText(project.name),
      ownedFolders: [...project.ownedFolders],
      planTier: project.planTier ?? null,
      region: project.region ?? null,
      ...sourceColumns(sealer, project),
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returningAll()
    .executeTakeFirst();
  return row ?? null;
}

/** Finds the project with this id; `null` if there is none. */
export async function findProject(db: Db, id: string): Promise<Project | null> {
  const row = await db.selectFrom('projects').selectAll().where('id', '=', id).executeTakeFirst();
  return row ?? null;
}

/**
 * Finds the platform of each of these projects: id → kind. Projects that do not exist are left out.
 */
export async function findSourceKinds(
  db: Db,
  ids: readonly string[],
): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('projects')
    .select(['id', 'sourceKind'])
    .where('id', 'in', ids)
    .execute();
  return new Map(rows.map(({ id, sourceKind }) => [id, sourceKind]));
}

/** Which projects to list. */
export interface ProjectsPage {
  /** Only these projects; `null` means all. */
  only: readonly string[] | null;
  /** The page starts after this id. */
  after: string | null;
  limit: number;
}

/** Lists projects by id. */
export async function listProjects(
  db: Db,
  { only, after, limit }: ProjectsPage,
): Promise<Project[]> {
  let query = db.selectFrom('projects').selectAll().orderBy('id').limit(limit);
  if (only !== null) query = query.where('id', 'in', only.length > 0 ? only : ['']);
  if (after !== null) query = query.where('id', '>', after);
  return query.execute();
}

/** The parts of a project that can be changed; anything left out stays. */
export interface ProjectChanges {
  name?: string;
  planTier?: string | null;
  region?: string | null;
  /** Its new address and token, of the same platform. */
  source?: ProjectSource;
}

/** Changes a project; returns `null` if there is none with this id. */
export async function updateProject(
  db: Db,
  sealer: Sealer,
  id: string,
  changes: ProjectChanges,
): Promise<Project | null> {
  const before = changes.source === undefined ? null : await findProject(db, id);
  const row = await db
    .updateTable('projects')
    .set({
      updatedAt: new Date(),
      ...(changes.name === undefined ? {} : { name: storableText(changes.name) }),
      ...(changes.planTier === undefined ? {} : { planTier: changes.planTier }),
      ...(changes.region === undefined ? {} : { region: changes.region }),
      ...(changes.source === undefined
        ? {}
        : {
            ...sourceColumns(sealer, { id, source: changes.source }),
            // Another address may have another default branch; another token does not.
            defaultBranchId: sql<
              string | null
            >`CASE WHEN source_url IS NOT DISTINCT FROM ${changes.source.url ?? null} THEN default_branch_id END`,
          }),
    })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst();
  // The snapshots may be of another project or an older state, so the next windows read everything.
  if (row !== undefined && changes.source !== undefined) {
    await forgetSnapshots(db, id);
    await askAnew(db, id, before?.sourceUrl !== row.sourceUrl);
  }
  return row ?? null;
}

/** Keeps a project from being removed until the transaction ends. Returns whether it exists. */
export async function holdProject(db: Db, id: string): Promise<boolean> {
  const held = await db
    .selectFrom('projects')
    .select('id')
    .where('id', '=', id)
    .forShare()
    .executeTakeFirst();
  return held !== undefined;
}

/**
 * Keeps mirrors of a project from being created until the transaction ends: they wait for this row
 * ({@link holdProject}).
 */
export async function lockProject(db: Db, id: string): Promise<void> {
  await db.selectFrom('projects').select('id').where('id', '=', id).forUpdate().execute();
}

/** Finds the ids of the branches that have, or once had, a mirror. */
export async function findMirroredBranches(db: Db, id: string): Promise<Set<string>> {
  const rows = await db
    .selectFrom('mirrors')
    .select('branchId')
    .where('projectId', '=', id)
    .execute();
  return new Set(rows.map(({ branchId }) => branchId));
}

/** Records which branch the project's source calls the default one. */
export async function noteDefaultBranch(db: Db, id: string, branchId: string): Promise<void> {
  await db
    .updateTable('projects')
    .set({ defaultBranchId: branchId })
    .where('id', '=', id)
    .execute();
}

/**
 * All tables with rows that belong to one stream only, except `outages`, which notices refer to.
 */
export const tablesOfStreams = [
  'batches',
  'pushedCommits',
  'renderedFiles',
  'refusedFiles',
  'snapshots',
  'snapshotConfigurations',
  'verifications',
  'verificationFiles',
  'visibilities',
  'tableSamples',
  'jobRuns',
  'jobDays',
  'jobListings',
  'jobTables',
  'streamProgress',
  'heldRemovals',
  'secretFindings',
  'failedAttempts',
] as const;

/**
 * Removes a project and everything that was stored for its mirrors. The caller has made sure, in
 * the same transaction, that none of the mirrors is running. Returns whether the project existed.
 */
export async function removeProject(db: Db, id: string): Promise<boolean> {
  const mirrors = await db
    .selectFrom('mirrors')
    .select('branchId')
    .where('projectId', '=', id)
    .execute();
  const streams = mirrors.map(({ branchId }) => mirrorStream({ projectId: id, branchId }));
  await db.deleteFrom('changeEvents').where('projectId', '=', id).execute();
  if (streams.length > 0) {
    await db
      .deleteFrom('notices')
      .where('outageId', 'in', (outages) =>
        outages.selectFrom('outages').select('id').where('stream', 'in', streams),
      )
      .execute();
    await db.deleteFrom('outages').where('stream', 'in', streams).execute();
    for (const table of tablesOfStreams)
      await db.deleteFrom(table).where('stream', 'in', streams).execute();
  }
  await db.deleteFrom('mirrors').where('projectId', '=', id).execute();
  const deleted = await db.deleteFrom('projects').where('id', '=', id).executeTakeFirst();
  return deleted.numDeletedRows > 0n;
}

/**
 * How to read a stored project; opens its token for that. Throws `SealError` if it was sealed under
 * another master key.
 */
export function projectSource(sealer: Sealer, project: Project): ProjectSource {
  const { id, sourceKind, sourceUrl, sourceToken } = project;
  return {
    kind: sourceKind,
    ...(sourceUrl === null ? {} : { url: sourceUrl }),
    ...(sourceToken === null
      ? {}
      : { token: sealer.open(sourceToken, tokenContext(id)).toString('utf8') }),
  };
}

function sourceColumns(
  sealer: Sealer,
  { id, source: { kind, url, token } }: Pick<NewProject, 'id' | 'source'>,
): Pick<Insertable<ProjectsTable>, 'sourceKind' | 'sourceUrl' | 'sourceToken'> {
  return {
    sourceKind: kind,
    sourceUrl: url ?? null,
    sourceToken: token === undefined ? null : sealer.seal(Buffer.from(token), tokenContext(id)),
  };
}

/** What the sealed token of a project's source belongs to. */
export function tokenContext(projectId: string): string {
  return `projects/${projectId}/source-token`;
}
