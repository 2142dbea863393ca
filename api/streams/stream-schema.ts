import { Type } from '@fastify/type-provider-typebox';
import { Nullable, OneOf, Time } from '../http/schema-parts.ts';

/** Why something cannot be reached or sent. */
export const Failure = Type.Object({ code: Type.String(), message: Type.String() });

/** The state of a stream: the first of these that applies. */
export const StateView = OneOf(
  'ended',
  'paused',
  'held',
  'escalated',
  'retrying',
  'initializing',
  'syncing',
  'pending',
  'synced',
);

/** An open outage. */
export const OutageView = Type.Object({
  since: Time,
  attempts: Type.Integer(),
  nextAttemptAt: Nullable(Time),
  notifiedAt: Nullable(Time),
  reason: Failure,
});

/** Who may read a stream's repository. */
export const VisibilityView = Type.Object(
  { result: OneOf('public', 'private', 'unknown'), reason: Type.String(), checkedAt: Time },
  {
    description:
      'Who can read the repository, as last checked; `null` if it has not been checked yet.',
  },
);

/** The last commit that Gitward sent. */
export const LastCommitView = Type.Object(
  { sha: Type.String(), committedAt: Time },
  { description: "Gitward's last commit on the branch." },
);
