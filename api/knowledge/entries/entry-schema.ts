import { Type } from '@fastify/type-provider-typebox';
import { syncStatuses } from '../../../model/knowledge/sync-status.ts';
import { PageQuery } from '../../http/paging.ts';
import { ReviewLink } from '../reviews/review-schema.ts';
import { ReadQuery } from '../refs/ref-schema.ts';
import { Id, KindName, Nullable, OneOf, Strict, Time } from '../../http/schema-parts.ts';

/** An entry in a path; an invalid id is simply not found. */
export const EntryParams = Type.Object({
  space: Id,
  entry: Type.String({ minLength: 1, maxLength: 200 }),
});

const Base = Type.String({
  maxLength: 40,
  description: 'The `blob` that you saw, or the first digits of it.',
});
const Fields = Type.Record(Type.String({ minLength: 1, maxLength: 200 }), Type.Unknown());
const Text = Type.String({ maxLength: 1_048_576 });
const Message = Type.Optional(
  Type.String({
    maxLength: 2_000,
    description: 'The commit message; defaults to a description of the change.',
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
        'Words in the text (the last one may be a prefix), and fields: `acme tier:gold owners.name:"Eva Nová"`.',
    }),
  ),
  sort: Type.Optional(
    Type.String({
      pattern: '^-?[A-Za-z_][A-Za-z0-9_-]{0,63}$',
      description:
        '`title` (the default), `updated`, `id` or a field; a leading `-` reverses the order.',
    }),
  ),
  env: ReadQuery.properties.env,
  label: ReadQuery.properties.label,
});

/** Which point in time to show, if not the present. */
export const MomentQuery = Type.Object({
  ref: Type.Optional(
    Type.String({
      maxLength: 64,
      description: 'As of this commit: its id, or the first digits of it.',
    }),
  ),
  at: Type.Optional(
    Type.String({ maxLength: 64, description: 'As of a date, or `1w`, `1m`, `6m`, `1y` ago.' }),
  ),
  env: ReadQuery.properties.env,
  label: ReadQuery.properties.label,
});

/** Whether an answer waits for the commit. */
export const WaitQuery = Type.Object({
  wait: Type.Optional(OneOf('commit')),
  confirmSecrets: Type.Optional(
    Type.String({
      pattern: '^[0-9a-f]{32}(?:,[0-9a-f]{32}){0,99}$',
      description:
        'Fingerprints of what was refused with `secret_found` although it may be saved, with commas in between.',
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
  id: Type.String(),
  kind: Type.String(),
  path: Type.String({
    description: 'Where its file is in the repository, or will be once a waiting move is sent.',
  }),
  title: Type.String(),
  fields: Type.Record(Type.String(), Type.Unknown()),
  blob: Nullable(
    Type.String({
      description:
        "Git's blob id of the entry's bytes, which is the `base` of an edit; `null` if the entry was removed.",
    }),
  ),
  syncStatus: OneOf(...syncStatuses),
  lastSyncedAt: Nullable(Time),
  gitCommitSha: Nullable(Type.String({ description: 'The last commit that changed it.' })),
  updatedAt: Time,
  updatedBy: Nullable(Type.String()),
  failure: Nullable(
    Type.Object(
      { code: Type.String(), message: Type.String() },
      { description: 'Why it cannot be sent to Git.' },
    ),
  ),
};

/** An entry in a list. */
export const EntryItem = Type.Object({
  ...listed,
  problem: Nullable(
    Type.Object(
      { line: Type.Integer(), message: Type.String() },
      { description: 'The first thing that is wrong with its file.' },
    ),
  ),
});

/** An entry with its text. */
export const EntryView = Type.Object({
  ...listed,
  body: Type.String(),
  text: Nullable(Type.String({ description: '`null` if it is not UTF-8, or larger than 1 MiB.' })),
  commit: Nullable(
    Type.String({ description: 'The commit of this version; `null` if it is not in Git yet.' }),
  ),
  problems: Type.Array(Problem),
  hints: Type.Array(Type.Omit(Problem, ['code']), {
    description:
      'What other programs may read differently, such as a text that looks like a number.',
  }),
});

/** The answer to a change that others have to approve first. */
export const InReviewView = Type.Object({
  review: ReviewLink,
});

/** What becomes of a save that is not in Git at once: it is on its way there, or under review. */
export const LaterView = Type.Union([EntryView, InReviewView]);

const RenderedFrom = Type.Object({
  space: Type.String(),
  id: Type.String(),
  kind: Type.String(),
  blob: Type.String({ description: "Git's blob id of the entry's bytes." }),
  commit: Nullable(
    Type.String({
      description: 'The last commit that changed it; `null` if it is not in Git yet.',
    }),
  ),
});

/** An entry's text with all includes resolved. */
export const RenderedView = Type.Object({
  ...RenderedFrom.properties,
  body: Type.String(),
  includes: Type.Array(RenderedFrom, {
    description:
      'The entries whose texts are in it, each once. If none of them changes, nor does the body.',
  }),
});

/** A new entry. */
export const NewEntryBody = Strict({
  kind: Type.String({ minLength: 1, maxLength: 64 }),
  slug: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 200,
      description:
        "The file's name, without its extension and folder. It is spelled as a title's would be.",
    }),
  ),
  fields: Fields,
  body: Type.Optional(Text),
  message: Message,
});

/** A change of an entry. */
export const EditBody = Strict({
  base: Base,
  fields: Type.Optional(
    Type.Record(Type.String({ minLength: 1, maxLength: 200 }), Type.Unknown(), {
      description: 'Only the fields to change; `null` removes a field.',
    }),
  ),
  body: Type.Optional(Text),
  text: Type.Optional(Text),
  message: Message,
});

/** Where an entry's file goes: exactly one of `slug` and `path`. */
export const MoveBody = Strict({
  base: Base,
  slug: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 200,
      description: "The file's new name in its folder; its extension may be left out.",
    }),
  ),
  path: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 1_000,
      description: "The file's new path in the repository, in the folder of its kind.",
    }),
  ),
  message: Message,
});

/** The query parameters of a removal. */
export const RemoveQuery = Type.Object({
  base: Base,
  message: Message,
  ...WaitQuery.properties,
});
