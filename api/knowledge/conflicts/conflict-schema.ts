import { Type } from '@fastify/type-provider-typebox';
import type { ConflictCause } from '../../../model/knowledge/conflict.ts';
import { PageQuery } from '../../http/paging.ts';
import { Id, KindName, Nullable, OneOf, Strict, Time, Uuid } from '../../http/schema-parts.ts';

/** A conflict in a path. */
export const ConflictParams = Type.Object({ space: Id, conflict: Uuid });

/** Which conflicts are listed. */
export const ConflictQuery = Type.Object({
  ...PageQuery.properties,
  state: Type.Optional(OneOf('open', 'settled')),
  kind: Type.Optional(KindName),
  entry: Type.Optional(
    Type.String({ minLength: 1, maxLength: 200, description: 'Only those of this entry.' }),
  ),
});

const Take = OneOf('git', 'mine');
const Blob = Type.String({ pattern: '^[0-9a-f]{40}$' });
const Text = Nullable(Type.String({ description: '`null` if there is no such file.' }));

const ConflictFields = {
  id: Uuid,
  entryId: Type.String(),
  kind: Type.String(),
  path: Type.String(),
  cause: Type.Unsafe<ConflictCause>({
    type: 'string',
    enum: ['clash', 'lost'],
    description:
      '`clash`: a save and a commit changed the same thing. `lost`: what was saved had been in the branch, and whoever ' +
      'rewrote the branch dropped it; `mine` is the entry with that, and `git` the entry without.',
  }),
  createdAt: Time,
  mine: Type.Object({ by: Type.String(), at: Time }),
  git: Type.Object({
    by: Nullable(Type.String()),
    at: Nullable(Time),
    commit: Nullable(Type.String()),
  }),
  settled: Nullable(
    Type.Object({
      how: OneOf('git', 'mine', 'parts', 'text'),
      by: Type.String(),
      at: Time,
      saveId: Nullable(Uuid),
    }),
  ),
};

/** A conflict in a list. */
export const ConflictItem = Type.Object(ConflictFields);

/** A conflict with both sides. */
export const ConflictView = Type.Object({
  ...ConflictFields,
  blob: Nullable(
    Type.String({
      description: 'The blob id of the entry as it is now; `null` if it does not exist.',
    }),
  ),
  parts: Type.Array(
    Type.Object({
      id: Type.String(),
      what: OneOf('field', 'paragraph', 'file'),
      pointer: Type.String(),
      base: Type.Unknown(),
      git: Type.Unknown(),
      mine: Type.Unknown(),
    }),
    {
      description:
        'What clashes; empty if later changes have resolved the conflict, so that either side can be taken.',
    },
  ),
  texts: Type.Object({ base: Text, git: Text, mine: Text }),
});

/** A decision for each part that clashes, by its id. */
export const Parts = Type.Record(
  Type.String({ maxLength: 4_096 }),
  Type.Union([Take, Strict({ value: Type.Unknown() })]),
);

/** How to settle a conflict: exactly one of `take`, `parts` and `text`. */
export const SettleBody = Strict(
  {
    take: Type.Optional(Take),
    parts: Type.Optional(Parts),
    text: Type.Optional(Type.String()),
    blob: Type.Optional(
      Type.Union([Blob, Type.Null()], {
        description: 'The `blob` that you saw; if it has changed since, nothing is settled.',
      }),
    ),
  },
  { minProperties: 1 },
);

/** How to settle several conflicts in the same way. */
export const SettleManyBody = Strict({
  ids: Type.Array(Uuid, { minItems: 1, maxItems: 200, uniqueItems: true }),
  take: Take,
});

/** The result for each conflict. */
export const SettledMany = Type.Object({
  results: Type.Array(
    Type.Object({
      id: Uuid,
      outcome: OneOf('settled', 'refused'),
      saveId: Nullable(Uuid),
      code: Nullable(Type.String()),
      detail: Nullable(Type.String()),
    }),
  ),
});
