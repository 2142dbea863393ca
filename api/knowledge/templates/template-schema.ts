import { Type } from '@fastify/type-provider-typebox';
import { Id, Nullable, Strict } from '../../http/schema-parts.ts';
import { Values } from '../prompts/prompt-schema.ts';
import { readBy, ReadFrom } from '../refs/ref-schema.ts';

/** A template in a path; an invalid id is simply not found. */
export const TemplateParams = Type.Object({
  space: Id,
  template: Type.String({ minLength: 1, maxLength: 200 }),
});

/** What a template is filled with. */
export const FillBody = Strict({ values: Values });

const Slide = Type.Object({
  title: Type.String({ description: '`""` for what comes before the first heading.' }),
  text: Type.String({ description: 'Its paragraphs and further headings, a line each.' }),
  bullets: Type.Array(
    Type.Object({
      level: Type.Integer({ description: '0 for items that are in no other item.' }),
      text: Type.String(),
    }),
  ),
  notes: Type.String({ description: 'What follows `Notes:`; `""` if there are none.' }),
});

/** A filled template. */
export const FilledView = Type.Object({
  ...ReadFrom.properties,
  environment: readBy.environment,
  body: Type.String(),
  includes: Type.Array(ReadFrom),
  outline: Nullable(
    Type.Object({
      presentationId: Nullable(Type.String({ description: 'The id of the original.' })),
      slideIds: Type.Array(Type.String()),
      slides: Type.Array(Slide),
    }),
  ),
});
