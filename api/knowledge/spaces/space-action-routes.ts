import { lookAtReviewsNow } from '../../../db/knowledge/reviews/review-marks.ts';
import { forgetProtection } from '../../../db/knowledge/space-marks.ts';
import { markSpace, type Space, type SpaceMark } from '../../../db/knowledge/spaces.ts';
import { askHostAgain } from '../../../db/streams/host-refusals.ts';
import { forgetAllRefused } from '../../../db/streams/refused-files.ts';
import { spaceStream } from '../../../model/knowledge/ids.ts';
import type { SpaceSignal } from '../../../temporal/knowledge/space-workflows.ts';
import type { AddRoutes, ApiDeps } from '../../http/deps.ts';
import { ApiProblem } from '../../http/problem.ts';
import {
  addActionRoutes,
  type ActedOn,
  type Mark,
  type Nudge,
} from '../../streams/action-routes.ts';
import { signalSpace } from '../../streams/signals.ts';
import { spaceNotFound, spaceOf } from './space-access.ts';
import { SpaceParams, SpaceView } from './space-schema.ts';
import { viewOf } from './space-view.ts';

/** Routes for operators' actions on a space. */
export const addSpaceActionRoutes: AddRoutes = (api, deps) => {
  addActionRoutes(api, deps, actedOnSpace(deps), [
    {
      verb: 'refresh',
      summary: 'Read the branch now',
      description: 'Also sends waiting saves without waiting for the window to end.',
      tell: tell(deps, 'syncNow'),
    },
    {
      verb: 'retry',
      summary: 'Try again now',
      description:
        'Ends the wait for the next attempt during an outage. What the Git host refused is sent again, and later saves to a branch that was protected are pushed again.',
      async tell(space) {
        await askHostAgain(deps.db, space);
        await forgetAllRefused(deps.db, spaceStream(space.id));
        await forgetProtection(deps.db, space.id);
        await lookAtReviewsNow(deps.db, space.id);
        await tell(deps, 'retryNow')(space);
      },
    },
    {
      verb: 'pause',
      summary: 'Send and read nothing until resumed',
      description: 'Saves are kept in the meantime.',
      ...marked(deps, 'pause', 'spaceChanged'),
    },
    {
      verb: 'resume',
      summary: 'Resume sending and reading',
      description: 'Sends what was saved while the space was paused.',
      ...marked(deps, 'resume', 'spaceChanged'),
    },
    {
      verb: 'approve',
      summary: 'Let a held space continue',
      description: 'Accepts the branch as it is now. Find out first why the space is held.',
      ...marked(deps, 'approve', 'spaceChanged', 'retryNow'),
    },
  ]);
};

function actedOnSpace(deps: ApiDeps): ActedOn<Space> {
  return {
    path: '/v1/spaces/:space',
    tag: 'spaces',
    params: SpaceParams,
    view: SpaceView,
    noun: 'space',
    refuses: [404, 409],
    streamOf: ({ id }) => spaceStream(id),
    async find(request) {
      const access = await spaceOf(deps, request);
      access.requireAll('operator');
      return access.row;
    },
    whyNotTold: ({ id, pausedAt }) =>
      pausedAt === null
        ? null
        : new ApiProblem(409, 'space_paused', `${spaceStream(id)} is paused. Resume it.`),
    notMarked: ({ id }) => spaceNotFound(id),
    viewOf: (request, { id }) => viewOf(deps, request, id),
  };
}

function tell({ spaces }: ApiDeps, signal: SpaceSignal): Nudge<Space>['tell'] {
  return ({ id }) => spaces.signal(id, signal);
}

function marked(
  { spaces }: ApiDeps,
  mark: SpaceMark,
  ...signals: SpaceSignal[]
): Pick<Mark<Space>, 'mark' | 'signal'> {
  return {
    async mark(trx, space) {
      if (mark !== 'pause') await askHostAgain(trx, space);
      return markSpace(trx, space.id, mark);
    },
    signal: (log, { id }) => signalSpace(spaces, log, id, ...signals),
  };
}
