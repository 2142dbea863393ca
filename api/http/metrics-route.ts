import { ApiProblem } from './problem.ts';
import type { AddRoutes } from './deps.ts';

/** The metrics, for whoever collects them: with the token for metrics, or that of a caller who may see everything. */
export const addMetricsRoute: AddRoutes = (api, { metrics }) => {
  api.get(
    '/metrics',
    {
      config: {
        role: 'reader',
        admits: ({ headers }) => metrics.admits(headers.authorization),
      },
      logLevel: 'warn',
      // It is Prometheus' format, and not one of the API's answers.
      schema: { hide: true },
    },
    async ({ caller }, reply) => {
      if (caller !== null && (caller.projects !== null || caller.spaces !== null))
        throw new ApiProblem(
          403,
          'role_insufficient',
          'Metrics are about all projects and spaces, and this caller may see only some. Use GITWARD_METRICS_TOKEN.',
        );
      return reply.type(metrics.contentType).send(await metrics.text());
    },
  );
};
