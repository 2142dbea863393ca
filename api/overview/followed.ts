import { readSpaceOverview } from '../../db/knowledge/space-status.ts';
import type { Db } from '../../db/connect.ts';
import { readMirrorOverview } from '../../db/mirror/mirror-status.ts';
import { spaceOfStream } from '../../model/knowledge/ids.ts';
import { mirrorOfStream } from '../../model/mirror/ids.ts';
import type { StreamId } from '../../model/streams/ids.ts';
import { seesProject, type Caller } from '../access/caller.ts';
import type { ApiDeps } from '../http/deps.ts';
import type { Followed } from '../http/event-stream.ts';
import { kindsSeen, seenSpaces } from '../knowledge/spaces/space-access.ts';
import { spaceView } from '../knowledge/spaces/space-view.ts';
import { mirrorView } from '../mirror/mirrors/mirror-view.ts';
import { overviewChanges } from './overview-changes.ts';
import { readItems, streamOfTopic } from './read-items.ts';

/** The list of everything that the caller may see. */
export function followedOverview(db: Db, caller: Caller): Followed {
  return {
    wants: (topic) => {
      const stream = streamOfTopic(topic);
      return stream !== null && isSeen(caller, stream);
    },
    read: overviewChanges((wanted) => readItems(db, caller, wanted)),
  };
}

/**
 * A mirror or a space, as its own address answers: an event `status` at first and whenever it has changed, `gone` when
 * there is none that the caller may see.
 */
export function followedStream(
  deps: Pick<ApiDeps, 'db' | 'sealer'>,
  caller: Caller,
  stream: StreamId,
): Followed {
  let last: string | null = null;
  return {
    wants: (topic) => streamOfTopic(topic) === stream,
    async read() {
      const view = isSeen(caller, stream) ? await readView(deps, caller, stream) : null;
      const now = JSON.stringify(view);
      if (now === last) return [];
      last = now;
      return [view === null ? { event: 'gone', data: {} } : { event: 'status', data: view }];
    },
  };
}

async function readView(
  { db, sealer }: Pick<ApiDeps, 'db' | 'sealer'>,
  caller: Caller,
  stream: StreamId,
): Promise<object | null> {
  const mirror = mirrorOfStream(stream);
  if (mirror !== null) {
    const overview = await readMirrorOverview(db, mirror);
    return overview && mirrorView(overview);
  }
  const spaceId = spaceOfStream(stream) ?? '';
  const overview = await readSpaceOverview(db, spaceId, kindsSeen(caller, spaceId));
  // An ended space does not exist for anybody.
  return overview?.row.endedAt === null ? spaceView(sealer, overview) : null;
}

function isSeen(caller: Caller, stream: StreamId): boolean {
  const mirror = mirrorOfStream(stream);
  if (mirror !== null) return seesProject(caller, mirror.projectId);
  return seenSpaces(caller)?.includes(spaceOfStream(stream) ?? '') ?? true;
}
