import type { Static } from '@fastify/type-provider-typebox';
import type { OpenOutage } from '../../db/streams/open-outages.ts';
import type { CheckedVisibility } from '../../db/streams/visibilities.ts';
import type { LastCommitView, OutageView, VisibilityView } from './stream-schema.ts';

/** An open outage as the API returns it. */
export function outageView(outage: OpenOutage): Static<typeof OutageView> {
  return {
    since: outage.since.toISOString(),
    attempts: outage.attempts,
    nextAttemptAt: outage.nextAttemptAt?.toISOString() ?? null,
    notifiedAt: outage.notifiedAt?.toISOString() ?? null,
    reason: outage.reason,
  };
}

/** Who may read the repository, as the API returns it; `null` if it has not been checked yet. */
export function visibilityView(
  visibility: CheckedVisibility | null,
): Static<typeof VisibilityView> | null {
  return (
    visibility && {
      result: visibility.result,
      reason: visibility.reason,
      checkedAt: visibility.checkedAt.toISOString(),
    }
  );
}

/** The last commit that was sent, from the row of a mirror or a space; `null` if there is none. */
export function lastCommitView({
  deliveredSha: sha,
  deliveredAt,
}: {
  deliveredSha: string | null;
  deliveredAt: Date | null;
}): Static<typeof LastCommitView> | null {
  return sha === null || deliveredAt === null
    ? null
    : { sha, committedAt: deliveredAt.toISOString() };
}
