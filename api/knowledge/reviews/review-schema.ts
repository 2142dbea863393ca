import { Type } from '@fastify/type-provider-typebox';
import { reviewStates } from '../../../model/knowledge/review.ts';
import { PageQuery } from '../../http/paging.ts';
import { Id, Nullable, OneOf, Strict, Time } from '../../http/schema-parts.ts';

/** A review in a path. */
export const ReviewParams = Type.Object({
  space: Id,
  review: Type.Integer({ minimum: 1, maximum: 2_147_483_647, description: 'Its number.' }),
});

/** What is shown of a review. */
export const ReviewFileQuery = Type.Object({
  path: Type.Optional(
    Type.String({ minLength: 1, maxLength: 1_024, description: 'Only this file, with its text.' }),
  ),
});

/** Which reviews are listed. */
export const ReviewQuery = Type.Object({
  ...PageQuery.properties,
  state: Type.Optional(OneOf('under_way', 'ended')),
  entry: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
});

const Person = Type.Object({ name: Type.String(), email: Type.String() });

const PullRequest = Type.Object({
  number: Type.Integer(),
  url: Type.String(),
  host: Type.String(),
});

/** The review that a change is in. */
export const ReviewLink = Type.Object({
  number: Type.Integer(),
  title: Type.String(),
  state: OneOf(...reviewStates),
  pullRequest: Nullable(PullRequest),
});

const listed = {
  ...ReviewLink.properties,
  author: Person,
  failure: Nullable(
    Type.Object(
      { code: Type.String(), message: Type.String() },
      { description: 'Why it does not go on by itself.' },
    ),
  ),
  outcome: Type.String({ description: 'How it ended; empty while it goes on.' }),
  createdAt: Time,
  updatedAt: Time,
  endedAt: Nullable(Time),
};

/** A review in a list. */
export const ReviewItemView = Type.Object({
  ...listed,
  awaitsYou: Type.Boolean({
    description:
      'Whether it waits for your approval: it would count, and you have not said anything of this version yet.',
  }),
});

/** What has to be approved, as a rule says. */
export const NeedView = Type.Object({
  name: Type.String(),
  approvals: Type.Integer(),
  approvers: Nullable(Type.Array(Type.String())),
  author: Type.Boolean(),
});

/** A review with what it changes, and what people said. */
export const ReviewView = Type.Object({
  ...ReviewItemView.properties,
  description: Type.String(),
  branch: Type.String({ description: 'The Git branch with the change.' }),
  head: Nullable(
    Type.String({ description: 'The commit of that branch, which approvals are for.' }),
  ),
  satisfied: Type.Boolean({ description: 'Whether everybody has approved who must.' }),
  missing: Type.Array(Type.String(), { description: 'What is missing, in sentences.' }),
  authors: Type.Array(
    Type.Object({
      email: Type.String(),
      named: Type.Boolean({
        description: 'Whether only commits say so, which anybody who may push can write.',
      }),
      dismissedBy: Nullable(Person, {
        description: 'The admin who said that they are none, for what is there now.',
      }),
      dismissedWhy: Type.String(),
    }),
    { description: 'Whose own approvals are not enough.' },
  ),
  needs: Type.Array(NeedView),
  approvals: Type.Array(
    Type.Object({
      name: Type.String(),
      email: Type.String(),
      verdict: OneOf('approved', 'changes_requested', 'withdrawn'),
      comment: Type.String(),
      head: Nullable(Type.String()),
      at: Time,
      toldAs: Nullable(OneOf('approval', 'comment'), {
        description:
          'How the host was told: in their own name, or as a comment of Gitward; `null`: not yet.',
      }),
      toldWhy: Type.String({
        description: 'Why not in their own name, although they have a token.',
      }),
      dismissedBy: Nullable(Person, {
        description: 'The admin who ended their wish for changes; the comment is theirs.',
      }),
    }),
    { description: 'All that was said here, oldest first.' },
  ),
  items: Type.Array(
    Type.Object({
      entry: Type.String({ description: 'Empty for a file that is no entry.' }),
      kind: Nullable(Type.String()),
      path: Type.String(),
      action: Type.String(),
      moveTo: Nullable(Type.String()),
      title: Type.String(),
      diff: Nullable(
        Type.String({
          description:
            'Unified, without header lines; `null` if it is too long, or not among the first 25.',
        }),
      ),
      text: Nullable(Type.String(), {
        description:
          'The whole text that is proposed: of a review that is over, and with `path`. `null` if it removes the file, or after 4 MiB of other texts: then ask for it with `path`.',
      }),
    }),
    { description: 'At most 200; the others are in the pull request.' },
  ),
});

const Comment = Type.Optional(Type.String({ maxLength: 5_000 }));

/** What somebody says about a review. */
export const VerdictBody = Strict({
  head: Type.String({
    maxLength: 40,
    description: 'The `head` that you saw, or its first digits (at least 4): 409 if it moved.',
    minLength: 4,
  }),
  comment: Comment,
});

/** What an admin ends. */
export const DismissBody = Strict({
  what: OneOf('wish', 'author'),
  email: Type.String({ minLength: 1, maxLength: 254, description: 'Whose.' }),
  head: VerdictBody.properties.head,
  comment: Type.String({ minLength: 1, maxLength: 5_000, description: 'Why; it is shown.' }),
});
