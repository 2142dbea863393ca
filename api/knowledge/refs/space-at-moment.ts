import type { Static } from '@fastify/type-provider-typebox';
import { findPosition } from '../../../db/knowledge/history/history.ts';
import { readShaAt } from '../../../db/knowledge/history/space-commits.ts';
import { ApiProblem } from '../../http/problem.ts';
import { readBranchCopy } from '../history/read-branch-copy.ts';
import { momentIn } from '../history/short-names.ts';
import type { SpaceAccess } from '../spaces/space-access.ts';
import { lastIndexedOn } from './last-indexed-on.ts';
import type { RefQuery } from './ref-schema.ts';
import { presentSpace, spaceAtPosition, type ReadDeps, type SpaceAt } from './space-at.ts';

/** The space that a request reads: as it is now, or `at` a moment. Throws 404 `version_not_found`, and 422. */
export async function spaceAtMoment(
  deps: ReadDeps,
  access: SpaceAccess,
  { at }: Static<typeof RefQuery>,
): Promise<SpaceAt> {
  if (at === undefined) return presentSpace(deps, access);
  const moment = await momentIn(deps, access, at, '/at');
  if ('commit' in moment) return spaceAtCommit(deps, access, moment.commit);
  const position = await findPosition(deps.db, access.row.id, moment);
  const commit = position === null ? null : await readShaAt(deps.db, access.row.id, position);
  if (position === null || commit === null)
    throw new ApiProblem(404, 'version_not_found', `The space ${access.row.id} was empty at ${at}.`); // prettier-ignore
  return spaceAtPosition(deps, access, { commit, position });
}

/**
 * The space as a commit of its branch left it. The commit is one of the branch's first-parent line, and need not have
 * changed anything in the space. Throws 404 `version_not_found` if it is not.
 */
export async function spaceAtCommit(
  deps: ReadDeps,
  access: SpaceAccess,
  commit: string,
): Promise<SpaceAt> {
  const { row } = access;
  const indexed = await findPosition(deps.db, row.id, { commit });
  if (indexed !== null) return spaceAtPosition(deps, access, { commit, position: indexed });
  const position = row.syncedSha === null ? null : await positionBelow(deps, access, row.syncedSha, commit); // prettier-ignore
  if (position === null)
    throw new ApiProblem(
      404,
      'version_not_found',
      `The branch ${row.repositoryBranch} of the space ${row.id} has no commit ${commit}. It may be one of another branch, one that a merge brought, or one that somebody's force-push removed.`,
    );
  return spaceAtPosition(deps, access, { commit, position });
}

/** The position of the last commit up to this one that changed the space, 0 if none did; `null` if it is not on the line. */
async function positionBelow(
  deps: ReadDeps,
  { row }: SpaceAccess,
  tip: string,
  commit: string,
): Promise<number | null> {
  return readBranchCopy(deps, row, tip, async (clone) => {
    const line = await clone.line(tip);
    const at = line.positionOf(commit);
    if (at === null) return null;
    return (await lastIndexedOn(deps.db, row.id, line, at))?.position ?? 0;
  });
}
