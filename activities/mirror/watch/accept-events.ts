import { acceptChanges, type IncomingChange } from '../../../db/mirror/change-events.ts';
import { mayNeedMirror } from '../../../model/mirror/events.ts';
import { mirrorStream, type MirrorKey } from '../../../model/mirror/ids.ts';
import type { Event } from '../../../platforms/events/event-schema.ts';
import type { Platform } from '../../../platforms/platform.ts';
import { changeFields } from '../../../telemetry/log-fields.ts';
import { publishing } from '../../../telemetry/publish-changes.ts';
import type { WatchDependencies } from './opened-feeds.ts';

/** What became of the events of a feed. */
export interface AcceptedEvents {
  /** How many were not known yet. */
  accepted: number;
  /** How many no mirror can take, since they are not valid. */
  invalid: number;
}

/**
 * Stores what a feed says as if somebody had reported it, and rings for the mirrors. What is known already, and what concerns
 * no mirror, is left out; a branch that may get a mirror is looked at.
 */
export async function acceptEvents(
  deps: Pick<WatchDependencies, 'db' | 'sealer' | 'workflows' | 'sampling' | 'logger'>,
  platform: Pick<Platform, 'events'>,
  events: readonly Event[],
): Promise<AcceptedEvents> {
  const now = new Date();
  const byMirror = new Map<string, { mirror: MirrorKey; changes: IncomingChange[] }>();
  let invalid = 0;
  for (const event of events) {
    const judged = platform.events.judge(event, now);
    if (judged.kind === 'invalid') {
      invalid += 1;
      continue;
    }
    const { change, incarnation } = judged;
    const mirror = { projectId: change.projectId, branchId: change.branchId };
    const group = byMirror.get(mirrorStream(mirror)) ?? { mirror, changes: [] };
    group.changes.push({ change, incarnation, body: Buffer.from(JSON.stringify(event)) });
    byMirror.set(mirrorStream(mirror), group);
  }
  let accepted = 0;
  for (const group of byMirror.values()) accepted += await acceptGroup(deps, group);
  return { accepted, invalid };
}

async function acceptGroup(
  { db, sealer, workflows, sampling, logger }: Parameters<typeof acceptEvents>[0],
  { mirror, changes }: { mirror: MirrorKey; changes: IncomingChange[] },
): Promise<number> {
  const result = await publishing(mirror, changes, sampling, (followed) =>
    acceptChanges(db, sealer, mirror, followed),
  );
  if (result.kind === 'no_mirror') {
    if (changes.some(({ change }) => mayNeedMirror(change)))
      await workflows.linkBranches(mirror.projectId);
    return 0;
  }
  // If Temporal does not answer, the changes are stored, and the relay rings.
  if (result.ring) await workflows.signal(mirror, 'doorbell');
  for (const { change, traceparent, loggedOneIn } of result.stored)
    if (loggedOneIn != null)
      logger.info(changeFields({ ...change, traceparent, loggedOneIn }), 'Accepted');
  return result.accepted;
}
