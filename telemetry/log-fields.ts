import { displayKey, type Change } from '../model/mirror/events.ts';
import { mirrorOfStream, type MirrorKey } from '../model/mirror/ids.ts';
import { spaceOfStream } from '../model/knowledge/ids.ts';
import type { StreamId } from '../model/streams/ids.ts';
import type { QueueName } from '../model/telemetry/queues.ts';
import { traceIdOf } from './spans.ts';

/** What lines of the log say, under the same names in every part of Gitward. */
export interface LogFields {
  /** A change's key, as in the API's list of changes: project, branch, component, version. */
  event_id?: string;
  project_id?: string;
  branch_id?: string;
  space_id?: string;
  queue_name?: QueueName;
  commit_sha?: string | null;
  /** From when the platform published the change. */
  latency_ms?: number;
  /** How many attempts failed before. */
  retry_count?: number;
  /** Names one failure. */
  exception_id?: string;
  /** Of a failure. */
  code?: string;
  outage_id?: string;
  trace_id?: string;
  /** The line stands for so many changes. */
  sample_rate?: number;
}

/** The part of a change that the log tells. */
export type LoggedChange = Pick<
  Change,
  'projectId' | 'branchId' | 'componentId' | 'versionIdentifier'
> & { traceparent?: string | null | undefined; loggedOneIn?: number | null | undefined };

/** The fields of a line about a change. */
export function changeFields(change: LoggedChange): LogFields {
  const { traceparent = null, loggedOneIn } = change;
  return {
    event_id: displayKey(change),
    queue_name: 'mirrors',
    ...mirrorFields(change),
    ...traceFields(traceparent),
    ...(loggedOneIn == null ? {} : { sample_rate: loggedOneIn }),
  };
}

/** The trace of a line, unless it belongs to none. */
export function traceFields(traceparent: string | null): LogFields {
  const trace_id = traceIdOf(traceparent);
  return trace_id === undefined ? {} : { trace_id };
}

/** The fields of a line about a mirror. */
export function mirrorFields({ projectId, branchId }: MirrorKey): LogFields {
  return { project_id: projectId, branch_id: branchId };
}

/** The fields of a line about a mirror or a space. */
export function streamFields(stream: StreamId): LogFields {
  const mirror = mirrorOfStream(stream);
  if (mirror !== null) return mirrorFields(mirror);
  const spaceId = spaceOfStream(stream);
  return spaceId === null ? {} : { space_id: spaceId };
}
