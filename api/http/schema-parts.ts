import { Type, type TProperties, type TSchema } from '@fastify/type-provider-typebox';
import { idPattern } from '../../model/streams/ids.ts';
import { uuidPattern } from '../../model/text/uuid.ts';

/** An id from the platform. */
export const Id = Type.String({ pattern: idPattern });

/** An id that we generated. */
export const Uuid = Type.String({ pattern: uuidPattern });

/** The name of an entry kind. */
export const KindName = Type.String({ pattern: '^[a-z][a-z0-9-]{0,63}$' });

/** A name for people to read; one line. */
export const Name = Type.String({
  minLength: 1,
  maxLength: 200,
  // Control characters would break lists and logs; PostgreSQL cannot store NUL.
  pattern: '^[^\\u0000-\\u001f\\u007f]+$',
});

/**
 * A secret that is only ever received, never returned: printable ASCII, which headers can carry. A
 * shorter one is no secret, and hiding it wherever it appears would spoil other texts.
 */
export const Secret = Type.String({
  minLength: 8,
  maxLength: 4_096,
  pattern: '^[\\u0021-\\u007e]+$',
  writeOnly: true,
});

/** An e-mail address, checked roughly: the mail server has the last word. */
export const Email = Type.String({
  maxLength: 254,
  pattern: '^[^\\s\\u0000-\\u001f\\u007f@<>,;]+@[^\\s\\u0000-\\u001f\\u007f@<>,;]+$',
});

/** A time in answers: ISO 8601 in UTC. */
export const Time = Type.String({ format: 'date-time' });

/** The value or `null`. */
export function Nullable<T extends TSchema>(schema: T, options: { description?: string } = {}) {
  return Type.Union([schema, Type.Null()], options);
}

/** One of these words. */
export function OneOf<const T extends string[]>(...values: T) {
  return Type.Unsafe<T[number]>({ type: 'string', enum: values });
}

/** An object in a request; unknown fields are errors. */
export function Strict<T extends TProperties>(properties: T, options: object = {}) {
  return Type.Object(properties, { additionalProperties: false, ...options });
}

/** A page of items. */
export function PageOf<T extends TSchema>(item: T) {
  return Type.Object({ items: Type.Array(item), nextCursor: Nullable(Type.String()) });
}

/** How many there are, and the first of them: see `Listed` in `model/mirror/preview.ts`. */
export function ListedView<T extends TSchema>(item: T) {
  return Type.Object({
    count: Type.Integer(),
    first: Type.Array(item, { description: 'At most 100.' }),
  });
}

/** What every problem looks like (RFC 9457). */
export const Problem = Type.Object({
  code: Type.String({ description: 'Stable; meant for programs.' }),
  title: Type.String(),
  status: Type.Integer(),
  detail: Type.String({ description: 'What happened and what to do; meant for people.' }),
  requestId: Type.String(),
  errors: Type.Optional(
    Type.Array(Type.Object({ pointer: Type.String(), message: Type.String() })),
  ),
});

/** The answer of a stream of server-sent events; the schema is that of each event. */
export const eventsAnswer = {
  description: 'Events',
  content: {
    'text/event-stream': {
      schema: Type.Object({
        event: Type.String({ description: 'What it is called.' }),
        data: Type.String({ description: 'JSON.' }),
      }),
    },
  },
};

/** No content. */
export const Empty = Type.Null({ description: 'Done' });

/** A project in a path. */
export const ProjectParams = Type.Object({ project: Id });
/** A mirror in a path. */
export const MirrorParams = Type.Object({
  project: Id,
  branch: Type.String({
    pattern: idPattern,
    description: "The branch's id, or `default` for the project's default branch.",
  }),
});
