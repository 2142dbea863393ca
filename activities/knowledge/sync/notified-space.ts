import type { Db } from '../../../db/connect.ts';
import { countWaitingSaves } from '../../../db/knowledge/waiting-saves.ts';
import { findSpace } from '../../../db/knowledge/spaces.ts';
import { spaceOfStream } from '../../../model/knowledge/ids.ts';
import type { StreamId } from '../../../model/streams/ids.ts';
import { spaceSubject } from '../../../model/knowledge/space-subject.ts';
import type { Notified } from '../../streams/find-notified.ts';

/** What notices say about a space; `null` if the stream is not a space's. */
export async function findNotifiedSpace(db: Db, stream: StreamId): Promise<Notified | null> {
  const spaceId = spaceOfStream(stream);
  if (spaceId === null) return null;
  const [row, { waitingSaves }] = await Promise.all([
    findSpace(db, spaceId),
    countWaitingSaves(db, spaceId),
  ]);
  return {
    subject: spaceSubject(spaceId, row?.name ?? spaceId),
    repositoryUrl: row?.repositoryUrl ?? '(the space no longer exists)',
    repositoryBranch: row?.repositoryBranch ?? '',
    waiting: waitingSaves,
    notify: row?.rules.notify ?? { emails: [] },
  };
}
