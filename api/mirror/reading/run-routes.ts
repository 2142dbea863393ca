import { listLastRuns, type ListedRun, type RunPlace } from '../../../db/mirror/job-runs.ts';
import { findMirror } from '../../../db/mirror/mirrors.ts';
import { listRenderedFiles } from '../../../db/mirror/rendered-files.ts';
import { mirrorStream } from '../../../model/mirror/ids.ts';
import { jobKey } from '../../../model/platform/object-key.ts';
import { cut } from '../../../model/text/outside-text.ts';
import { parseTime } from '../../../model/text/time.ts';
import type { Api } from '../../http/deps.ts';
import { badCursor, pageOf, pageStart } from '../../http/paging.ts';
import { fieldProblem, mirrorNotFound } from '../../http/problem.ts';
import { MirrorParams, PageOf } from '../../http/schema-parts.ts';
import { mirrorKeyOf } from '../project-source.ts';
import { configurationsIn, unnamed } from './configuration-names.ts';
import type { MirrorReading, ReadingDeps } from './open-reading.ts';
import { readAtHand } from './read-at-hand.ts';
import { RunsQuery, RunView } from './reading-schema.ts';

/** When the last run of a page ended, and its id. */
const placePattern = /^\d{4,6}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z [^\0]{1,1000}$/s;

/** How much of an error is shown, in characters. */
const longestError = 500;

/** The route that lists the runs of jobs. The database knows them; what they did is in their files. */
export function addRunRoutes(api: Api, deps: ReadingDeps): void {
  const { db } = deps;
  api.get(
    '/v1/projects/:project/mirrors/:branch/runs',
    {
      config: { role: 'agent', refuses: [404, 409, 422, 502] },
      schema: {
        tags: ['reading'],
        summary: 'Runs of jobs, newest first',
        description:
          'All runs within `jobs.retainDays`, also those that `jobs.include` leaves out of the tree.',
        params: MirrorParams,
        querystring: RunsQuery,
        response: { 200: PageOf(RunView) },
      },
    },
    async (request) => {
      const { component, configuration, status, from, to } = request.query;
      const { limit, after } = pageStart(request.query, placePattern);
      const key = await mirrorKeyOf(deps, request);
      if ((await findMirror(db, key)) === null) throw mirrorNotFound(key.projectId, key.branchId);
      const stream = mirrorStream(key);
      const conditions = {
        ...(component === undefined ? {} : { componentId: component }),
        ...(configuration === undefined ? {} : { configId: configuration }),
        ...(status === undefined ? {} : { status: status.toUpperCase() }),
        ...(from === undefined ? {} : { from: timeOf(from, '/from') }),
        ...(to === undefined ? {} : { to: timeOf(to, '/to') }),
      };
      const place = after === null ? null : placeOf(after);
      const rows = await listLastRuns(db, stream, conditions, { after: place, limit: limit + 1 });
      const owners = rows.map(({ runId }) => jobKey(key.branchId, runId));
      const files = await listRenderedFiles(db, stream, { owners, kinds: [] });
      const inTree = rows.filter(({ path }) => files.has(path));
      const known = await readAtHand(deps, request, async (reading) => ({
        configurations: await configurationsIn(reading.layout.reading, reading.files(reading.head)),
        errors: await errorsOf(reading, inTree),
      }));
      const configurations = known?.configurations ?? unnamed;
      return pageOf(rows, limit, cursorOf, (run) => ({
        runId: run.runId,
        componentId: run.componentId,
        configurationId: run.configId,
        ...configurations.names(run.componentId, run.configId),
        status: run.status,
        finishedAt: run.finishedAt.toISOString(),
        seconds: run.seconds,
        error: known?.errors.get(run.runId) ?? null,
        path: files.has(run.path) ? run.path : null,
      }));
    },
  );
}

/** Why runs failed, as far as their files say it: nothing of them but that is read. */
async function errorsOf(
  reading: MirrorReading,
  runs: readonly ListedRun[],
): Promise<ReadonlyMap<string, string | null>> {
  const tree = reading.files(reading.head);
  const failed = runs.filter(({ status }) => status !== 'SUCCESS');
  const read = failed.map(async ({ runId, path }): Promise<[string, string | null]> => {
    const error = await reading.layout.reading.runError(path, tree);
    return [runId, error === null ? null : cut(error, longestError)];
  });
  return new Map(await Promise.all(read));
}

function timeOf(text: string, pointer: string): Date {
  const time = parseTime(text);
  if (time === null)
    throw fieldProblem(pointer, 'must be a date (2026-01-31, or ISO 8601 with a time zone)');
  return time;
}

function cursorOf({ place: { finishedAt, runId } }: ListedRun): string {
  return `${finishedAt} ${runId}`;
}

function placeOf(cursor: string): RunPlace {
  const space = cursor.indexOf(' ');
  const finishedAt = cursor.slice(0, space);
  if (parseTime(finishedAt) === null) throw badCursor();
  return { finishedAt, runId: cursor.slice(space + 1) };
}
