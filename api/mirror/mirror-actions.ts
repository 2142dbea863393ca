import type { FastifyRequest } from 'fastify';
import type { Api, AddRoutes, ApiDeps } from '../http/deps.ts';
import { markMirror, type MirrorMark } from '../../db/mirror/mirrors.ts';
import { mirrorStream, type MirrorKey } from '../../model/mirror/ids.ts';
import type { MirrorSignal } from '../../temporal/mirror/mirror-workflows.ts';
import { audited, writeAudit } from '../access/audited.ts';
import { mirrorView } from './mirror-view.ts';
import { ApiProblem } from '../http/problem.ts';
import { mirrorKeyOf } from './project-source.ts';
import { MirrorView } from './mirror-schema.ts';
import { MirrorParams, refusals } from '../http/schema-parts.ts';
import { tellOrRefuse, signalStored } from '../streams/signals.ts';
import { overviewOf } from './mirrors.ts';

/** What operators do with a mirror. */
export const addMirrorActionRoutes: AddRoutes = (api, deps) => {
  addNudge(api, deps, {
    verb: 'sync',
    signal: 'syncNow',
    summary: 'Close the window now',
    description: 'What waits is sent without waiting for the window to end.',
  });
  addNudge(api, deps, {
    verb: 'retry',
    signal: 'retryNow',
    summary: 'Try again now',
    description: 'Ends the wait between two attempts of an outage.',
  });
  addMark(api, deps, {
    verb: 'pause',
    mark: 'pause',
    summary: 'Send nothing until resumed',
    description: 'Changes are accepted meanwhile.',
  });
  addMark(api, deps, {
    verb: 'resume',
    mark: 'resume',
    summary: 'Send again',
    description: 'What was accepted while paused is sent.',
  });
  addMark(api, deps, {
    verb: 'approve',
    mark: 'adopt',
    summary: 'Let a held mirror write',
    description:
      'The whole tree is compared with what the repository holds now, and written over it. ' +
      'Look at the preview first.',
  });
};

interface Action {
  verb: string;
  summary: string;
  description: string;
}

/** An action that is only a signal: 202, since the workflow acts later; 503 where Temporal is away. */
function addNudge(
  api: Api,
  deps: ApiDeps,
  { verb, signal, summary, description }: Action & { signal: MirrorSignal },
): void {
  api.post(
    `/v1/projects/:p/mirrors/:b/${verb}`,
    {
      config: { role: 'operator' },
      schema: {
        tags: ['mirrors'],
        summary,
        description,
        params: MirrorParams,
        response: { 202: MirrorView, ...refusals },
      },
    },
    async (request, reply) => {
      const key = await mirrorKeyOf(deps, request);
      const { row } = await overviewOf(deps, key);
      if (row.endedAt !== null) throw ended(key);
      if (row.pausedAt !== null)
        throw new ApiProblem(409, 'mirror_paused', `${mirrorStream(key)} is paused. Resume it.`);
      await tellOrRefuse(() => deps.workflows.signal(key, signal));
      await writeAudit(deps.db, request, { action: `mirror.${verb}`, target: mirrorStream(key) });
      return reply.code(202).send(mirrorView(await overviewOf(deps, key)));
    },
  );
}

/** An action that the mirror's row keeps: it holds also while Temporal is away. */
function addMark(
  api: Api,
  deps: ApiDeps,
  { verb, mark, summary, description }: Action & { mark: Exclude<MirrorMark, 'end'> },
): void {
  api.post(
    `/v1/projects/:p/mirrors/:b/${verb}`,
    {
      config: { role: 'operator' },
      schema: {
        tags: ['mirrors'],
        summary,
        description,
        params: MirrorParams,
        response: { 200: MirrorView, ...refusals },
      },
    },
    async (request) => {
      const key = await mirrorKeyOf(deps, request);
      await markAudited(deps, request, key, mark, verb);
      await signalStored(deps.workflows, request.log, key, 'mirrorChanged');
      return mirrorView(await overviewOf(deps, key));
    },
  );
}

async function markAudited(
  deps: ApiDeps,
  request: FastifyRequest,
  key: MirrorKey,
  mark: MirrorMark,
  verb: string,
): Promise<void> {
  const row = await audited(
    deps.db,
    request,
    (transaction) => markMirror(transaction, key, mark),
    (marked) => marked && { action: `mirror.${verb}`, target: mirrorStream(key) },
  );
  if (row) return;
  await overviewOf(deps, key);
  throw ended(key);
}

/** What an action on an ended mirror is answered. */
export function ended(key: MirrorKey): ApiProblem {
  return new ApiProblem(
    409,
    'mirror_ended',
    `${mirrorStream(key)} was ended. Enable it again with PUT.`,
  );
}
