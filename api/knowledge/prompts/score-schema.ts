import { Type } from '@fastify/type-provider-typebox';
import { Nullable, Strict, Time } from '../../http/schema-parts.ts';

/** One line, which the database can store. */
const Line = (maxLength: number, description?: string) =>
  Type.String({
    minLength: 1,
    maxLength,
    pattern: '^[^\\u0000-\\u001f\\u007f]+$',
    ...(description === undefined ? {} : { description }),
  });

/** What somebody says of a version of a prompt: a `value` or a `label`. */
export const ScoreBody = Strict({
  id: Type.Optional(
    Line(200, 'Chosen by you: posting the same again does nothing. Defaults to a generated one.'),
  ),
  name: Type.Optional(Line(100, 'What was judged; defaults to `helpful`.')),
  value: Type.Optional(Type.Number({ minimum: -1e6, maximum: 1e6 })),
  label: Type.Optional(Line(100)),
  comment: Type.Optional(Type.String({ maxLength: 2_000, pattern: '^[^\\u0000]*$' })),
  blob: Type.Optional(
    Type.String({
      pattern: '^[0-9a-f]{40}$',
      description: 'The version that was judged: the `blob` of the answer.',
    }),
  ),
  commit: Type.Optional(
    Type.String({ maxLength: 40, description: 'The version in this commit, instead of `blob`.' }),
  ),
  env: Type.Optional(
    Line(200, 'The environment that was read. Without `blob` and `commit`, its version now.'),
  ),
  arm: Type.Optional(Line(100, 'The arm that the answer named.')),
  key: Type.Optional(Line(500)),
  by: Type.Optional(Line(200, "Who judged; defaults to the caller's name.")),
  at: Type.Optional(Time),
});

/** A stored score. */
export const ScoreView = Type.Object({
  id: Type.String(),
  name: Type.String(),
  value: Nullable(Type.Number()),
  label: Nullable(Type.String()),
  comment: Nullable(Type.String()),
  blob: Type.String(),
  commit: Nullable(Type.String()),
  environment: Nullable(Type.String()),
  arm: Nullable(Type.String()),
  key: Nullable(Type.String()),
  by: Type.String(),
  at: Time,
});

/** The scores of one version, environment, arm and name. */
const ScoreSummaryView = Type.Object({
  blob: Type.String(),
  commit: Nullable(Type.String({ description: "The version's newest commit." })),
  at: Nullable(Time),
  environment: Nullable(Type.String()),
  arm: Nullable(Type.String()),
  name: Type.String(),
  count: Type.Integer(),
  mean: Nullable(Type.Number()),
  deviation: Nullable(Type.Number({ description: 'The standard deviation of a sample.' })),
  min: Nullable(Type.Number()),
  max: Nullable(Type.Number()),
  labels: Type.Record(Type.String(), Type.Integer()),
});

/** The scores of a prompt by version, newest first. */
export const ScoreList = Type.Object({ items: Type.Array(ScoreSummaryView) });
