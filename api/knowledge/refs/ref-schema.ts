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

/** Like {@link RefQuery}, also by the name of an environment, and for whom an arm of an experiment is chosen. */
export const ReadQuery = Type.Object({
  ...RefQuery.properties,
  env: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 200,
      description: 'As the environment of this name has it; `latest` is the present.',
    }),
  ),
  label: Type.Optional(
    Type.String({ minLength: 1, maxLength: 200, description: 'The same as `env`.' }),
  ),
});

/** The key by which an arm of an experiment is chosen. */
export const ArmQuery = Type.Object({
  ...ReadQuery.properties,
  key: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 500,
      description:
        'Who or what gets the same arm each time if the environment has an experiment with this prompt, such as a conversation. Without it, no arm is chosen.',
    }),
  ),
});

/** The environment and the arm that were read. */
export const readBy = {
  environment: Nullable(Type.String()),
  arm: Nullable(Type.String({ description: 'The arm of the experiment that was chosen.' })),
};

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
