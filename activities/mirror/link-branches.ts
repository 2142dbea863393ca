import { recordAudit } from '../../db/access/audit.ts';
import type { Db } from '../../db/connect.ts';
import {
  findDefaultMirror,
  linkMirror,
  repositoryOf,
  type Mirror,
} from '../../db/mirror/mirrors.ts';
import { findMirroredBranches, holdProject } from '../../db/mirror/projects.ts';
import { ourselves } from '../../model/access/actor.ts';
import { StreamFailure } from '../../model/streams/errors.ts';
import { mirrorStream, type MirrorKey } from '../../model/mirror/ids.ts';
import { mirrorFields } from '../../telemetry/log-fields.ts';
import { matchesWildcard } from '../../model/text/wildcard.ts';
import { slug } from '../../platforms/tree/slug.ts';
import type { SourceBranch } from '../../platforms/source.ts';
import type { LinkBranchesResult } from './contract.ts';
import type { ActivityDependencies } from '../streams/dependencies.ts';
import { withHeartbeat } from '../streams/execution.ts';
import { openMirrorSource } from './open-mirror.ts';
import { isActive } from './read-mirror.ts';

/**
 * Gives each development branch whose name matches a pattern of the default branch's mirror its own mirror,
 * in the same repository and with the same settings, and starts its workflow. A branch that has ever had a
 * mirror is left alone: a person ended it on purpose. Nothing is linked before the default branch's first
 * commit, which the others begin from. Safe to repeat.
 */
export async function linkBranches(
  deps: ActivityDependencies,
  projectId: string,
): Promise<LinkBranchesResult> {
  const main = await findDefaultMirror(deps.db, projectId);
  if (!isActive(main) || main.initializedAt === null) return noneLinked;
  if (main.developmentBranches.link.length === 0) return noneLinked;
  const { source } = await openMirrorSource(deps, projectId);
  let branches: SourceBranch[];
  try {
    branches = await withHeartbeat(({ signal }) => source.listBranches({ signal }));
  } catch (error) {
    if (!(error instanceof StreamFailure)) throw error;
    // The mirrors themselves report a source that is unavailable; the next catch-up asks again.
    const { code, message } = error;
    deps.logger.warn(
      { project_id: projectId, code },
      `No development branches are linked for now: ${message}`,
    );
    return { ...noneLinked, failure: { code, message } };
  }
  const known = await findMirroredBranches(deps.db, projectId);
  const linked: string[] = [];
  for (const branch of branchesToLink(branches, main, known)) {
    if (!(await link(deps, main, branch))) continue;
    linked.push(branch.id);
    // If Temporal is unavailable, the relay finds the mirror that nobody has started.
    await deps.workflows.signal({ projectId, branchId: branch.id }, 'mirrorChanged');
  }
  return { linked, failure: null };
}

const noneLinked: LinkBranchesResult = { linked: [], failure: null };

/** Those of the branches that should get a mirror. */
export function branchesToLink(
  branches: readonly SourceBranch[],
  { developmentBranches: { link } }: Pick<Mirror, 'developmentBranches'>,
  known: ReadonlySet<string>,
): SourceBranch[] {
  return branches.filter(
    ({ id, name, isDefault }) =>
      !isDefault && !known.has(id) && link.some((pattern) => matchesWildcard(pattern, name)),
  );
}

const longestName = 100;

/**
 * The Git branches that a development branch may get, in the order in which they are tried, because two
 * branches may result in the same Git branch. `{branch}` stands for the name as in folders.
 */
export function gitBranchNames(template: string, { id, name }: Omit<SourceBranch, 'isDefault'>) {
  const slugged = slug(name).slice(0, longestName).replace(/-+$/, '');
  const named = (branch: string) => template.replaceAll('{branch}', branch).replaceAll('{id}', id);
  return [...new Set([named(slugged || `branch-${id}`), named(`${slugged || 'branch'}-${id}`)])];
}

/** Stores the mirror; returns whether there is a new one. */
async function link(
  { db, logger }: ActivityDependencies,
  main: Mirror,
  branch: SourceBranch,
): Promise<boolean> {
  const key = { projectId: main.projectId, branchId: branch.id };
  for (const gitBranch of gitBranchNames(main.developmentBranches.gitBranch, branch)) {
    const outcome = await db
      .transaction()
      .execute((trx) => tryToLink(trx, main, key, { branch, gitBranch }));
    if (outcome === 'place_taken') continue;
    return outcome === 'linked';
  }
  logger.warn(
    mirrorFields(key),
    `All Git branches for the branch ${branch.name} are taken. Enable its mirror with a Git branch of your choice.`,
  );
  return false;
}

async function tryToLink(
  trx: Db,
  main: Mirror,
  key: MirrorKey,
  { branch, gitBranch }: { branch: SourceBranch; gitBranch: string },
): Promise<'linked' | 'place_taken' | 'not_linked'> {
  // A project that is being removed does not get new mirrors.
  if (!(await holdProject(trx, key.projectId))) return 'not_linked';
  const repository = { ...repositoryOf(main), branch: gitBranch };
  const outcome = await linkMirror(trx, key, { repository, policy: main.policy, adopt: false });
  if (outcome.kind !== 'linked')
    return outcome.kind === 'place_taken' ? 'place_taken' : 'not_linked';
  await recordAudit(trx, {
    by: ourselves,
    actor: 'Gitward',
    action: 'mirror.link',
    target: mirrorStream(key),
    requestId: null,
    detail: { name: branch.name, repository },
  });
  return 'linked';
}
