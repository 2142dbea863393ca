import type { Db } from '../../db/connect.ts';
import { findMirror } from '../../db/mirror/mirrors.ts';
import { findProject } from '../../db/mirror/projects.ts';
import { countWaiting } from '../../db/mirror/waiting-changes.ts';
import { mirrorOfStream } from '../../model/mirror/ids.ts';
import type { StreamId } from '../../model/streams/ids.ts';
import { mirrorSubject } from '../../model/mirror/mirror-subject.ts';
import type { Notified } from '../streams/find-notified.ts';

/** What notices say about a mirror; `null` if the stream is not a mirror's. */
export async function findNotifiedMirror(db: Db, stream: StreamId): Promise<Notified | null> {
  const key = mirrorOfStream(stream);
  if (key === null) return null;
  const [row, project, { undeliveredChanges }] = await Promise.all([
    findMirror(db, key),
    findProject(db, key.projectId),
    countWaiting(db, key),
  ]);
  return {
    subject: mirrorSubject(key, project?.name ?? key.projectId),
    repositoryUrl: row?.repositoryUrl ?? '(the mirror no longer exists)',
    repositoryBranch: row?.repositoryBranch ?? '',
    waiting: undeliveredChanges,
    notify: row?.policy.notify ?? { emails: [] },
  };
}
