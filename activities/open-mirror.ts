import { openCredential } from '../db/credentials.ts';
import type { MirrorRow } from '../db/mirrors.ts';
import { findProject, projectSource, type ProjectRow } from '../db/projects.ts';
import type { Remote } from '../git/types.ts';
import { StreamFailure } from '../model/errors.ts';
import type { Source } from '../sources/source.ts';
import type { ActivityDependencies } from './dependencies.ts';

/** The project's source, opened with its secret. */
export async function openMirrorSource(
  { db, sealer, openSource }: Pick<ActivityDependencies, 'db' | 'sealer' | 'openSource'>,
  projectId: string,
): Promise<{ project: ProjectRow; source: Source }> {
  const project = await findProject(db, projectId);
  if (project === null)
    throw new StreamFailure(
      'source_not_found',
      `Project ${projectId} is not in the database any more.`,
    );
  return { project, source: openSource(projectSource(sealer, project)) };
}

/** Where the mirror's commits go, with what opens it. */
export async function openRemote(
  { db, sealer }: Pick<ActivityDependencies, 'db' | 'sealer'>,
  row: Pick<MirrorRow, 'repository_url' | 'repository_branch' | 'credential_id'>,
): Promise<Remote> {
  const credential =
    row.credential_id === null ? null : await openCredential(db, sealer, row.credential_id);
  return { url: row.repository_url, branch: row.repository_branch, credential };
}
