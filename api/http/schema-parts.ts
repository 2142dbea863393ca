import { Type, type TProperties, type TSchema } from '@fastify/type-provider-typebox';
import { idPattern } from '../../model/streams/ids.ts';
import { uuidPattern } from '../../model/text/uuid.ts';

/** An id of the platform. */
export const Id = Type.String({ pattern: idPattern });

/** An id that we made. */
export const Uuid = Type.String({ pattern: uuidPattern });

/** The name of a kind of entries. */
export const KindName = Type.String({ pattern: '^[a-z][a-z0-9-]{0,63}$' });

/** A name that people read: one line. */
export const Name = Type.String({
  minLength: 1,
  maxLength: 200,
  // Controls would break lists and logs; PostgreSQL cannot hold NUL.
  pattern: '^[^\\u0000-\\u001f\\u007f]+$',
});

/** A secret that comes in and never goes out: printable ASCII, as headers can carry. */
export const Secret = Type.String({
  minLength: 1,
  maxLength: 4_096,
  pattern: '^[\\u0021-\\u007e]+$',
  writeOnly: true,
});

/** An e-mail address, roughly: the mail server has the last word. */
export const Email = Type.String({
  maxLength: 254,
  pattern: '^[^\\s\\u0000-\\u001f\\u007f@<>,;]+@[^\\s\\u0000-\\u001f\\u007f@<>,;]+$',
});

/** A time in answers: ISO 8601 in UTC. */
export const Time = Type.String({ format: 'date-time' });

/** The value or `null`. */
export function Nullable<T extends TSchema>(schema: T) {
  return Type.Union([schema, Type.Null()]);
}

/** One of these words. */
export function OneOf<const T extends string[]>(...values: T) {
  return Type.Unsafe<T[number]>({ type: 'string', enum: values });
}

/** An object of a request: fields that we do not know are mistakes. */
export function Strict<T extends TProperties>(properties: T, options: object = {}) {
  return Type.Object(properties, { additionalProperties: false, ...options });
}

/** A page of items. */
export function PageOf<T extends TSchema>(item: T) {
  return Type.Object({ items: Type.Array(item), nextCursor: Nullable(Type.String()) });
}

/** What every refusal looks like (RFC 9457). */
export const Problem = Type.Object({
  code: Type.String({ description: 'Stable: meant for programs.' }),
  title: Type.String(),
  status: Type.Integer(),
  detail: Type.String({ description: 'What happened, and what to do. Meant for people.' }),
  requestId: Type.String(),
  errors: Type.Optional(
    Type.Array(Type.Object({ pointer: Type.String(), message: Type.String() })),
  ),
});

/** The description of refusals, beside a route's own answers. */
export const refusals = {
  '4xx': {
    description: 'Refused',
    content: { 'application/problem+json': { schema: Problem } },
  },
  '5xx': {
    description: 'Failed',
    content: { 'application/problem+json': { schema: Problem } },
  },
} as const;

/** No content. */
export const Empty = Type.Null({ description: 'Done' });

/** The paths' parameters. */
export const ProjectParams = Type.Object({ project: Id });
/** A mirror in a path. */
export const MirrorParams = Type.Object({
  project: Id,
  branch: Type.String({
    pattern: idPattern,
    description: "The branch's id, or `default`, for which the source is asked once.",
  }),
});
