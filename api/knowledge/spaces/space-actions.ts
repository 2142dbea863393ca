import type { FastifyRequest } from 'fastify';
import { markSpace, type SpaceMark, type Space } from '../../../db/knowledge/spaces.ts';
import { spaceStream } from '../../../model/knowledge/ids.ts';
import type { SpaceSignal } from '../../../temporal/knowledge/space-workflows.ts';
import { audited, writeAudit } from '../../access/audited.ts';
import type { AddRoutes, Api, ApiDeps } from '../../http/deps.ts';
import { ApiProblem } from '../../http/problem.ts';
import { refusals } from '../../http/schema-parts.ts';
import { SpaceParams, SpaceView } from './space-schema.ts';
import { signalSpace, tellOrRefuse } from '../../streams/signals.ts';
import { spaceNotFound, spaceOf } from './space-access.ts';
import { viewOf } from './spaces.ts';

const tags = ['spaces'];

/** What operators do with a space. */
export const addSpaceActionRoutes: AddRoutes = (api, deps) => {
  addNudge(api, deps, {
    verb: 'refresh',
    signal: 'syncNow',
    summary: 'Look at the branch now',
    description: 'And send what waits, without waiting for the window to end.',
  });
  addNudge(api, deps, {
    verb: 'retry',
    signal: 'retryNow',
    summary: 'Try again now',
    description: 'Ends the wait between two attempts of an outage.',
  });
  addMark(api, deps, {
    verb: 'pause',
    signals: ['spaceChanged'],
    summary: 'Send and read nothing until resumed',
    description: 'What people save is kept meanwhile.',
  });
  addMark(api, deps, {
    verb: 'resume',
    signals: ['spaceChanged'],
    summary: 'Send and read again',
    description: 'What was saved while paused is sent.',
  });
  addMark(api, deps, {
    verb: 'approve',
    signals: ['spaceChanged', 'retryNow'],
    summary: 'Let a held space go on',
    description: 'The branch is right as it is now. Look at why it is held first.',
  });
};

interface Action {
  summary: string;
  description: string;
}

/** An action that is only a signal: 202, since the workflow acts later; 503 where Temporal is away. */
function addNudge(
  api: Api,
  deps: ApiDeps,
  {
    verb,
    signal,
    summary,
    description,
  }: Action & { verb: 'refresh' | 'retry'; signal: SpaceSignal },
): void {
  api.post(
    `/v1/spaces/:s/actions/${verb}`,
    {
      config: { role: 'operator' },
      schema: {
        tags,
        summary,
        description,
        params: SpaceParams,
        response: { 202: SpaceView, ...refusals },
      },
    },
    async (request, reply) => {
      const { id, pausedAt } = await operatedSpace(deps, request);
      if (pausedAt !== null)
        throw new ApiProblem(409, 'space_paused', `${spaceStream(id)} is paused. Resume it.`);
      await tellOrRefuse(() => deps.spaces.signal(id, signal));
      await writeAudit(deps.db, request, { action: `space.${verb}`, target: spaceStream(id) });
      return reply.code(202).send(await viewOf(deps, request, id));
    },
  );
}

/** An action that the space's row keeps: it holds also while Temporal is away. */
function addMark(
  api: Api,
  deps: ApiDeps,
  { verb, signals, summary, description }: Action & { verb: SpaceMark; signals: SpaceSignal[] },
): void {
  api.post(
    `/v1/spaces/:s/actions/${verb}`,
    {
      config: { role: 'operator' },
      schema: {
        tags,
        summary,
        description,
        params: SpaceParams,
        response: { 200: SpaceView, ...refusals },
      },
    },
    async (request) => {
      const { id } = await operatedSpace(deps, request);
      const row = await audited(
        deps.db,
        request,
        (transaction) => markSpace(transaction, id, verb),
        (marked) => marked && { action: `space.${verb}`, target: spaceStream(id) },
      );
      if (row === null) throw spaceNotFound(id);
      await signalSpace(deps.spaces, request.log, id, ...signals);
      return viewOf(deps, request, id);
    },
  );
}

/** The space that the path names, for a caller who operates all of it. */
async function operatedSpace(deps: ApiDeps, request: FastifyRequest): Promise<Space> {
  const access = await spaceOf(deps, request);
  access.requireAll('operator');
  return access.row;
}
