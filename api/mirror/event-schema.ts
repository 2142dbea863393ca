import { Type, type TSchema } from '@fastify/type-provider-typebox';
import type { Platforms } from '../../platforms/platform.ts';
import { OneOf } from '../http/schema-parts.ts';

/** Most events that one request may hold. */
export const maxEvents = 1_000;

/** What `POST /v1/events` takes, by the events of all platforms; each event of an array is judged on its own. */
export function eventsBody({ all }: Platforms) {
  const schemas = new Set(all.flatMap(({ events }) => Object.values<TSchema>(events.schemas)));
  const Event = Type.Union([...schemas]);
  return Type.Union([Event, Type.Array(Event, { maxItems: maxEvents })]);
}

/** What it answers. */
export const EventsAnswer = Type.Object({
  accepted: Type.Integer(),
  duplicates: Type.Integer({ description: 'Known already, from before or from this request.' }),
  rejected: Type.Array(
    Type.Object({
      index: Type.Integer({ description: 'Place in the array, from 0.' }),
      code: OneOf('invalid_event', 'mirror_not_found', 'project_forbidden'),
      message: Type.String(),
    }),
  ),
});
