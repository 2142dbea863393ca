import { readRecent } from '../../db/telemetry/recent.ts';
import { alertsNow, runbookOf } from '../../model/telemetry/health/alerts.ts';
import { healthSections } from '../../model/telemetry/health/health-sections.ts';
import type { Kept } from '../../model/telemetry/kept.ts';
import type { DayFigures } from '../../model/telemetry/recent-figures.ts';
import { keptValue } from '../../telemetry/metrics/kept-value.ts';
import { callerOf } from '../access/authentication.ts';
import { everything } from '../access/caller.ts';
import { requireWholeSight } from '../access/require-whole-sight.ts';
import type { AddRoutes, ApiDeps } from '../http/deps.ts';
import { ApiProblem } from '../http/problem.ts';
import { InstallationHealthView } from './installation-health-schema.ts';
import { readItems } from './read-items.ts';
import { readingDays } from './reading-days.ts';
import { inOrder } from './stream-items.ts';

/** The route that tells how the whole installation is, from the database alone. */
export const addInstallationHealthRoute: AddRoutes = (api, deps) => {
  const { db, metrics, healthTimings } = deps;
  const onProblem = (err: unknown) =>
    api.log.warn({ err }, 'The health of the installation could not be read');
  // However many look, the database is asked as often as for one.
  const timings = { every: 15_000, patience: 3_000, onProblem, ...healthTimings };
  const recent = keptValue(() => readAll(db), timings);
  const days = keptValue(readingDays(db), timings);

  api.get(
    '/v1/installation/health',
    {
      config: { role: 'operator' },
      schema: {
        tags: ['health'],
        summary: 'How the whole installation is: alerts, who is affected, and what dashboards show',
        description:
          'The figures of `/metrics`, and of the database what metrics have only from the memory of processes. They are at most 15 s old if `isFresh`. ' +
          'Only for callers who may see all projects and spaces. Only needs the database.',
        response: { 200: InstallationHealthView },
      },
    },
    async (request): Promise<InstallationHealthView> => {
      requireWholeSight(callerOf(request), 'These figures');
      const [figures, last, trend] = await Promise.all([metrics.figures(), recent(), days()]);
      const readAt = earliest(figures.readAt, last.readAt);
      if (figures.value === null || last.value === null || readAt === null)
        throw new ApiProblem(
          503,
          'busy',
          'The figures could not be read yet. Try again in a few seconds; if this lasts, see whether the database is slow (`gitward doctor`).',
          [],
          5,
        );
      const { items, ...of } = last.value;
      return {
        readAt: readAt.toISOString(),
        isFresh: figures.isFresh && last.isFresh,
        alerts: alertsNow(figures.value, of).map((alert) => ({
          ...alert,
          toDo: [...alert.toDo],
          runbook: runbookOf(alert),
        })),
        affected: { count: of.affected.count, items },
        sections: healthSections(figures.value, of),
        trend: trendView(trend),
      };
    },
  );
};

/** What is recent, with those of the mirrors and spaces that are named. */
async function readAll(db: ApiDeps['db']) {
  const recent = await readRecent(db);
  const { items } = await readItems(db, everything, recent.affected.worst);
  return { ...recent, items: inOrder(items) };
}

function trendView({ value, readAt, isFresh }: Kept<DayFigures[]>) {
  if (value === null || readAt === null) return null;
  return {
    readAt: readAt.toISOString(),
    isFresh,
    days: value.map((one) => ({ ...one, from: one.from.toISOString() })),
  };
}

function earliest(one: Date | null, other: Date | null): Date | null {
  return one === null || other === null ? null : one < other ? one : other;
}
