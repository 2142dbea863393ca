import type { FastifyRequest } from 'fastify';
import type { Trx } from '../../../db/connect.ts';
import { acceptHeldKinds, acceptHeldRules } from '../../../db/knowledge/space-wants.ts';
import { spaceStream } from '../../../model/knowledge/ids.ts';
import { audited } from '../../access/audited.ts';
import type { AddRoutes, ApiDeps } from '../../http/deps.ts';
import { ApiProblem } from '../../http/problem.ts';
import { signalSpace } from '../../streams/signals.ts';
import { spaceOf } from './space-access.ts';
import { AcceptKindsBody, AcceptRulesBody, SpaceParams, SpaceView } from './space-schema.ts';
import { viewOf } from './space-view.ts';

/** The routes by which an admin lets pushed files have effects that nobody may have by a push alone. */
export const addAcceptRoutes: AddRoutes = (api, deps) => {
  api.post(
    '/v1/spaces/:space/actions/accept-kinds',
    {
      config: { role: 'admin', refuses: [404, 409] },
      schema: {
        tags: ['spaces'],
        summary: 'Accept schema files that change a kind with personal data',
        description:
          'Who may read the entries in its folder may change with it. `problems` of the space says what the files ask for. ' +
          'Accepts only the files that the space shows as `heldKinds`; 409 `kinds_moved` if others were pushed since. The branch is then read again.',
        params: SpaceParams,
        body: AcceptKindsBody,
        response: { 200: SpaceView },
      },
    },
    (request) => {
      const { heldKinds } = request.body;
      return accept(deps, request, {
        action: 'space.accept-kinds',
        detail: { heldKinds },
        accept: (trx, id) => acceptHeldKinds(trx, id, heldKinds),
        moved: (id) => filesMoved('kinds_moved', `the schema files that wait in ${id}`),
      });
    },
  );
  api.post(
    '/v1/spaces/:space/actions/accept-rules',
    {
      config: { role: 'admin', refuses: [404, 409] },
      schema: {
        tags: ['spaces'],
        summary: 'Accept pushed rules of review that are weaker than those in force',
        description:
          'Who must approve changes is then what the file in the repository says: see `waiting` of `GET …/review-rules`. ' +
          'Accepts only the file that the space shows as `heldRules`; 409 `rules_moved` if another was pushed since. The branch is then read again.',
        params: SpaceParams,
        body: AcceptRulesBody,
        response: { 200: SpaceView },
      },
    },
    (request) => {
      const { heldRules } = request.body;
      return accept(deps, request, {
        action: 'space.accept-rules',
        detail: { heldRules },
        accept: (trx, id) => acceptHeldRules(trx, id, heldRules),
        moved: (id) => filesMoved('rules_moved', `the rules that wait in ${id}`),
      });
    },
  );
};

/** What an admin accepts. */
interface Acceptance {
  action: 'space.accept-kinds' | 'space.accept-rules';
  detail: Record<string, string>;
  /** Returns whether what was seen still waits. */
  accept: (trx: Trx, id: string) => Promise<boolean>;
  moved: (id: string) => ApiProblem;
}

async function accept(
  deps: ApiDeps,
  request: FastifyRequest,
  { action, detail, accept: accepts, moved }: Acceptance,
): Promise<SpaceView> {
  const access = await spaceOf(deps, request);
  access.requireAll('admin');
  const { id } = access.row;
  await audited(
    deps.db,
    request,
    async (trx) => {
      if (!(await accepts(trx, id))) throw moved(id);
    },
    () => ({ action, target: spaceStream(id), detail }),
  );
  await signalSpace(deps.spaces, request.log, id, 'syncNow');
  return viewOf(deps, request, id);
}

function filesMoved(code: 'kinds_moved' | 'rules_moved', what: string): ApiProblem {
  const detail = `These are not ${what}. Look at what waits again: others were pushed, or they were taken back.`;
  return new ApiProblem(409, code, detail);
}
