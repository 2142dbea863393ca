import type { JobRun, JobTable } from '../../../model/platform/job.ts';
import { jobStatus } from '../../../model/platform/job.ts';
import type { Json, JsonObject } from '../../../model/text/json.ts';
import { ShapeError, type JsonReader } from './json-reader.ts';

/** A job of the Queue API as a run, with the branch in which it ran. */
export interface DecodedJob {
  run: JobRun;
  /** `null` if the platform names none, which means the default branch. */
  branchId: string | null;
}

/**
 * Decodes a job of `GET /jobs` or `GET /jobs/{id}`. `null` if it has not finished. Only the id and the time
 * of the end are required. Any other field with an unexpected form is left out, so that one strange job does
 * not hide the others.
 */
export function decodeJob(job: JsonReader): DecodedJob | null {
  const runId = orNull(() => job.at('runId').id()) ?? orNull(() => job.at('id').id());
  const finishedAt = orNull(() => job.at('endTime').timeOrNull());
  if (runId === null || finishedAt === null) return null;
  const result = (): JsonReader => job.at('result').orEmpty();
  const status = jobStatus(orNull(() => job.at('status').textOrNull()) ?? 'unknown');
  const run: JobRun = {
    runId,
    parentRunId: orNull(() => job.at('parentRunId').textOrNull()),
    componentId: orNull(() => job.at('component').textOrNull()) ?? 'unknown',
    configId: orNull(() => (job.at('config').isAbsent ? null : job.at('config').id())),
    configVersion: configVersion(result),
    rowIds: each(
      () => job.at('configRowIds'),
      (id) => id.id(),
    ),
    status,
    createdAt: orNull(() => job.at('createdTime').timeOrNull()),
    startedAt: orNull(() => job.at('startTime').timeOrNull()),
    finishedAt,
    author: orNull(() => job.at('token').orEmpty().at('description').textOrNull()),
    error: status === 'SUCCESS' ? null : decodeError(result),
    inputs: decodeTables(() => result().at('input')),
    outputs: decodeTables(() => result().at('output')),
    stateDigest: null,
    artifactLinks: [],
    details: decodeDetails(job, status),
  };
  return {
    run,
    branchId: orNull(() => (job.at('branchId').isAbsent ? null : job.at('branchId').id())),
  };
}

function configVersion(result: () => JsonReader): number | null {
  // A number. In older answers, the same number as text.
  const version = orNull(() =>
    result().at('configVersion').isAbsent ? null : result().at('configVersion').id(),
  );
  return version !== null && /^[1-9][0-9]{0,14}$/.test(version) ? Number(version) : null;
}

function decodeError(result: () => JsonReader): JobRun['error'] {
  const message = orNull(() => result().at('message').textOrNull());
  if (message === null) return null;
  const exceptionId =
    orNull(() => result().at('error').orEmpty().at('exceptionId').textOrNull()) ??
    orNull(() => result().at('exceptionId').textOrNull());
  return { message, exceptionId };
}

function decodeTables(side: () => JsonReader): JobTable[] {
  return each(
    () => side().orEmpty().at('tables'),
    (table) => ({
      table: table.at('id').id(),
      columns: each(
        () => table.at('columns'),
        (column) => column.at('name').text(),
      ),
    }),
  );
}

/** Fields that are written unchanged, except for secrets with `#` keys, which are left out when rendering. */
const explaining = ['mode', 'type', 'tag', 'parallelism', 'backend', 'configData', 'metrics'];

function decodeDetails(job: JsonReader, status: string): JsonObject {
  const details: JsonObject = new Map();
  const fields = job.object();
  for (const name of explaining) {
    const value = fields.get(name);
    if (value !== undefined && !isEmpty(value)) details.set(name, value);
  }
  const values = each(
    () => job.at('variableValuesData').orEmpty().at('values'),
    (item): [string, Json] => [item.at('name').text(), item.object().get('value') ?? null],
  );
  // Written as an object, so that a variable whose name begins with `#` is recognised as a secret.
  if (values.length > 0) details.set('variableValues', new Map(values));
  const message = orNull(() => job.at('result').orEmpty().at('message').textOrNull());
  if (message !== null && status === 'SUCCESS') details.set('message', message);
  return details;
}

function isEmpty(value: Json): boolean {
  if (value === null || value === '') return true;
  if (Array.isArray(value)) return value.length === 0;
  return value instanceof Map && [...value.values()].every(isEmpty);
}

/** The result of `read`, or `null` if the form is unexpected. */
function orNull<T>(read: () => T | null): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof ShapeError) return null;
    throw error;
  }
}

/** The results of `read` for each item of a list. Items with an unexpected form are left out. */
function each<T>(list: () => JsonReader, read: (item: JsonReader) => T): T[] {
  const items = orNull(() => (list().isAbsent ? [] : list().items())) ?? [];
  return items.flatMap((item) => {
    const value = orNull(() => [read(item)]);
    return value ?? [];
  });
}
