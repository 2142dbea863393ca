import { Type, type TSchema } from '@fastify/type-provider-typebox';
import type { Platforms } from '../../platforms/platform.ts';
import { OneOf } from '../http/schema-parts.ts';

/** The most events that one request may contain. */
export const maxEvents = 1_000;

/**
 * The body of `POST /v1/events`: the events of all platforms. Each event of an array is checked
 * separately.
 */
export function eventsBody({ all }: Platforms) {
  const schemas = new Set(all.flatMap(({ events }) => Object.values<TSchema>(events.schemas)));
  const Event = Type.Union([...schemas]);
  return Type.Union([Event, Type.Array(Event, { maxItems: maxEvents })]);
}

/** The answer of `POST /v1/events`. */
export const EventsAnswer = Type.Object({
  accepted: Type.Integer(),
  duplicates: Type.Integer({
    description: 'Already known, from an earlier request or from this one.',
  }),
  rejected: Type.Array(
    Type.Object({
      index: Type.Integer({ description: 'Position in the array, from 0.' }),
      code: OneOf('invalid_event', 'mirror_not_found', 'project_forbidden'),
      message: Type.String(),
    }),
  ),
});
