import type { Db } from '../../db/connect.ts';
import { listSpaceOutlines } from '../../db/overview/space-outlines.ts';
import { listMirrorOutlines } from '../../db/overview/mirror-outlines.ts';
import { spaceOfStream, spaceStream } from '../../model/knowledge/ids.ts';
import { mirrorOfStream } from '../../model/mirror/ids.ts';
import type { StreamId } from '../../model/streams/ids.ts';
import type { Sight } from '../access/caller.ts';
import { kindsSeen, seenSpaces } from '../knowledge/spaces/space-access.ts';
import type { StreamItem } from './overview-schema.ts';
import { mirrorItem, spaceItem } from './stream-items.ts';

/** The most mirrors, and the most spaces, of one overview. */
const mostOfEach = 2_000;

/** How long a mirror that has ended is still listed, in milliseconds. */
const endedShown = 24 * 60 * 60 * 1_000;

/** Items of the list of everything, in no particular order. */
export interface ReadItems {
  items: StreamItem[];
  /** Whether there are no more than these. */
  isComplete: boolean;
}

/**
 * Reads the mirrors and spaces that a caller may see, or only those of these streams, in six
 * queries however many there are.
 */
export async function readItems(
  db: Db,
  caller: Sight,
  streams: readonly StreamId[] | null = null,
): Promise<ReadItems> {
  const limit = mostOfEach + 1;
  const keys = streams?.flatMap((stream) => mirrorOfStream(stream) ?? []) ?? null;
  const named = streams?.flatMap((stream) => spaceOfStream(stream) ?? []) ?? null;
  const seen = seenSpaces(caller);
  const only = named === null ? seen : named.filter((id) => seen?.includes(id) ?? true);
  const endedSince = new Date(Date.now() - endedShown);
  const [mirrors, spaces] = await Promise.all([
    keys?.length === 0
      ? []
      : listMirrorOutlines(db, { projects: caller.projects, keys, endedSince, limit }),
    only?.length === 0
      ? []
      : listSpaceOutlines(db, { only, limit }, (spaceId) => kindsSeen(caller, spaceId)),
  ]);
  return {
    items: [
      ...mirrors.slice(0, mostOfEach).map(mirrorItem),
      ...spaces.slice(0, mostOfEach).map(spaceItem),
    ],
    isComplete: mirrors.length < limit && spaces.length < limit,
  };
}

/** The mirror or space that a topic of the news is about; `null` if it is about neither. */
export function streamOfTopic(topic: string): StreamId | null {
  if (topic.startsWith('saves/')) return spaceStream(topic.slice('saves/'.length));
  return mirrorOfStream(topic) === null && spaceOfStream(topic) === null ? null : topic;
}
