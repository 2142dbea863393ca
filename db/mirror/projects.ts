import { sql, type Insertable, type Selectable } from 'kysely';
import { mirrorStream } from '../../model/mirror/ids.ts';
import type { Db } from '../connect.ts';
import type { ProjectsTable } from '../schema/mirror.ts';
import type { Sealer } from '../sealing.ts';
import { forgetSnapshots } from './snapshots.ts';
import { storableText } from '../storable.ts';

/** A project as stored; its token is sealed. */
export type Project = Selectable<ProjectsTable>;

/** How a project's source is reached, with its token in clear: never log it, never answer it. */
export interface ProjectSource {
  kind: string;
  url?: string;
  token?: string;
}

/** A project to be stored. */
export interface NewProject {
  id: string;
  name: string;
  source: ProjectSource;
  /** The folders that its mirrors own inside their places, as its platform has them. */
  ownedFolders: readonly string[];
}

/** Stores a project; answers `null` where there is one with this id. */
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
      ...sourceColumns(sealer, project),
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returningAll()
    .executeTakeFirst();
  return row ?? null;
}

/** The project with this id, or `null`. */
export async function findProject(db: Db, id: string): Promise<Project | null> {
  const row = await db.selectFrom('projects').selectAll().where('id', '=', id).executeTakeFirst();
  return row ?? null;
}

/** Which platform each of these projects is of: id → kind; without those that are not there. */
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

/** Which projects a list holds. */
export interface ProjectsPage {
  /** Only these projects; `null` is all. */
  only: readonly string[] | null;
  /** The id after which the page begins. */
  after: string | null;
  limit: number;
}

/** Projects in the order of their ids. */
export async function listProjects(
  db: Db,
  { only, after, limit }: ProjectsPage,
): Promise<Project[]> {
  let query = db.selectFrom('projects').selectAll().orderBy('id').limit(limit);
  if (only !== null) query = query.where('id', 'in', only.length > 0 ? only : ['']);
  if (after !== null) query = query.where('id', '>', after);
  return query.execute();
}

/** What of a project can be changed; what is absent stays. */
export interface ProjectChanges {
  name?: string;
  /** Its new address and token, of the same platform. */
  source?: ProjectSource;
}

/** Changes a project; answers `null` where there is none with this id. */
export async function updateProject(
  db: Db,
  sealer: Sealer,
  id: string,
  changes: ProjectChanges,
): Promise<Project | null> {
  const row = await db
    .updateTable('projects')
    .set({
      updatedAt: new Date(),
      ...(changes.name === undefined ? {} : { name: storableText(changes.name) }),
      ...(changes.source === undefined
        ? {}
        : {
            ...sourceColumns(sealer, { id, source: changes.source }),
            // Another address may know another one; another token does not.
            defaultBranchId: sql<
              string | null
            >`CASE WHEN source_url IS NOT DISTINCT FROM ${changes.source.url ?? null} THEN default_branch_id END`,
          }),
    })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst();
  // What was read there may be of another project's past: the next windows read everything.
  if (row !== undefined && changes.source !== undefined) await forgetSnapshots(db, id);
  return row ?? null;
}

/** Keeps a project from being removed until the transaction ends; answers whether it is there. */
export async function holdProject(db: Db, id: string): Promise<boolean> {
  const held = await db
    .selectFrom('projects')
    .select('id')
    .where('id', '=', id)
    .forShare()
    .executeTakeFirst();
  return held !== undefined;
}

/** Keeps new mirrors of a project from being made until the transaction ends: they wait for this row ({@link holdProject}). */
export async function lockProject(db: Db, id: string): Promise<void> {
  await db.selectFrom('projects').select('id').where('id', '=', id).forUpdate().execute();
}

/** The ids of the branches that have a mirror, or had one. */
export async function findMirroredBranches(db: Db, id: string): Promise<Set<string>> {
  const rows = await db
    .selectFrom('mirrors')
    .select('branchId')
    .where('projectId', '=', id)
    .execute();
  return new Set(rows.map(({ branchId }) => branchId));
}

/** Notes which branch the project's source calls the default one. */
export async function noteDefaultBranch(db: Db, id: string, branchId: string): Promise<void> {
  await db
    .updateTable('projects')
    .set({ defaultBranchId: branchId })
    .where('id', '=', id)
    .execute();
}

/** What is kept by stream, and of nobody else's: all such tables but `outages`, which notices refer to. */
export const tablesOfStreams = [
  'batches',
  'pushedCommits',
  'renderedFiles',
  'snapshots',
  'snapshotConfigurations',
  'verifications',
  'visibilities',
  'tableSamples',
  'jobRuns',
  'jobDays',
  'jobListings',
  'jobTables',
] as const;

/**
 * Removes a project with everything that was kept of its mirrors. The caller has made sure, in the
 * same transaction, that none of them runs. Answers whether there was such a project.
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
 * How a stored project is read; its token is opened for that. Throws `SealError` where it was sealed
 * under another master key.
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
