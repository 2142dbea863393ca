import { Type, type Static } from '@fastify/type-provider-typebox';
import type { CommitSettings } from '../../model/streams/commit-style.ts';
import { Email, Nullable, Strict } from '../http/schema-parts.ts';

/** A name of somebody, on one line and without what Git does not allow. */
export const Name = Type.String({
  minLength: 1,
  maxLength: 200,
  pattern: '^[^<>\\u0000-\\u001f\\u007f]+$',
});

const Affix = Type.String({ maxLength: 40, pattern: '^[^\\u0000-\\u001f\\u007f]*$' });

/** What a host asks of commits and pushes; each field has a default. */
export const commitFields = {
  committer: Type.Optional(
    Nullable(
      Strict(
        { name: Name, email: Email },
        { description: 'Whom commits name as their committer; `null`: Gitward.' },
      ),
    ),
  ),
  subjectPrefix: Type.Optional(Affix),
  subjectSuffix: Type.Optional(Affix),
  pushOptions: Type.Optional(
    Type.Array(
      Type.String({ minLength: 1, maxLength: 200, pattern: '^[^\\u0000-\\u001f\\u007f]+$' }),
      {
        maxItems: 20,
        description:
          'Sent with each push, such as `ci.skip`. A host that takes none refuses the push.',
      },
    ),
  ),
};

/** The same in answers. */
export const CommitView = Type.Object({
  committer: Nullable(Type.Object({ name: Type.String(), email: Type.String() })),
  subjectPrefix: Type.String(),
  subjectSuffix: Type.String(),
  pushOptions: Type.Array(Type.String()),
});

/** These settings as the API returns them. */
export function commitView(settings: CommitSettings = {}): Static<typeof CommitView> {
  const { committer = null, subjectPrefix = '', subjectSuffix = '', pushOptions = [] } = settings;
  return { committer, subjectPrefix, subjectSuffix, pushOptions };
}
