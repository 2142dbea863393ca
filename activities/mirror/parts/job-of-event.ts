import { jobStatus, type JobRun, type JobTable } from '../../../model/platform/job.ts';

/**
 * The run that a `job_finished` event reports, from the original event. Its known fields were checked when
 * it was accepted; all others (such as an `error`, which some senders include) may be anything.
 */
export function jobOfEvent(body: Uint8Array): JobRun {
  const event = JSON.parse(Buffer.from(body).toString('utf8')) as JobFinishedBody;
  const status = jobStatus(event.status);
  return {
    runId: event.runId,
    parentRunId: typeof event.parentRunId === 'string' ? event.parentRunId : null,
    componentId: event.componentId,
    configId: event.configId ?? null,
    configVersion: event.configVersion ?? null,
    rowIds: [],
    status,
    createdAt: null,
    startedAt: event.startedAt == null ? null : inUtcOrNull(event.startedAt),
    finishedAt: inUtc(event.finishedAt),
    author: event.author ?? null,
    error: status === 'SUCCESS' ? null : errorOf(event.error),
    inputs: (event.inputs ?? []).map(tableOf),
    outputs: (event.outputs ?? []).map(tableOf),
    stateDigest: event.stateDigest?.replace(/^sha256:/, '').toLowerCase() ?? null,
    artifactLinks: event.artifactLinks ?? [],
    details: new Map(),
  };
}

interface JobFinishedBody {
  componentId: string;
  configId?: string | null;
  configVersion?: number | null;
  runId: string;
  parentRunId?: unknown;
  status: string;
  author?: string | null;
  startedAt?: string | null;
  finishedAt: string;
  inputs?: { table: string; columns?: string[] }[];
  outputs?: { table: string; columns?: string[] }[];
  stateDigest?: string | null;
  artifactLinks?: string[];
  error?: unknown;
}

function tableOf({ table, columns = [] }: { table: string; columns?: string[] }): JobTable {
  return { table, columns };
}

/** The error from a message, or from an object that has one. */
function errorOf(error: unknown): JobRun['error'] {
  if (typeof error === 'string' && error !== '') return { message: error, exceptionId: null };
  if (typeof error !== 'object' || error === null || !('message' in error)) return null;
  const { message } = error;
  if (typeof message !== 'string' || message === '') return null;
  const exceptionId =
    'exceptionId' in error && typeof error.exceptionId === 'string' ? error.exceptionId : null;
  return { message, exceptionId };
}

/** An invalid time must not stop all the other runs. */
function inUtcOrNull(time: string): string | null {
  try {
    return inUtc(time);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** ISO 8601 in UTC with milliseconds; accepted events may use a comma, or a zone without a colon. */
function inUtc(time: string): string {
  const usual = time.replace(',', '.').replace(/([+-]\d{2})(\d{2})$/, '$1:$2');
  return new Date(usual).toISOString();
}
