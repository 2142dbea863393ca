import {
  hasDelivered,
  listFollowedDelivered,
  listTracesToSend,
} from '../../../db/mirror/followed-changes.ts';
import { mirrorStream, type MirrorKey } from '../../../model/mirror/ids.ts';
import { changeFields, mirrorFields, type LogFields } from '../../../telemetry/log-fields.ts';
import { inSpan, mostLinks } from '../../../telemetry/spans.ts';
import type { Delivered } from '../../streams/contract.ts';
import type { ActivityDependencies } from '../../streams/dependencies.ts';
import { toldAttempt } from '../../streams/told-attempt.ts';
import { spanAttributes } from '../../../telemetry/span-attributes.ts';
import { tellUndelivered } from '../tell-undelivered.ts';

/**
 * A delivery, told in the log and in traces: as `push_commit` in the trace of the oldest thing that it sends. If it
 * fails, everything that waits is told from then on.
 */
export async function toldDelivery(
  deps: Pick<ActivityDependencies, 'db' | 'logger'>,
  key: MirrorKey,
  deliver: () => Promise<Delivered>,
): Promise<Delivered> {
  const stream = mirrorStream(key);
  const about = await listTracesToSend(deps.db, key, mostLinks + 1);
  const began = new Date();
  const push = () =>
    inSpan('push_commit', { about, attributes: spanAttributes(key) }, async (span) => {
      const delivered = await deliver();
      span.setAttribute('gitward.commits', delivered.commits);
      if (delivered.tip !== null) span.setAttribute('gitward.commit_sha', delivered.tip);
      return delivered;
    });
  return toldAttempt(
    deps,
    {
      ...{ stream, lane: 'repository', about, failure: 'The push failed' },
      onFailure: () => tellUndelivered(deps, key),
    },
    async (attempt) => {
      const delivered = await push();
      await tellDelivered(deps, key, { began, delivered, attempt });
      return delivered;
    },
  );
}

async function tellDelivered(
  { db, logger }: Pick<ActivityDependencies, 'db' | 'logger'>,
  key: MirrorKey,
  { began, delivered, attempt }: { began: Date; delivered: Delivered; attempt: LogFields },
): Promise<void> {
  const changes = await listFollowedDelivered(db, key, began);
  for (const change of changes)
    logger.info(
      {
        ...changeFields(change),
        ...attempt,
        commit_sha: change.commitSha,
        latency_ms: (change.deliveredAt ?? began).getTime() - change.occurredAt.getTime(),
      },
      'Pushed',
    );
  // What nobody had reported, such as a first commit, has no change that is told.
  if (delivered.commits === 0 || changes.length > 0 || (await hasDelivered(db, key, began))) return;
  logger.info({ ...mirrorFields(key), ...attempt, commit_sha: delivered.tip }, 'Pushed');
}
