import { Type, type Static } from '@fastify/type-provider-typebox';
import { readBacklogs, readHealth, type SpanHealth } from '../../db/mirror/health.ts';
import { findMirror } from '../../db/mirror/mirrors.ts';
import { healthBuckets, healthPeriods, successShare } from '../../model/mirror/health.ts';
import type { AddRoutes } from '../http/deps.ts';
import { mirrorNotFound } from '../http/problem.ts';
import { MirrorParams, Nullable, OneOf, Time } from '../http/schema-parts.ts';
import { mirrorKeyOf } from './project-source.ts';

const Period = OneOf(...healthPeriods);

const HealthQuery = Type.Object({ period: Type.Optional(Period) });

/** How a mirror did in some time. */
const SpanView = {
  changes: Type.Integer({ description: 'Changes that were delivered.' }),
  p50: Nullable(
    Type.Integer({
      description:
        'Half of them took at most so long, from when they happened in the source until their commit was read back; milliseconds.',
    }),
  ),
  p95: Nullable(Type.Integer({ description: 'As `p50`, for 95 of 100.' })),
  commits: Type.Integer(),
  failedAttempts: Type.Integer({
    description: 'Attempts to read the source or to deliver that failed. Each is made again.',
  }),
  success: Nullable(
    Type.Number({
      description:
        'The share of commits among commits and failed attempts, from 0 to 1; `null`: there were none.',
    }),
  ),
  redactions: Type.Integer({
    description: 'Values in plain text that these commits left out.',
  }),
};

/** How a mirror has been doing. */
export const HealthView = Type.Object({
  period: Period,
  buckets: Type.Array(
    Type.Object({
      from: Time,
      ...SpanView,
      backlog: Type.Integer({ description: 'Changes that waited at its end.' }),
    }),
    {
      description:
        'Without gaps, oldest first: 24 hours, 28 quarters of days or 30 days, in UTC. The last one has not ended.',
    },
  ),
  total: Type.Object({
    ...SpanView,
    backlog: Type.Integer({ description: 'Changes that wait now.' }),
  }),
});
export type HealthView = Static<typeof HealthView>;

/** The route that tells how a mirror has been doing, from the database alone. */
export const addHealthRoute: AddRoutes = (api, deps) => {
  api.get(
    '/v1/projects/:project/mirrors/:branch/health',
    {
      config: { role: 'agent', refuses: [404, 422, 502] },
      schema: {
        tags: ['mirrors'],
        summary: 'How a mirror has been doing over a day, a week or a month',
        description:
          'Latency, success, what waited, failed attempts, and values that were left out. Only needs the database. ' +
          'Failed attempts are known for 35 days, and, like values left out, since the version that counts them.',
        params: MirrorParams,
        querystring: HealthQuery,
        response: { 200: HealthView },
      },
    },
    async (request): Promise<HealthView> => {
      const { period = 'day' } = request.query;
      const key = await mirrorKeyOf(deps, request);
      if ((await findMirror(deps.db, key)) === null)
        throw mirrorNotFound(key.projectId, key.branchId);
      const spans = healthBuckets(period, new Date());
      const [first, last] = [spans[0], spans.at(-1)];
      if (first === undefined || last === undefined) throw new Error('A period has no buckets.');
      const [health, [whole], waiting] = await Promise.all([
        readHealth(deps.db, key, spans),
        readHealth(deps.db, key, [{ from: first.from, to: last.to }]),
        readBacklogs(deps.db, key, spans),
      ]);
      const buckets = spans.map(({ from }, at) => ({
        from: from.toISOString(),
        ...spanView(health[at]),
        backlog: waiting[at] ?? 0,
      }));
      const total = { ...spanView(whole), backlog: waiting.at(-1) ?? 0 };
      return { period, buckets, total };
    },
  );
};

function spanView(health: SpanHealth | undefined) {
  if (health === undefined) throw new Error('A span was not read.');
  return { ...health, success: successShare(health.commits, health.failedAttempts) };
}
