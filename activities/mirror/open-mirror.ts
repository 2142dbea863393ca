import { openRemote, type RepositoryPlace } from '../../db/streams/open-remote.ts';
import type { Db } from '../../db/connect.ts';
import { readProofKey } from '../../db/streams/installation.ts';
import { findDefaultMirror, mirrorKey, type Mirror } from '../../db/mirror/mirrors.ts';
import { findProject, projectSource, type Project } from '../../db/mirror/projects.ts';
import type { Remote } from '../../git/types.ts';
import type { MirrorPolicy } from '../../model/mirror/mirror.ts';
import { styleOf } from '../../model/streams/commit-style.ts';
import { StreamFailure } from '../../model/streams/errors.ts';
import type { Platform } from '../../platforms/platform.ts';
import type { Source } from '../../platforms/source.ts';
import { mirrorStream, type MirrorKey } from '../../model/mirror/ids.ts';
import type { StreamRepository } from '../streams/ask-host.ts';
import type { ActivityDependencies } from '../streams/dependencies.ts';

/** A stored project, its platform, and its source, opened with the project's secret. */
export interface OpenedProject {
  project: Project;
  platform: Platform;
  source: Source;
}

/** Opens a project's source. Throws `StreamFailure('source_not_found')` if the project no longer exists. */
export async function openMirrorSource(
  deps: Pick<ActivityDependencies, 'db' | 'sealer' | 'openSource' | 'platforms'>,
  projectId: string,
): Promise<OpenedProject> {
  const project = await storedProject(deps, projectId);
  const source = deps.openSource(projectSource(deps.sealer, project), projectId);
  return { project, platform: deps.platforms.of(project.sourceKind), source };
}

/** The platform of a project. Throws as {@link openMirrorSource} does. */
export async function platformOf(
  deps: Pick<ActivityDependencies, 'db' | 'platforms'>,
  projectId: string,
): Promise<Platform> {
  return deps.platforms.of((await storedProject(deps, projectId)).sourceKind);
}

async function storedProject(
  { db }: Pick<ActivityDependencies, 'db'>,
  projectId: string,
): Promise<Project> {
  const project = await findProject(db, projectId);
  if (project === null)
    throw new StreamFailure(
      'source_not_found',
      `Project ${projectId} is no longer in the database.`,
    );
  return project;
}

/** The mirror's repository, as needed to ask who may read it. */
export function repositoryOf(row: Mirror): StreamRepository {
  return { ...row, stream: mirrorStream(mirrorKey(row)) };
}

/** The fields of a mirror that say where its commits go. */
export type MirrorPlace = MirrorKey &
  RepositoryPlace & { policy: Pick<MirrorPolicy, 'commits' | 'newBranch'> };

/** Where the mirror's commits go, with the credential for it, and what its branch begins from. */
export async function openMirrorRemote(
  deps: Pick<ActivityDependencies, 'db' | 'sealer'>,
  row: MirrorPlace,
): Promise<Remote> {
  const remote = { ...(await openRemote(deps, row)), style: styleOf(row.policy.commits) };
  const startFrom = await startBranchOf(deps.db, row);
  return startFrom === null ? remote : { ...remote, startFrom };
}

/** As {@link openMirrorRemote}, for deliveries: what is made for it proves that it is ours. */
export async function openForDelivery(
  deps: Pick<ActivityDependencies, 'db' | 'sealer'>,
  row: MirrorPlace,
): Promise<Remote & { proofKey: Uint8Array }> {
  const remote = await openMirrorRemote(deps, row);
  return { ...remote, proofKey: await readProofKey(deps.db, deps.sealer) };
}

/**
 * The Git branch from which a development branch's Git branch is created, so that comparing the two shows what
 * it changed: that of the project's default branch if it is in the same repository, or else the remote's default
 * (`HEAD`). That of the default branch begins with the remote's default branch, too, or with nothing (`null`).
 */
export async function startBranchOf(
  db: Db,
  row: Omit<MirrorPlace, 'credentialId'>,
): Promise<string | null> {
  const project = await findProject(db, row.projectId);
  const defaultBranchId = project?.defaultBranchId ?? null;
  if (defaultBranchId === null || defaultBranchId === row.branchId)
    return row.policy.newBranch === 'default' ? 'HEAD' : null;
  const from = await findDefaultMirror(db, row.projectId);
  if (from?.repositoryUrl !== row.repositoryUrl) return 'HEAD';
  return from.repositoryBranch === row.repositoryBranch ? null : from.repositoryBranch;
}
