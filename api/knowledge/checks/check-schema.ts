import { Type } from '@fastify/type-provider-typebox';
import { checkVerdicts } from '../../../model/knowledge/check.ts';
import { Id, Name, Nullable, OneOf, Strict, Time, Uuid } from '../../http/schema-parts.ts';
import { PromptParams } from '../prompts/prompt-schema.ts';
import { ReadFrom, RefQuery } from '../refs/ref-schema.ts';

const ShortText = Type.String({ minLength: 1, maxLength: 200 });

/** Which version of a prompt is checked. */
export const CheckBody = Strict({
  ...RefQuery.properties,
  env: Type.Optional(
    Type.String({ minLength: 1, maxLength: 200, description: 'As the environment of this name has it.' }), // prettier-ignore
  ),
  promote: Type.Optional(
    Strict(
      {
        entry: Type.Optional(ShortText),
        from: Type.Optional(ShortText),
      },
      {
        description:
          'As `env` would have it after this promotion, which is not made: `entry` and `from` are those of `actions/promote`.',
      },
    ),
  ),
  variant: Type.Optional(
    Type.String({
      ...{ minLength: 1, maxLength: 200 },
      description:
        'Only the examples of this variant. Without it, all variants, which a promotion may need.',
    }),
  ),
});

/** A run in a path. */
export const CheckParams = Type.Object({ ...PromptParams.properties, check: Uuid });

/** A run of a prompt's examples. */
export const CheckView = Type.Object({
  id: Uuid,
  space: Id,
  prompt: Type.String(),
  state: OneOf('waiting', 'running', 'done', 'failed', 'cancelled'),
  passed: Type.Boolean({ description: 'Whether every example passed.' }),
  examples: Type.Record(Type.String(), Type.Integer(), {
    description:
      'How many examples have each verdict: `passed`, `failed` (by their answer), `error` (they could not be run), `needs_person`, `waiting`.',
  }),
  blob: Type.String(),
  commit: Nullable(Type.String()),
  sources: Type.Array(Type.Omit(ReadFrom, ['kind']), {
    description: 'The blocks and includes of the text.',
  }),
  version: Type.String({ description: 'The digest of all of these.' }),
  environment: Nullable(Type.String()),
  variant: Nullable(Type.String({ description: '`null`: all of them.' })),
  model: Type.String(),
  origin: Type.String({ description: 'Where the model was asked.' }),
  by: Name,
  at: Time,
});

/** An example of a run. */
export const CheckResultView = Type.Object({
  example: Type.Integer({ description: 'Its number in the run.' }),
  name: Type.String(),
  variant: Nullable(Type.String()),
  input: Nullable(Type.String()),
  expected: Type.Array(Type.String()),
  verdict: Nullable(OneOf(...checkVerdicts)),
  reason: Nullable(Type.String({ description: 'Why; empty if it passed.' })),
  answer: Nullable(Type.String({ description: 'At most 50,000 characters of it.' })),
  at: Nullable(Time),
  judged: Nullable(
    Type.Object({
      by: Name,
      note: Type.String(),
      at: Time,
    }),
  ),
});

/** A run with its examples. */
export const CheckWithResults = Type.Object({
  ...CheckView.properties,
  results: Type.Array(CheckResultView),
});

/** What a person says of an answer. */
export const JudgeBody = Strict({
  example: Type.Integer({ minimum: 1, maximum: 1_000, description: 'Its number in the run.' }),
  passed: Type.Boolean(),
  note: Type.Optional(Type.String({ maxLength: 2_000, pattern: '^[^\\u0000]*$' })),
});
