import { Type, type Static } from '@fastify/type-provider-typebox';
import { ruleLimits } from '../../../knowledge/review/rule-faults.ts';
import { Nullable, OneOf, Strict } from '../../http/schema-parts.ts';

const item = Type.String({ minLength: 1, maxLength: ruleLimits.item });

function list(description: string) {
  const bounds = { minItems: 1, maxItems: ruleLimits.items, uniqueItems: true };
  return Type.Optional(Type.Array(item, { ...bounds, description }));
}

const what = {
  name: Type.String({ minLength: 1, maxLength: ruleLimits.name, description: 'Unique.' }),
  kinds: list('The kinds of the changed entries; all, if it is missing.'),
  paths: list(
    "Paths below the space's root, with `*` and `?`; an old or new path of a file counts.",
  ),
  fields: list('Fields that change, by their names at the top level, or `body` for the text.'),
  authors: list('Whose changes: e-mail addresses, and `role:editor` for that role and lower ones.'),
  approvers: list(
    'Whose approvals count: e-mail addresses, and `role:publisher` for that role and higher ones. Everybody who may write, if it is missing.',
  ),
};
const approvals = Type.Integer({ minimum: 1, maximum: ruleLimits.approvals });
const own = "Whether an author's own approval counts, next to that of somebody else.";
const author = Type.Boolean({ description: own });

/** A rule of a space's settings. */
export const ReviewRuleBody = Strict({
  ...what,
  approvals: Type.Optional({ ...approvals, description: 'Defaults to 1.' }),
  author: Type.Optional(Type.Boolean({ description: `${own} Defaults to false.` })),
});

const Rule = Type.Object({ ...what, approvals, author });

/** Who must approve changes in a space. */
export const ReviewRulesView = Type.Object({
  rules: Type.Array(
    Type.Object({
      ...what,
      ...{ approvals, author },
      from: OneOf('repository', 'settings'),
    }),
    {
      description:
        'The rules in force. To a caller who may not read all kinds, only those that are limited to kinds that they may read.',
    },
  ),
  waiting: Nullable(
    Type.Object(
      { digest: Type.String(), rules: Type.Array(Rule) },
      {
        description:
          'The rules in the repository, if they are weaker than those in force, until an admin accepts them: see `actions/accept-rules`.',
      },
    ),
  ),
});
export type ReviewRulesView = Static<typeof ReviewRulesView>;
