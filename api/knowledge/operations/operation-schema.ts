import { Type } from '@fastify/type-provider-typebox';
import { Id, Name, Nullable, OneOf, PageOf, Strict, Time, Uuid } from '../../http/schema-parts.ts';

/** Items of one import. */
export const mostItems = 50_000;

const dryRun = Type.Optional(
  Type.Boolean({ default: false, description: 'Only report what it would do.' }),
);

/** The body of an export, and of a sync. */
export const OperationBody = Strict({ dryRun });

/** The body of an import: `items`, or a table as `format` and `content`. */
export const ImportBody = Strict({
  dryRun,
  kind: Type.Optional(
    Type.String({
      maxLength: 64,
      description: 'The kind of the rows of a table, and of files outside the folders of kinds.',
    }),
  ),
  update: Type.Optional(
    Type.Boolean({ default: true, description: 'Whether existing entries are changed.' }),
  ),
  items: Type.Optional(
    Type.Array(
      Strict({
        name: Type.String({
          minLength: 1,
          maxLength: 1_000,
          description: "The file's path below the space's root, such as `customers/acme.md`.",
        }),
        content: Type.String({ description: "The file's text." }),
      }),
      { maxItems: mostItems },
    ),
  ),
  format: Type.Optional(OneOf('csv', 'json')),
  content: Type.Optional(
    Type.String({
      description:
        'CSV with a header, or JSON: a list of objects, or an object with one. Columns are fields by their names.',
    }),
  ),
});

/** An item of an operation in answers. */
export const OperationItemView = Type.Object({
  name: Type.String(),
  entryId: Nullable(Type.String()),
  outcome: Nullable(Type.String({ description: '`null`: it waits.' })),
  message: Nullable(Type.String()),
});

/** How far an operation is. */
export const OperationView = Type.Object({
  id: Uuid,
  space: Id,
  type: OneOf('export', 'sync', 'import'),
  dryRun: Type.Boolean(),
  state: OneOf('waiting', 'running', 'done', 'failed', 'cancelled'),
  percent: Type.Integer({ description: '100 only when it is done.' }),
  total: Type.Integer(),
  done: Type.Integer(),
  counts: Type.Record(Type.String(), Type.Integer(), {
    description: 'How many items had which outcome: `created`, `changed`, `unchanged`, `failed`, …',
  }),
  current: Nullable(Type.String({ description: 'The item that is being worked on.' })),
  by: Name,
  startedAt: Time,
  endedAt: Nullable(Time),
  failure: Nullable(Type.Object({ code: Type.String(), message: Type.String() })),
  errors: Type.Array(OperationItemView, {
    description:
      'The first 100 items that a person has to look at: `failed`, `conflict`, `invalid`.',
  }),
});

/** An operation with a page of its items, where that was asked for. */
export const OperationWithItems = Type.Object({
  ...OperationView.properties,
  items: Type.Optional(PageOf(OperationItemView)),
});

/** The path of an operation. */
export const OperationParams = Type.Object({ space: Id, operation: Uuid });
