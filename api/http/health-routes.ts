import { Type, type Static } from '@fastify/type-provider-typebox';
import type { FastifyBaseLogger } from 'fastify';
import pTimeout from 'p-timeout';
import { ping } from '../../db/server.ts';
import type { AddRoutes, ApiDeps } from './deps.ts';

const Readiness = Type.Object({
  database: Type.Boolean(),
  temporal: Type.Boolean(),
  worker: Type.Boolean({ description: "Whether a worker polls Gitward's task queue." }),
  masterKey: Type.Boolean({
    description:
      "Whether the master keys open everything stored; if not, Gitward's log says what they do not open.",
  }),
});

/** How long a part may take to answer. */
const inTime = { milliseconds: 5_000, message: 'No answer within 5 s.' };

/** Whether the process is alive, and whether everything that it needs is available. */
export const addHealthRoutes: AddRoutes = (api, deps) => {
  const masterKey = deps.unopened.length === 0;
  let looking: Promise<Static<typeof Readiness>> | null = null;

  /**
   * Only one check at a time, however many requests there are: anyone may ask, and each check costs
   * a query and a call.
   */
  function look(log: FastifyBaseLogger): Promise<Static<typeof Readiness>> {
    looking ??= Promise.all([databaseAnswers(deps, log), temporalAnswers(deps, log)])
      .then(([database, { temporal, worker }]) => ({
        database,
        temporal,
        // Temporal notices only after a while that a worker is gone.
        worker: worker && deps.isOwnWorkerUp?.() !== false,
        masterKey,
      }))
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
          'Use this one to decide about restarts. Events are accepted even while /readyz reports that Temporal is unavailable.',
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
        summary: 'The database, Temporal, a worker and the right master key are available',
        security: [],
        response: { 200: Readiness, 503: Readiness },
      },
    },
    async (request, reply) => {
      const ready = await look(request.log);
      return reply.code(Object.values(ready).every(Boolean) ? 200 : 503).send(ready);
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
