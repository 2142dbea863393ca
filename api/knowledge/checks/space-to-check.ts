import type { Static } from '@fastify/type-provider-typebox';
import { pointedTo } from '../../../knowledge/environments/change-environment.ts';
import { environmentKind, presentEnvironment, readEnvironment } from '../../../knowledge/environments/read-environment.ts'; // prettier-ignore
import { readEntry } from '../../../knowledge/entries/read-entry.ts';
import type { ApiDeps } from '../../http/deps.ts';
import { fieldProblem } from '../../http/problem.ts';
import { kindNamed } from '../entries/open-entry.ts';
import { findEnvironment } from '../environments/find-environment.ts';
import { fileOf } from '../environments/move-environment.ts';
import { promotedPointer } from '../environments/promoted-pointer.ts';
import { spaceAsIn } from '../environments/space-in-environment.ts';
import { spaceRead, type OpenedAt } from '../prompts/open-at.ts';
import type { SpaceAccess } from '../spaces/space-access.ts';
import type { CheckBody } from './check-schema.ts';

/** The space as the body of a check wants it: at a moment, in an environment, or as that would be after a promotion. */
export async function spaceToCheck(
  deps: ApiDeps,
  access: SpaceAccess,
  { at, env, promote, variant }: Static<typeof CheckBody>,
  id: string,
): Promise<Pick<OpenedAt, 'at' | 'environment' | 'arm'>> {
  if (promote === undefined)
    return spaceRead(deps, access, { ...(at === undefined ? {} : { at }), ...(env === undefined ? {} : { env }) }, { id, variant }); // prettier-ignore
  if (env === undefined) throw fieldProblem('/env', 'is missing: which environment would be promoted'); // prettier-ignore
  if (at !== undefined) throw fieldProblem('/at', 'give either `at` or an environment, not both');
  access.require('reader', environmentKind);
  const { entry = null, from = presentEnvironment } = promote;
  const file = fileOf(await findEnvironment(deps, access, env));
  const { fields } = readEntry(file.headText, kindNamed(access, environmentKind));
  const to = await promotedPointer(deps, access, { entry, from });
  const { environment } = readEnvironment(env, { ...fields, ...pointedTo(fields, entry, to) });
  return { at: await spaceAsIn(deps, access, environment), environment: env, arm: null };
}
