import { requireWholeSight } from '../access/require-whole-sight.ts';
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
      if (caller !== null) requireWholeSight(caller, 'Metrics', ' Use GITWARD_METRICS_TOKEN.');
      return reply.type(metrics.contentType).send(await metrics.text());
    },
  );
};
