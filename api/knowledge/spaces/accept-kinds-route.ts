import { acceptHeldKinds } from '../../../db/knowledge/space-wants.ts';
import { spaceStream } from '../../../model/knowledge/ids.ts';
import { audited } from '../../access/audited.ts';
import type { AddRoutes } from '../../http/deps.ts';
import { ApiProblem } from '../../http/problem.ts';
import { refusals } from '../../http/schema-parts.ts';
import { signalSpace } from '../../streams/signals.ts';
import { spaceOf } from './space-access.ts';
import { AcceptKindsBody, SpaceParams, SpaceView } from './space-schema.ts';
import { viewOf } from './space-view.ts';

/** The route by which an admin lets schema files change whose a folder with personal data is. */
export const addAcceptKindsRoute: AddRoutes = (api, deps) => {
  api.post(
    '/v1/spaces/:space/actions/accept-kinds',
    {
      config: { role: 'admin' },
      schema: {
        tags: ['spaces'],
        summary: 'Accept schema files that change a kind with personal data',
        description:
          'Who may read the entries in its folder may change with it. `problems` of the space says what the files ask for. ' +
          'Accepts only the files that the space shows as `heldKinds`; 409 `kinds_moved` if others were pushed since. The branch is then read again.',
        params: SpaceParams,
        body: AcceptKindsBody,
        response: { 200: SpaceView, ...refusals },
      },
    },
    async (request) => {
      const access = await spaceOf(deps, request);
      access.requireAll('admin');
      const { id } = access.row;
      const { heldKinds } = request.body;
      await audited(
        deps.db,
        request,
        async (transaction) => {
          if (!(await acceptHeldKinds(transaction, id, heldKinds))) throw kindsMoved(id);
        },
        () => ({
          action: 'space.accept-kinds',
          target: spaceStream(id),
          detail: { heldKinds },
        }),
      );
      await signalSpace(deps.spaces, request.log, id, 'syncNow');
      return viewOf(deps, request, id);
    },
  );
};

function kindsMoved(id: string): ApiProblem {
  return new ApiProblem(
    409,
    'kinds_moved',
    `These are not the schema files that wait in ${id}. Look at its problems and heldKinds again.`,
  );
}
