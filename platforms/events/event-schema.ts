import { Type, type Static, type TSchema } from 'typebox';
import { idPattern } from '../../model/streams/ids.ts';
import { timePattern } from '../../model/text/time.ts';

const Id = Type.String({ pattern: idPattern });

/** Fractions of a second are kept to the millisecond. */
const EventTime = Type.String({ pattern: timePattern, description: 'ISO 8601 with a time zone.' });
const Text = Type.String({ maxLength: 10_000 });
const Author = Type.Optional(Nullable(Type.String({ maxLength: 1_000 })));
const Version = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER });
/** The ids of buckets and tables are longer than other ids: `in.c-<bucket>.<table>`. */
const StorageId = Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,255}$' });
const Tables = Type.Array(
  Type.Object({ table: StorageId, columns: Type.Optional(Type.Array(Type.String())) }),
);

const branch = {
  projectId: Id,
  branchId: Id,
  traceparent: Type.Optional(
    Type.Unknown({
      description:
        "The publisher's trace context, as W3C's `traceparent`; anything else is ignored. It counts before the header of that name.",
    }),
  ),
};

/** A configuration (or a row of it) has a new version, or changed without one: it was deleted, say, or has other metadata. */
export const ConfigChanged = Type.Object({
  type: Type.Literal('config_changed'),
  ...branch,
  componentId: Id,
  configId: Id,
  newVersion: Type.Optional(Version),
  eventId: Type.Optional(
    Type.String({
      pattern: idPattern,
      description: 'Of a change that has no version of its own; required without `newVersion`.',
    }),
  ),
  author: Author,
  committedAt: EventTime,
  diffRef: Type.Optional(Nullable(Text)),
  changeDescription: Type.Optional(Nullable(Text)),
  description: Type.Optional(Nullable(Text)),
});

/** A job ended. */
export const JobFinished = Type.Object({
  type: Type.Literal('job_finished'),
  ...branch,
  componentId: Id,
  configId: Type.Optional(Nullable(Id)),
  configVersion: Type.Optional(Nullable(Version)),
  runId: Id,
  status: Type.String({
    pattern: '^[A-Za-z][A-Za-z_]{0,31}$',
    description: 'SUCCESS, FAILED, CANCELLED, or another status of the platform.',
  }),
  author: Author,
  startedAt: Type.Optional(Nullable(EventTime)),
  finishedAt: EventTime,
  inputs: Type.Optional(Tables),
  outputs: Type.Optional(Tables),
  stateDigest: Type.Optional(Nullable(Type.String({ pattern: '^(sha256:)?[0-9a-fA-F]{64}$' }))),
  artifactLinks: Type.Optional(Type.Array(Text)),
});

/** A bucket or a table changed. */
export const StorageChanged = Type.Object({
  type: Type.Literal('storage_changed'),
  ...branch,
  tableId: Type.Optional(Nullable(StorageId)),
  bucketId: Type.Optional(Nullable(StorageId)),
  kind: OneOf('created', 'changed', 'imported', 'deleted'),
  author: Author,
  committedAt: EventTime,
  eventId: Id,
});

/** A branch of the project was created, deleted or renamed. */
export const BranchChanged = Type.Object({
  type: Type.Literal('branch_changed'),
  ...branch,
  kind: OneOf('created', 'renamed', 'merged', 'deleted'),
  author: Author,
  committedAt: EventTime,
  eventId: Id,
});

/** Any of these events. Additional fields are kept. */
export type Event = Static<
  typeof ConfigChanged | typeof JobFinished | typeof StorageChanged | typeof BranchChanged
>;

function Nullable<T extends TSchema>(schema: T) {
  return Type.Union([schema, Type.Null()]);
}

function OneOf<const T extends string[]>(...values: T) {
  return Type.Unsafe<T[number]>({ type: 'string', enum: values });
}
