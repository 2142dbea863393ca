import { Type } from '@fastify/type-provider-typebox';
import { variableTypes } from '../../../knowledge/templates/variables.ts';
import { Id, Nullable, OneOf, Strict } from '../../http/schema-parts.ts';
import { ArmQuery, readBy, ReadFrom } from '../refs/ref-schema.ts';

/** A prompt in a path; an invalid id is simply not found. */
export const PromptParams = Type.Object({
  space: Id,
  prompt: Type.String({ minLength: 1, maxLength: 200 }),
});

const Variant = Type.String({
  minLength: 1,
  maxLength: 200,
  description: 'One of the names in its field `variants`. Without it, the text is the whole one.',
});

/** Which text of a prompt to show. */
export const PromptQuery = Type.Object({
  ...ArmQuery.properties,
  variant: Type.Optional(Variant),
});

/** A prompt's text, or that of a variant. */
export const PromptView = Type.Object({
  ...ReadFrom.properties,
  ...readBy,
  title: Type.String(),
  variant: Nullable(Type.String()),
  variants: Type.Array(Type.String(), { description: 'The names of all its variants.' }),
  body: Type.String({ description: 'As in the file: includes are not resolved.' }),
});

/** What is filled in, by the names of variables. */
export const Values = Type.Optional(
  Type.Record(Type.String({ maxLength: 200 }), Type.Unknown(), {
    description: 'What is filled in, by the names of the variables.',
  }),
);

/** A variable that a text can be filled with. */
const VariableView = Type.Object({
  name: Type.String(),
  description: Nullable(Type.String()),
  type: Nullable(OneOf(...variableTypes)),
  required: Type.Boolean(),
  default: Type.Unknown({ description: 'What it is if no value is given; `null`: nothing.' }),
  fields: Type.Array(Type.String(), {
    description: 'What the text takes from each item of a list, if its items are objects.',
  }),
});

/** What a prompt or template can be filled with. */
export const VariablesView = Type.Object({
  ...ReadFrom.properties,
  environment: readBy.environment,
  variables: Type.Array(VariableView, {
    description: 'Its own, and those of its blocks and of what it includes.',
  }),
});

/** How a prompt is rendered. */
export const RenderBody = Strict({ variant: Type.Optional(Variant), values: Values });

/** A prompt with its blocks, includes and values. */
export const RenderedPromptView = Type.Object({
  ...ReadFrom.properties,
  ...readBy,
  variant: Nullable(Type.String()),
  body: Type.String(),
  blocks: Type.Array(ReadFrom, { description: 'The blocks that were joined, in their order.' }),
  includes: Type.Array(ReadFrom),
});
