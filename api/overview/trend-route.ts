import { Type, type Static } from '@fastify/type-provider-typebox';
import { listTrends, type TrendHour } from '../../db/overview/trends.ts';
import { callerOf } from '../access/authentication.ts';
import type { AddRoutes } from '../http/deps.ts';
import { Time } from '../http/schema-parts.ts';
import { spacesReadWhole } from '../knowledge/spaces/space-access.ts';

const hour = 60 * 60 * 1_000;
const hours = 24;

const EachHour = Type.Array(Type.Integer(), { minItems: hours, maxItems: hours });

const TrendView = Type.Object({
  from: Time,
  streams: Type.Array(
    Type.Object({
      id: Type.String({ description: '`mirror/<project>/<branch>` or `space/<space>`.' }),
      commits: EachHour,
      failedAttempts: EachHour,
    }),
    {
      description:
        'Those that did anything, with each hour since `from`. The last one has not ended.',
    },
  ),
});
type TrendView = Static<typeof TrendView>;

/** The route that tells what all mirrors and spaces did in the last day. */
export const addTrendRoute: AddRoutes = (api, { db }) => {
  api.get(
    '/v1/overview/trend',
    {
      config: { role: 'agent' },
      schema: {
        tags: ['overview'],
        summary: 'Commits and failed attempts of the last 24 hours, by hour',
        description:
          'Of all mirrors that the caller may see, and all spaces of which the caller may read everything.',
        response: { 200: TrendView },
      },
    },
    async (request): Promise<TrendView> => {
      const caller = callerOf(request);
      const from = new Date((Math.floor(Date.now() / hour) - hours + 1) * hour);
      const wanted = { projects: caller.projects, spaces: spacesReadWhole(caller), from };
      return { from: from.toISOString(), streams: streamsOf(await listTrends(db, wanted)) };
    },
  );
};

function streamsOf(found: readonly TrendHour[]): TrendView['streams'] {
  const streams = new Map<string, TrendView['streams'][number]>();
  for (const { stream, hour: at, commits, failedAttempts } of found) {
    const none = () => Array.from({ length: hours }, () => 0);
    const trend = streams.get(stream) ?? { id: stream, commits: none(), failedAttempts: none() };
    // Clocks may differ: what is in the future belongs to the present hour.
    const index = Math.min(at, hours - 1);
    trend.commits[index] = (trend.commits[index] ?? 0) + commits;
    trend.failedAttempts[index] = (trend.failedAttempts[index] ?? 0) + failedAttempts;
    streams.set(stream, trend);
  }
  return [...streams.values()];
}
