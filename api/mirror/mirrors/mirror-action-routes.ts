import type { FastifyRequest } from 'fastify';
import { mirrorKey, markMirror, type MirrorMark } from '../../../db/mirror/mirrors.ts';
import { retryRefused } from '../../../db/mirror/retry-refused.ts';
import type { MirrorOverview } from '../../../db/mirror/mirror-status.ts';
import { askHostAgain } from '../../../db/streams/host-refusals.ts';
import { mirrorStream } from '../../../model/mirror/ids.ts';
import type { MirrorSignal } from '../../../temporal/mirror/mirror-workflows.ts';
import type { AddRoutes, ApiDeps } from '../../http/deps.ts';
import { ApiProblem } from '../../http/problem.ts';
import { MirrorParams } from '../../http/schema-parts.ts';
import {
  addActionRoutes,
  type ActedOn,
  type Mark,
  type Nudge,
} from '../../streams/action-routes.ts';
import { signalStored } from '../../streams/signals.ts';
import { ApproveBody } from '../hold/hold-schema.ts';
import { allowRemoval } from '../hold/allow-removal.ts';
import { requireTip } from '../hold/require-tip.ts';
import { mirrorKeyOf } from '../project-source.ts';
import { MirrorView } from './mirror-schema.ts';
import { mirrorView } from './mirror-view.ts';
import { mirrorEnded, overviewOf } from './open-mirror.ts';

/** Routes for operators' actions on a mirror, except `verify`: see `verification-routes.ts`. */
export const addMirrorActionRoutes: AddRoutes = (api, deps) => {
  addActionRoutes(api, deps, actedOnMirror(deps), [
    {
      verb: 'refresh',
      summary: 'Read and send what changed now',
      description: 'Sends waiting changes without waiting for the window to end.',
      tell: tell(deps, 'syncNow'),
    },
    {
      verb: 'retry',
      summary: 'Try again now',
      description:
        'Ends the wait for the next attempt during an outage, and sends files that the host refused once more.',
      tell: async (overview) => {
        await retryRefused(deps.db, mirrorKey(overview.row));
        await askHostAgain(deps.db, overview.row);
        await tell(deps, 'retryNow')(overview);
      },
    },
    {
      verb: 'pause',
      summary: 'Send nothing until resumed',
      description: 'Changes are still accepted.',
      ...marked(deps, 'pause'),
    },
    {
      verb: 'resume',
      summary: 'Resume sending',
      description: 'Sends what was accepted while the mirror was paused.',
      ...marked(deps, 'resume'),
    },
    {
      verb: 'approve',
      summary: 'Let a held mirror write',
      description:
        'Compares the whole tree with what is in the repository now, and overwrites it; or, if it is held because of ' +
        '`mass_removal`, removes what the platform no longer has. Look at `GET …/hold` first, and send the `tip` or the ' +
        '`removal` that you saw: if it is another one by now, the answer is 409 `changed_since` and nothing is approved.',
      ...approved(deps),
    },
  ]);
};

/** Approves what the mirror is held for: what its place has, or what would be removed from it. */
function approved(deps: ApiDeps): Pick<Mark<MirrorOverview>, 'mark' | 'signal' | 'body' | 'check'> {
  const adopt = marked(deps, 'adopt');
  return {
    ...adopt,
    body: ApproveBody,
    check: async ({ row, outage }, request, reply) => {
      if (outage?.reason.code === 'mass_removal') return;
      await requireTip(deps, row, (request.body as ApproveBody)?.tip, reply);
    },
    mark: async (trx, overview, request) => {
      const { row, outage } = overview;
      if (outage?.reason.code !== 'mass_removal') return adopt.mark(trx, overview, request);
      await allowRemoval(trx, mirrorStream(row), (request.body as ApproveBody)?.removal);
      return row;
    },
  };
}

type MirrorRequest = FastifyRequest<{ Params: { project: string; branch: string } }>;

function actedOnMirror(deps: ApiDeps): ActedOn<MirrorOverview> {
  return {
    path: '/v1/projects/:project/mirrors/:branch',
    tag: 'mirrors',
    params: MirrorParams,
    view: MirrorView,
    noun: 'mirror',
    refuses: [404, 409, 422, 502],
    streamOf: ({ row }) => mirrorStream(row),
    find: async (request) => overviewOf(deps, await mirrorKeyOf(deps, request as MirrorRequest)),
    whyNotTold({ row }) {
      if (row.endedAt !== null) return mirrorEnded(row);
      if (row.pausedAt === null) return null;
      return new ApiProblem(409, 'mirror_paused', `${mirrorStream(row)} is paused. Resume it.`);
    },
    notMarked: ({ row }) => mirrorEnded(row),
    viewOf: async (_request, { row }) => mirrorView(await overviewOf(deps, row)),
  };
}

function tell({ workflows }: ApiDeps, signal: MirrorSignal): Nudge<MirrorOverview>['tell'] {
  return ({ row }) => workflows.signal(mirrorKey(row), signal);
}

function marked(
  { workflows }: ApiDeps,
  mark: Exclude<MirrorMark, 'end'>,
): Pick<Mark<MirrorOverview>, 'mark' | 'signal'> {
  return {
    async mark(trx, { row }) {
      if (mark !== 'pause') await askHostAgain(trx, row);
      return markMirror(trx, mirrorKey(row), mark);
    },
    signal: (log, { row }) => signalStored(workflows, log, mirrorKey(row), 'mirrorChanged'),
  };
}
