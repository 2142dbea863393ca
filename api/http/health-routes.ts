import { Type, type Static, type TObject } from '@fastify/type-provider-typebox';
import type { FastifyBaseLogger, FastifyReply, FastifyRequest } from 'fastify';
import pTimeout from 'p-timeout';
import { ping } from '../../db/server.ts';
import { roleAllows } from '../../model/access/roles.ts';
import type { AddRoutes, ApiDeps } from './deps.ts';
import { ApiProblem } from './problem.ts';
import { answerProblem } from './problem-handler.ts';
import { Nullable } from './schema-parts.ts';

const Network = Type.Object(
  {
    httpsProxy: Nullable(
      Type.String({ description: 'Scheme, host and port of the proxy for `https:` addresses.' }),
    ),
    httpProxy: Nullable(Type.String({ description: 'The same for `http:` addresses.' })),
    trustProxyDns: Type.Boolean({
      description: 'Whether a proxy may resolve names that do not resolve here.',
    }),
    certificateFiles: Type.Array(Type.String(), {
      description: 'The files with certificates that are trusted besides the public ones.',
    }),
  },
  { description: 'How other hosts are reached. Only operators and admins see it.' },
);

const Checks = {
  database: Type.Boolean(),
  temporal: Type.Boolean(),
  worker: Type.Boolean({ description: "Whether a worker polls Gitward's task queue." }),
  masterKey: Type.Boolean({
    description:
      "Whether the master keys open everything stored; if not, Gitward's log says what they do not open.",
  }),
};
/** Which parts are available. */
export const Readiness = Type.Object({ ...Checks, network: Type.Optional(Network) });

type Checked = Static<TObject<typeof Checks>>;

/** How long a part may take to answer. */
const inTime = { milliseconds: 5_000, message: 'No answer within 5 s.' };

/** Whether the process is alive, and whether everything that it needs is available. */
export const addHealthRoutes: AddRoutes = (api, deps) => {
  const masterKey = deps.unopened.length === 0;
  let looking: Promise<Checked> | null = null;

  /**
   * Only one check at a time, however many requests there are: anyone may ask, and each check costs
   * a query and a call.
   */
  function look(log: FastifyBaseLogger): Promise<Checked> {
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

  async function readiness({ caller, log }: FastifyRequest): Promise<Static<typeof Readiness>> {
    const checked = await look(log);
    const mayKnow = caller !== null && roleAllows(caller.role, 'operator');
    return { ...checked, ...(mayKnow && { network: deps.network }) };
  }

  async function answer(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const ready = await readiness(request);
    await reply.code(Object.values(ready).every(Boolean) ? 200 : 503).send(ready);
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
      config: { role: 'anyone', rateLimit: false },
      logLevel: 'warn',
      schema: {
        tags: ['health'],
        summary: 'The database, Temporal, a worker and the right master key are available',
        description:
          'Needs no token. With that of an operator it also says how other hosts are reached.',
        security: [],
        response: { 200: Readiness, 503: Readiness },
      },
      // A token that is no good shows no details, and without the database nobody is known; the answer is for everybody.
      errorHandler: (error, request, reply) => {
        if (error instanceof ApiProblem && error.status !== 401)
          answerProblem(error, request, reply);
        else void answer(request, reply);
      },
    },
    answer,
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
