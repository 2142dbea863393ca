import { jobSeconds, type JobRun, type JobTable } from '../../model/platform/job.ts';
import type { Json, JsonObject } from '../../model/text/json.ts';
import { formatJson, JsonError } from '../../model/text/ordered-json.ts';
import { artifactLink } from './artifact-link.ts';

/** The maximum length of a text in a run's file, in characters. */
const maxText = 10_000;
/** The maximum length of a run's `details`, in characters of JSON. */
const maxDetails = 100_000;
/** The maximum number of listed tables, columns, rows or links. */
const maxItems = 1_000;

/**
 * The content of a run's file, still including secrets. Its keys are in a fixed order, and empty values are
 * left out.
 */
export function runDocument(run: JobRun): JsonObject {
  const links = run.artifactLinks.flatMap((link) => artifactLink(link) ?? []);
  const fields: [string, Json][] = [
    ['runId', run.runId],
    ['parentRunId', run.parentRunId],
    ['status', run.status],
    ['componentId', run.componentId],
    ['configurationId', run.configId],
    ['configurationVersion', run.configVersion],
    ['rowIds', listed(run.rowIds)],
    ['author', run.author === null ? null : shortened(run.author)],
    ['createdAt', run.createdAt],
    ['startedAt', run.startedAt],
    ['finishedAt', run.finishedAt],
    ['durationSeconds', jobSeconds(run)],
    ['error', run.error === null ? null : errorDocument(run.error)],
    ['inputs', listed(run.inputs.map(tableDocument))],
    ['outputs', listed(run.outputs.map(tableDocument))],
    ['stateDigest', run.stateDigest],
    ['artifactLinks', listed([...new Set(links)])],
    ['details', boundedDetails(run.details)],
  ];
  return new Map(fields.filter(([, value]) => !saysNothing(value)));
}

function errorDocument({ message, exceptionId }: NonNullable<JobRun['error']>): JsonObject {
  return new Map<string, Json>([
    ['message', shortened(message)],
    ...(exceptionId === null ? [] : [['exceptionId', exceptionId] satisfies [string, Json]]),
  ]);
}

function tableDocument({ table, columns }: JobTable): JsonObject {
  return new Map<string, Json>([
    ['table', table],
    ...(columns.length === 0 ? [] : [['columns', listed(columns)] satisfies [string, Json]]),
  ]);
}

function boundedDetails(details: Json): Json {
  const bounded = boundedTexts(details);
  const size = sizeOf(bounded);
  if (size !== null && size <= maxDetails) return bounded;
  const what = size === null ? 'nested too deeply' : `${size} characters`;
  return `[left out by Gitward: ${what}; the platform has it]`;
}

/** The length of the JSON in characters, or `null` if it is nested too deeply to be written. */
function sizeOf(value: Json): number | null {
  try {
    // It is nested a few levels deeper in the file.
    return formatJson([[[value]]]).length;
  } catch (error) {
    if (error instanceof JsonError) return null;
    throw error;
  }
}

function boundedTexts(value: Json): Json {
  if (typeof value === 'string') return shortened(value);
  if (Array.isArray(value)) return value.map(boundedTexts);
  if (value instanceof Map)
    return new Map([...value].map(([key, item]) => [key, boundedTexts(item)]));
  return value;
}

/** Shortens a text that is too long, and says so at its end. */
function shortened(text: string): string {
  if (text.length <= maxText) return text;
  return `${text.slice(0, maxText)}… [cut by Gitward: ${text.length} characters in all]`;
}

/** The first items of a long list, followed by one that says how many were left out. */
function listed(items: readonly Json[]): Json[] {
  if (items.length <= maxItems) return [...items];
  return [...items.slice(0, maxItems), `[left out by Gitward: ${items.length - maxItems} more]`];
}

function saysNothing(value: Json): boolean {
  if (value === null) return true;
  if (Array.isArray(value)) return value.length === 0;
  return value instanceof Map && value.size === 0;
}
