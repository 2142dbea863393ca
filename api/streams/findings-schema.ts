import { Type } from '@fastify/type-provider-typebox';
import { Nullable, OneOf } from '../http/schema-parts.ts';
import { Failure } from './stream-schema.ts';

/** What was found in a repository: see `RepositoryFindings` in `model/streams/repository-findings.ts`. */
export const FindingsView = Type.Object({
  reachable: Type.Boolean(),
  failure: Nullable(Failure),
  empty: Nullable(Type.Boolean()),
  tip: Nullable(Type.String({ description: "The branch's commit; `null` if there is no branch." })),
  pushAllowed: Nullable(
    Type.Boolean({ description: 'Whether the credential may push; `null`: that is not known.' }),
  ),
  pushReason: Type.String({
    description: 'If it may not, or that is not known: why, and what to do.',
  }),
  branchProtected: Nullable(Type.Boolean()),
  visibility: OneOf('public', 'private', 'unknown'),
  visibilityReason: Type.String(),
});
