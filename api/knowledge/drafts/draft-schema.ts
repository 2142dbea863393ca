import { Type } from '@fastify/type-provider-typebox';
import {
  Id,
  KindName,
  Name,
  Nullable,
  OneOf,
  Strict,
  Time,
  Uuid,
} from '../../http/schema-parts.ts';
import { NeedView, ReviewLink } from '../reviews/review-schema.ts';
import { Parts } from '../conflicts/conflict-schema.ts';
import { PageQuery } from '../../http/paging.ts';

const Text = Type.String({ maxLength: 1_048_576 });
const Description = Type.String({ maxLength: 10_000 });

/** A draft in a path. */
export const DraftParams = Type.Object({ space: Id, draft: Uuid });

/** A change set in a path. */
export const ChangeSetParams = Type.Object({ space: Id, changeSet: Uuid });

/** Which of the caller's drafts are listed. */
export const DraftQuery = Type.Object({
  ...PageQuery.properties,
  changeSet: Type.Optional(Uuid),
  entry: Type.Optional(
    Type.String({ minLength: 1, maxLength: 200, description: 'Only the draft of this entry.' }),
  ),
});

/** A draft as it is written: of an entry (`entry` and `base`), or of a new one (`kind`). */
export const DraftBody = Strict({
  entry: Type.Optional(
    Type.String({ minLength: 1, maxLength: 200, description: 'The id of the entry.' }),
  ),
  base: Type.Optional(
    Type.String({ maxLength: 40, description: 'The `blob` that you saw, or its first digits.' }),
  ),
  kind: Type.Optional(KindName),
  slug: Type.Optional(
    Type.String({ minLength: 1, maxLength: 200, description: "The name of a new entry's file." }),
  ),
  fields: Type.Optional(
    Type.Record(Type.String({ minLength: 1, maxLength: 200 }), Type.Unknown(), {
      description: 'Of an entry only those that differ from the base; `null` removes a field.',
    }),
  ),
  body: Type.Optional(Text),
  text: Type.Optional(Text),
  remove: Type.Optional(Type.Literal(true, { description: 'Publishing it removes the entry.' })),
  changeSet: Type.Optional(Nullable(Uuid)),
  revision: Type.Optional(
    Type.Integer({
      minimum: 0,
      description:
        'The revision that you saw last (0: none): 409 `draft_moved` if it was written since. Without it, the draft is overwritten.',
    }),
  ),
});

const Problem = Type.Object({
  code: Type.String(),
  line: Type.Integer(),
  pointer: Type.String(),
  message: Type.String(),
});

const listed = {
  id: Uuid,
  entry: Type.String({ description: 'The id that the entry has, or will have.' }),
  kind: Type.String(),
  action: OneOf('create', 'edit', 'delete'),
  title: Type.String(),
  base: Nullable(Type.String()),
  changeSet: Nullable(Uuid),
  revision: Type.Integer(),
  createdAt: Time,
  updatedAt: Time,
};

/** A draft in a list. */
export const DraftItem = Type.Object(listed);

/** A draft with its text. */
export const DraftView = Type.Object({
  ...listed,
  slug: Nullable(Type.String()),
  fields: Type.Record(Type.String(), Type.Unknown()),
  body: Type.String(),
  text: Nullable(Type.String({ description: '`null` if publishing it removes the entry.' })),
  problems: Type.Array(Problem, {
    description: 'What would have to be mended before it is published.',
  }),
  outdated: Type.Boolean({
    description: 'Whether the entry has changed since the base: publishing it is then a 409.',
  }),
  needs: Nullable(
    Type.Array(NeedView, {
      description:
        'What would have to be approved if it was published now; empty on a branch that the host protects. `null`: nothing, it is simply saved.',
    }),
  ),
});

/** How a draft is brought up to date, where it and its entry changed the same. */
export const UpdateBody = Strict({
  take: Type.Optional(OneOf('git', 'mine')),
  parts: Type.Optional(Parts),
});

/** What a publication may say. */
export const PublishBody = Strict({
  message: Type.Optional(
    Type.String({ maxLength: 2_000, description: 'The commit message of a single draft.' }),
  ),
});

/** A new change set. */
export const ChangeSetBody = Strict({
  title: Name,
  description: Type.Optional(Description),
});

/** What of a change set is to be changed. */
export const ChangeSetPatch = Strict({
  title: Type.Optional(Name),
  description: Type.Optional(Description),
});

/** A change set: what is published together. */
export const ChangeSetView = Type.Object({
  id: Uuid,
  title: Type.String(),
  description: Type.String(),
  drafts: Type.Integer({ description: 'How many drafts are in it.' }),
  createdAt: Time,
  updatedAt: Time,
});

/** What was published. */
export const PublishedView = Type.Object({
  entries: Type.Array(Type.String(), { description: 'The ids of the entries.' }),
  review: Nullable(ReviewLink),
});
