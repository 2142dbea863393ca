import { Compile } from 'typebox/compile';
import {
  BranchChanged,
  ConfigChanged,
  JobFinished,
  StorageChanged,
  type Event,
} from './event-schema.ts';
import type { Judgement } from './judgement.ts';
import { parseTime } from '../../model/text/time.ts';

const validators = {
  config_changed: Compile(ConfigChanged),
  job_finished: Compile(JobFinished),
  storage_changed: Compile(StorageChanged),
  branch_changed: Compile(BranchChanged),
};

/** A clock that runs fast must not date all later commits, because no commit is older than its parent. */
const tolerance = 24 * 60 * 60 * 1_000;

/** Validates one of Gitward's own events against the fields of its type. */
export function judgeEvent(event: unknown, now: Date): Judgement {
  const type = typeof event === 'object' && event !== null && 'type' in event ? event.type : null;
  if (!isType(type)) return invalid(`/type must be one of ${Object.keys(validators).join(', ')}.`);
  const validator = validators[type];
  if (!validator.Check(event)) {
    const [first] = validator.Errors(event);
    return invalid(first ? `${first.instancePath || 'The event'} ${first.message}.` : 'Not valid.');
  }
  return changeOf(event, now);
}

function changeOf(event: Event, now: Date): Judgement {
  const occurredAt = timeOfGit(
    event.type === 'job_finished' ? event.finishedAt : event.committedAt,
  );
  const field = event.type === 'job_finished' ? '/finishedAt' : '/committedAt';
  if (occurredAt === null) return invalid(`${field} is not a valid time.`);
  if (occurredAt.getTime() > now.getTime() + tolerance)
    return invalid(`${field} is more than a day in the future.`);
  if (
    event.type === 'job_finished' &&
    event.startedAt != null &&
    timeOfGit(event.startedAt) === null
  )
    return invalid('/startedAt is not a valid time.');
  const common = {
    projectId: event.projectId,
    branchId: event.branchId,
    author: line(event.author, 300),
    occurredAt: occurredAt.toISOString(),
  };
  switch (event.type) {
    case 'config_changed': {
      // Without a version of its own, only a reading that began later is known to contain it.
      const version = event.eventId === undefined ? (event.newVersion ?? null) : null;
      const identifier =
        event.eventId ?? (version === null ? null : `${event.configId}@${version}`);
      if (identifier === null) return invalid('The event must have /newVersion or /eventId.');
      return {
        kind: 'change',
        incarnation: common.occurredAt,
        change: {
          ...common,
          type: event.type,
          componentId: event.componentId,
          configId: event.configId,
          versionIdentifier: identifier,
          version,
          description: text(event.changeDescription ?? event.description),
        },
      };
    }
    case 'job_finished':
      return {
        kind: 'change',
        incarnation: '',
        change: {
          ...common,
          type: event.type,
          componentId: event.componentId,
          configId: event.configId ?? null,
          versionIdentifier: event.runId,
          version: null,
          description: `job ${event.runId} ${event.status}`,
        },
      };
    case 'storage_changed': {
      const object = event.tableId ?? event.bucketId;
      if (object == null) return invalid('/tableId or /bucketId is missing.');
      const what = event.tableId == null ? 'bucket' : 'table';
      return {
        kind: 'change',
        incarnation: '',
        change: {
          ...common,
          type: event.type,
          componentId: null,
          configId: null,
          versionIdentifier: event.eventId,
          version: null,
          description: `${what} ${object} ${event.kind}`,
        },
      };
    }
    case 'branch_changed':
      return {
        kind: 'change',
        incarnation: '',
        change: {
          ...common,
          type: event.type,
          componentId: null,
          configId: null,
          versionIdentifier: event.eventId,
          version: null,
          description: `branch ${event.kind}`,
        },
      };
  }
}

/** The time if a commit can have it, otherwise `null`. */
function timeOfGit(text: string): Date | null {
  const time = parseTime(text);
  // Git stores seconds since 1970.
  return time !== null && time.getTime() >= 0 ? time : null;
}

/** A text that PostgreSQL can store (without NUL), shortened. `null` if nothing is left. */
function text(value: string | null | undefined, length = 1_000): string | null {
  const kept = (value ?? '').replaceAll('\u0000', '').trim().slice(0, length);
  return kept === '' ? null : kept;
}

function line(value: string | null | undefined, length: number): string | null {
  return text(value?.replace(/\s+/g, ' '), length);
}

function isType(type: unknown): type is keyof typeof validators {
  return typeof type === 'string' && Object.hasOwn(validators, type);
}

function invalid(message: string): Judgement {
  return { kind: 'invalid', message };
}
