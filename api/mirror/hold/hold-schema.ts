import { Type, type Static } from '@fastify/type-provider-typebox';
import { ListedView, Nullable, OneOf, Strict, Time } from '../../http/schema-parts.ts';

const Sha = Type.String({ pattern: '^[0-9a-f]{40}$' });

const Digest = Type.String({ pattern: '^[0-9a-f]{64}$' });

const CommitView = Type.Object({
  sha: Type.String(),
  author: Type.Object({ name: Type.String(), email: Type.String() }),
  authoredAt: Time,
  subject: Type.String(),
});

/** What a held mirror's branch has now, and what approving would do. */
export const HoldView = Type.Object({
  code: OneOf('branch_gone', 'history_lost', 'foreign_installation', 'not_adopted', 'mass_removal'),
  message: Type.String(),
  since: Time,
  removal: Nullable(
    Type.Object(
      {
        id: Digest,
        total: Type.Integer({ description: 'How many such files there are now.' }),
      },
      {
        description:
          'With `mass_removal`: what would go because the platform no longer lists it, although nobody reported it deleted. ' +
          'Its files are `files.removes`. The repository is not asked then: `tip` and `lastCommit` are null.',
      },
    ),
  ),
  tip: Nullable(CommitView),
  lastCommit: Nullable(
    Type.Object({
      sha: Type.String(),
      committedAt: Time,
      isReachable: Type.Boolean({ description: 'Whether the branch still contains it.' }),
    }),
  ),
  commits: Type.Object(
    { items: Type.Array(CommitView), hasMore: Type.Boolean() },
    {
      description:
        'The newest commits of the branch after the newest one of this mirror, newest first; at most 20.',
    },
  ),
  files: Type.Object(
    {
      adds: ListedView(Type.String()),
      replaces: ListedView(Type.String()),
      removes: ListedView(Type.String()),
      unjudged: ListedView(Type.String()),
    },
    {
      description:
        "What approving would do to files in the mirror's folders, compared with what it last wrote. " +
        '`unjudged` are those that are there before its first commit: the preview tells which would be replaced or removed. ' +
        'Paths are below the place of the mirror; the first 100 of each are listed.',
    },
  ),
});
export type HoldView = Static<typeof HoldView>;

/** The body of `…/actions/approve` of a mirror, which may be left out. */
export const ApproveBody = Nullable(
  Strict({
    tip: Type.Optional(
      Nullable(
        Type.Unsafe<string>({
          ...Sha,
          description:
            'The tip of the branch that was looked at; `null`: there was no branch. If it is another one by now, nothing is approved.',
        }),
      ),
    ),
    removal: Type.Optional(
      Type.Unsafe<string>({
        ...Digest,
        description:
          'The `removal.id` that was looked at. If something else would be removed by now, nothing is approved.',
      }),
    ),
  }),
);
export type ApproveBody = Static<typeof ApproveBody>;
