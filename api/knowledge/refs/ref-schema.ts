import { Type } from '@fastify/type-provider-typebox';
import { Nullable } from '../../http/schema-parts.ts';

/** Which version of a space is read; at most one of them. */
export const RefQuery = Type.Object({
  at: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 200,
      description:
        'As of a commit (its id, or the first digits of it), a date, or `1w`, `1m`, `6m`, `1y` ago. Defaults to the present, including saves that are not in Git yet.',
    }),
  ),
});

/** An entry that an answer was made of. */
export const ReadFrom = Type.Object({
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
