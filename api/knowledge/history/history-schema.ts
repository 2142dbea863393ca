import { Type } from '@fastify/type-provider-typebox';
import { Nullable, OneOf, Strict, Time } from '../../http/schema-parts.ts';

const Commit = Type.String({ description: "A commit's id: 40 hex digits." });
const Blob = Nullable(
  Type.String({ description: "Git's blob id of the file; `null` if it was removed." }),
);
const GitPerson = Type.Object({ name: Type.String(), email: Type.String() });

/** A version of an entry. */
export const VersionView = Type.Object({
  commit: Commit,
  at: Time,
  author: GitPerson,
  via: OneOf('api', 'import', 'push'),
  subject: Type.String(),
  path: Type.String(),
  previousPath: Nullable(Type.String({ description: 'Its path before this commit moved it.' })),
  blob: Blob,
  removed: Type.Boolean(),
});

/** What a commit changed in a space. */
export const SpaceChangeView = Type.Object({
  entryId: Type.String(),
  kind: Type.String(),
  ...VersionView.properties,
});

/** A commit that changed entries of a space. */
export const SpaceCommitView = Type.Object({
  commit: Commit,
  at: Time,
  author: GitPerson,
  via: OneOf('api', 'import', 'push'),
  subject: Type.String(),
  count: Type.Integer({ description: 'How many entries it changed.' }),
  entries: Type.Array(
    Type.Object({
      id: Type.String(),
      kind: Type.String(),
      path: Type.String(),
      title: Nullable(
        Type.String({ description: 'As it is now; `null` if there is no such entry any more.' }),
      ),
      change: OneOf('added', 'edited', 'moved', 'removed'),
    }),
    { description: 'The first five of them, by id.' },
  ),
});

/** A side of a comparison; `null` if the entry did not exist. */
const DiffSide = Nullable(
  Type.Object({
    commit: Nullable(Type.String({ description: '`null`: saved, but not in Git yet.' })),
    at: Time,
    path: Type.String(),
    blob: Type.String(),
  }),
);

/** What to compare. */
export const DiffQuery = Type.Object({
  from: Type.String({
    maxLength: 64,
    description:
      'A commit (its id, or the first digits of it), a date, or how long ago: `1w`, `1m`, `6m`, `1y`.',
  }),
  to: Type.Optional(
    Type.String({ maxLength: 64, description: 'Like `from`; defaults to the entry as it is now.' }),
  ),
});

/** What changed between two versions. */
export const DiffView = Type.Object({
  from: DiffSide,
  to: DiffSide,
  fields: Type.Array(
    Type.Object({
      field: Type.String(),
      from: Type.Optional(Type.Unknown({ description: 'Absent if the field was added.' })),
      to: Type.Optional(Type.Unknown({ description: 'Absent if the field was removed.' })),
    }),
  ),
  body: Nullable(
    Type.String({
      description:
        'A unified diff of the text after the fields; `""` if it is the same, `null` if it is larger than 1 MiB.',
    }),
  ),
});

/** Which version's lines to show. */
export const BlameQuery = Type.Object({
  at: Type.Optional(
    Type.String({
      maxLength: 64,
      description: 'A moment, like `from` of a comparison; defaults to the newest version in Git.',
    }),
  ),
});

/** Who wrote each line of an entry's file. */
export const BlameView = Type.Object({
  commit: Commit,
  path: Type.String(),
  waiting: Type.Boolean({
    description: 'Whether there are saves that are not in Git yet, and so not in the lines.',
  }),
  lines: Type.Array(
    Type.Object({
      line: Type.Integer({ description: 'Counted from 1.' }),
      commit: Commit,
      author: GitPerson,
      at: Time,
      text: Type.String(),
    }),
  ),
});

/** What happened to an entry between Gitward and Git. */
export const SyncLogView = Type.Object({
  at: Time,
  direction: OneOf('to_git', 'from_git'),
  outcome: Type.String(),
  commit: Nullable(Commit),
  actor: Nullable(Type.String()),
  message: Type.String(),
});

/** Which version to restore. */
export const RestoreBody = Strict({
  commit: Type.String({
    maxLength: 40,
    description: 'Restores the version as of this commit: its id, or the first digits of it.',
  }),
  base: Type.Optional(
    Type.String({
      maxLength: 40,
      description:
        "The entry's current `blob`, or the first digits of it; leave it out for an entry that was removed.",
    }),
  ),
});
