import { listUnsentNotices } from '../../../db/streams/notices/unsent.ts';
import { listOpenOutages } from '../../../db/streams/outages.ts';
import { countReviews } from '../../../db/knowledge/reviews/reviews.ts';
import { countWaitingSaves } from '../../../db/knowledge/waiting-saves.ts';
import { findSpace, type Space } from '../../../db/knowledge/spaces.ts';
import { spaceStream } from '../../../model/knowledge/ids.ts';
import type { SpaceCounts, SpaceKey, SpaceView } from '../contract.ts';
import type { ActivityDependencies } from '../../streams/dependencies.ts';

/** What the space's workflow needs to know about it. A space that does not exist counts as ended. */
export async function readSpace(
  { db }: Pick<ActivityDependencies, 'db'>,
  { spaceId }: SpaceKey,
): Promise<SpaceView> {
  const row = await findSpace(db, spaceId);
  const stream = spaceStream(spaceId);
  return {
    ended: row?.endedAt !== null,
    paused: row?.pausedAt != null,
    initialized: row?.syncedAt != null,
    outages: await listOpenOutages(db, stream),
    unsentNotices: await listUnsentNotices(db, stream),
    ...(await countSpace({ db }, spaceId, row)),
  };
}

/** What is waiting in a space, for its workflow. */
export async function countSpace(
  { db }: Pick<ActivityDependencies, 'db'>,
  spaceId: string,
  row: Space | null,
): Promise<SpaceCounts> {
  const { openReviews, dueIn: reviewsDueIn } = await countReviews(db, spaceId);
  return {
    active: isSpaceActive(row),
    ...(await countWaitingSaves(db, spaceId)),
    ...{ openReviews, reviewsDueIn },
  };
}

/** Whether there is work to do for a space: it exists, and is neither ended nor paused. */
export function isSpaceActive(row: Space | null): row is Space {
  return row?.endedAt === null && row.pausedAt === null;
}
