import { Type } from '@fastify/type-provider-typebox';
import { syncStatuses } from '../../../model/knowledge/sync-status.ts';
import { PageQuery } from '../../http/paging.ts';
import { Id, KindName, Nullable, OneOf, Strict, Time } from '../../http/schema-parts.ts';

/** An entry in a path; what is no entry's id is not found. */
export const EntryParams = Type.Object({
  space: Id,
  entry: Type.String({ minLength: 1, maxLength: 200 }),
});

const Blob = Type.String({
  pattern: '^[0-9a-f]{40}$',
  description: "Git's id of the entry's bytes: what an edit gives as its `base`.",
});
const Fields = Type.Record(Type.String({ minLength: 1, maxLength: 200 }), Type.Unknown());
const Text = Type.String({ maxLength: 1_048_576 });
const Message = Type.Optional(
  Type.String({
    maxLength: 2_000,
    description: 'What the commit says; by default it describes the change.',
  }),
);

/** Which entries are listed, and how. */
export const EntryQuery = Type.Object({
  ...PageQuery.properties,
  kind: Type.Optional(KindName),
  status: Type.Optional(OneOf(...syncStatuses)),
  q: Type.Optional(
    Type.String({
      maxLength: 500,
      description:
        'Words of the text (the last may be the beginning of one), and fields: `acme tier:gold owners.name:"Eva Nová"`.',
    }),
  ),
  sort: Type.Optional(
    Type.String({
      pattern: '^-?[A-Za-z_][A-Za-z0-9_-]{0,63}$',
      description:
        '`title` (the default), `updated`, `id` or a field; `-` in front reverses the order.',
    }),
  ),
});

/** What an entry is to look like, if not as it is now. */
export const MomentQuery = Type.Object({
  ref: Type.Optional(Type.String({ maxLength: 64, description: 'As of this commit.' })),
  at: Type.Optional(
    Type.String({ maxLength: 64, description: 'As of a date, or `1w`, `1m`, `6m`, `1y` ago.' }),
  ),
});

/** Whether an answer waits for the commit. */
export const WaitQuery = Type.Object({
  wait: Type.Optional(OneOf('commit')),
});

const Problem = Type.Object({
  code: Type.String(),
  line: Type.Integer(),
  pointer: Type.String(),
  message: Type.String(),
});

const listed = {
  id: Type.String(),
  kind: Type.String(),
  path: Type.String(),
  title: Type.String(),
  fields: Type.Record(Type.String(), Type.Unknown()),
  blob: Nullable(Type.String({ description: '`null` where the entry is removed.' })),
  syncStatus: OneOf(...syncStatuses),
  lastSyncedAt: Nullable(Time),
  gitCommitSha: Nullable(Type.String({ description: 'The last commit that changed it.' })),
  updatedAt: Time,
  updatedBy: Nullable(Type.String()),
};

/** An entry in a list. */
export const EntryItem = Type.Object(listed);

/** An entry with its text. */
export const EntryView = Type.Object({
  ...listed,
  body: Type.String(),
  text: Nullable(Type.String({ description: '`null` where it is not UTF-8, or more than 1 MiB.' })),
  commit: Nullable(
    Type.String({ description: 'The commit that made this version; `null` while it waits.' }),
  ),
  problems: Type.Array(Problem),
  failure: Nullable(Type.Object({ code: Type.String(), message: Type.String() })),
});

/** A new entry. */
export const NewEntryBody = Strict({
  kind: Type.String({ minLength: 1, maxLength: 64 }),
  slug: Type.Optional(
    Type.String({ minLength: 1, maxLength: 200, description: "The file's name." }),
  ),
  fields: Fields,
  body: Type.Optional(Text),
  message: Message,
});

/** A change of an entry. */
export const EditBody = Strict({
  base: Blob,
  fields: Type.Optional(
    Type.Record(Type.String({ minLength: 1, maxLength: 200 }), Type.Unknown(), {
      description: 'Only those that change; `null` removes one.',
    }),
  ),
  body: Type.Optional(Text),
  text: Type.Optional(Text),
  message: Message,
});

/** What a removal is of. */
export const RemoveQuery = Type.Object({
  base: Blob,
  message: Message,
  ...WaitQuery.properties,
});
