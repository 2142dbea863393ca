import { ReviewLink } from '../reviews/review-schema.ts';
import { Type } from '@fastify/type-provider-typebox';
import { Id, Nullable, Strict, Time } from '../../http/schema-parts.ts';

/** An environment in a path; an invalid name is simply not found. */
export const EnvironmentParams = Type.Object({
  space: Id,
  environment: Type.String({ minLength: 1, maxLength: 200 }),
});

const Commit = Type.String({ description: "A commit's id: 40 hex digits." });

const ArmView = Type.Object({
  name: Type.String(),
  commit: Nullable(Commit),
  variant: Nullable(Type.String()),
  weight: Type.Number(),
});

/** Which versions are read under a name. */
export const EnvironmentView = Type.Object({
  name: Type.String(),
  title: Type.String(),
  protected: Type.Boolean(),
  requireChecks: Type.Boolean({
    description: 'Whether prompts must have passed their checks before they are moved into it.',
  }),
  ref: Nullable(Type.String({ description: 'The branch or tag that it follows.' })),
  commit: Nullable(Commit),
  entries: Type.Record(Type.String(), Commit, {
    description: 'The entries that have a commit of their own.',
  }),
  experiments: Type.Record(Type.String(), Type.Object({ arms: Type.Array(ArmView) })),
  blob: Nullable(
    Type.String({ description: 'The blob id of its file; `null` for `latest`, which has none.' }),
  ),
  updatedAt: Nullable(Time),
  updatedBy: Nullable(Type.String({ description: 'Who changed its file last.' })),
  problems: Type.Array(Type.Object({ pointer: Type.String(), message: Type.String() }), {
    description: 'Why nothing can be read by it.',
  }),
});

/** All environments of a space. */
export const EnvironmentList = Type.Object({ items: Type.Array(EnvironmentView) });

const Entry = Type.Optional(
  Type.String({
    minLength: 1,
    maxLength: 200,
    description: 'Only this entry; otherwise the whole environment.',
  }),
);
const Base = Type.Optional(
  Type.String({
    maxLength: 40,
    description: 'The `blob` of the environment that you saw, or the first digits of it.',
  }),
);
const Message = Type.Optional(Type.String({ maxLength: 2_000 }));

/** What an environment is moved to. */
export const PromoteBody = Strict({
  entry: Entry,
  from: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 200,
      description: 'Another environment, or a commit; defaults to `latest`.',
    }),
  ),
  base: Base,
  message: Message,
});

/** Of what the earlier place is asked. */
export const EarlierQuery = Type.Object({ entry: Entry });

/** Where an environment, or an entry in it, pointed before. */
export const EarlierView = Type.Object({
  earlier: Nullable(
    Type.Object(
      {
        commit: Nullable(Commit),
        ref: Nullable(Type.String()),
        entries: Type.Record(Type.String(), Commit),
      },
      { description: '`null`: its history has no other place, so there is nothing to go back to.' },
    ),
  ),
});

/** What an environment goes back to. */
export const RollbackBody = Strict({
  entry: Entry,
  to: Type.Optional(
    Type.String({
      minLength: 4,
      maxLength: 40,
      description: 'A commit; defaults to where it pointed before, by the history of its file.',
    }),
  ),
  base: Base,
  message: Message,
});

/** What a promotion or a rollback did. */
export const MovedView = Type.Object({
  environment: EnvironmentView,
  entry: Nullable(Type.String()),
  before: Nullable(Type.String({ description: 'The commit before; `null`: none was named.' })),
  after: Nullable(Type.String({ description: 'The commit now; `null`: none is named any more.' })),
  review: Nullable(ReviewLink),
});
