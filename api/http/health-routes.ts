import { Type, type Static } from '@fastify/type-provider-typebox';
import type { FastifyBaseLogger } from 'fastify';
import pTimeout from 'p-timeout';
import { ping } from '../../db/server.ts';
import type { AddRoutes, ApiDeps } from './deps.ts';

const Readiness = Type.Object({
  database: Type.Boolean(),
  temporal: Type.Boolean(),
  worker: Type.Boolean({ description: "Whether a worker polls Gitward's task queue." }),
});

/** How long a part may take to show that it is there. */
const inTime = { milliseconds: 5_000, message: 'No answer within 5 s.' };

/** Whether the process is alive, and whether all that it needs is there. */
export const addHealthRoutes: AddRoutes = (api, deps) => {
  let looking: Promise<Static<typeof Readiness>> | null = null;

  /** One look at a time, however many ask: anybody may, and each costs a query and a call. */
  function look(log: FastifyBaseLogger): Promise<Static<typeof Readiness>> {
    looking ??= Promise.all([databaseAnswers(deps, log), temporalAnswers(deps, log)])
      .then(([database, { temporal, worker }]) => ({ database, temporal, worker }))
      .finally(() => {
        looking = null;
      });
    return looking;
  }

  api.get(
    '/healthz',
    {
      config: { role: 'public', rateLimit: false },
      logLevel: 'warn',
      schema: {
        tags: ['health'],
        summary: 'The process is alive',
        description:
          'Restart it by this one. Events are accepted also where /readyz says no to Temporal.',
        security: [],
        response: { 200: Type.Object({ status: Type.Literal('ok') }) },
      },
    },
    () => ({ status: 'ok' as const }),
  );

  api.get(
    '/readyz',
    {
      config: { role: 'public', rateLimit: false },
      logLevel: 'warn',
      schema: {
        tags: ['health'],
        summary: 'Database, Temporal and a worker are there',
        security: [],
        response: { 200: Readiness, 503: Readiness },
      },
    },
    async (request, reply) => {
      const { database, temporal, worker } = await look(request.log);
      return reply
        .code(database && temporal && worker ? 200 : 503)
        .send({ database, temporal, worker });
    },
  );
};

async function databaseAnswers({ db }: ApiDeps, log: FastifyBaseLogger): Promise<boolean> {
  try {
    await pTimeout(ping(db), inTime);
    return true;
  } catch (err) {
    log.warn({ err }, 'the database does not answer');
    return false;
  }
}

async function temporalAnswers(
  { workflows }: ApiDeps,
  log: FastifyBaseLogger,
): Promise<{ temporal: boolean; worker: boolean }> {
  try {
    return await pTimeout(workflows.health(), inTime);
  } catch (err) {
    log.warn({ err }, 'Temporal does not answer');
    return { temporal: false, worker: false };
  }
}
