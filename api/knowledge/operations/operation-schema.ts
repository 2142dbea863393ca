import { Type } from '@fastify/type-provider-typebox';
import { tableLimits } from '../../../knowledge/import/csv-bounds.ts';
import { importLimits } from '../../../knowledge/import/import-files.ts';
import { Id, Name, Nullable, OneOf, PageOf, Strict, Time, Uuid } from '../../http/schema-parts.ts';

const dryRun = Type.Optional(
  Type.Boolean({ default: false, description: 'Only report what it would do.' }),
);

/** The body of an export or a sync. */
export const OperationBody = Strict({ dryRun });

/** The body of an import: either `items`, or a table as `format` and `content`. */
export const ImportBody = Strict({
  dryRun,
  kind: Type.Optional(
    Type.String({
      maxLength: 64,
      description: 'The kind of table rows, and of files that are not in the folder of a kind.',
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
          maxLength: importLimits.name,
          description: "The file's path below the space's root, such as `customers/acme.md`.",
        }),
        content: Type.String({ description: "The file's text." }),
      }),
      { maxItems: importLimits.items },
    ),
  ),
  format: Type.Optional(OneOf('csv', 'json')),
  content: Type.Optional(
    Type.String({
      description:
        'CSV with a header row, or JSON: a list of objects, or an object that contains such a list. Column names are field names.',
    }),
  ),
  columns: Type.Optional(
    // A record would only check names of one line.
    Type.Unsafe<Record<string, string | null>>({
      type: 'object',
      additionalProperties: Nullable(
        Type.String({ minLength: 1, maxLength: tableLimits.columnName }),
      ),
      maxProperties: tableLimits.columns,
      description:
        'Where columns of the table go, by their names: to the field of this name, to the text (`body`), or nowhere (`null`). Others go to the field that is called as they are.',
    }),
  ),
});

/** An item of an operation in answers. */
export const OperationItemView = Type.Object({
  name: Type.String(),
  place: Nullable(
    Type.String({ description: 'Where it is in its table: `line 3` in CSV, `item 2` in JSON.' }),
  ),
  entryId: Nullable(Type.String()),
  outcome: Nullable(Type.String({ description: '`null` while it is waiting.' })),
  message: Nullable(Type.String()),
});

/** An operation and its progress. */
export const OperationView = Type.Object({
  id: Uuid,
  space: Id,
  type: OneOf('export', 'sync', 'import', 'check'),
  dryRun: Type.Boolean(),
  state: OneOf('waiting', 'running', 'done', 'failed', 'cancelled'),
  percent: Type.Integer({ description: '100 only when it is done.' }),
  total: Type.Integer(),
  done: Type.Integer(),
  counts: Type.Record(Type.String(), Type.Integer(), {
    description: 'Number of items by outcome: `created`, `changed`, `unchanged`, `failed`, …',
  }),
  current: Nullable(Type.String({ description: 'The item that is being worked on.' })),
  by: Name,
  startedAt: Time,
  endedAt: Nullable(Time),
  failure: Nullable(Type.Object({ code: Type.String(), message: Type.String() })),
  errors: Type.Array(OperationItemView, {
    description:
      'The first 100 items that someone has to look at: `failed`, `error`, `conflict`, `invalid`.',
  }),
});

/** An operation with a page of its items, if that was requested. */
export const OperationWithItems = Type.Object({
  ...OperationView.properties,
  items: Type.Optional(PageOf(OperationItemView)),
});

/** An operation in a path. */
export const OperationParams = Type.Object({ space: Id, operation: Uuid });
