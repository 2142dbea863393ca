import type { Db } from '../../db/connect.ts';
import { findMirror } from '../../db/mirror/mirrors.ts';
import { findProject } from '../../db/mirror/projects.ts';
import { countWaitingSaves } from '../../db/knowledge/count-waiting-saves.ts';
import { findSpace } from '../../db/knowledge/spaces.ts';
import { countWaiting } from '../../db/mirror/waiting-changes.ts';
import { mirrorOfStream, type MirrorKey } from '../../model/mirror/ids.ts';
import { spaceOfStream } from '../../model/knowledge/ids.ts';
import type { StreamId } from '../../model/streams/ids.ts';
import {
  mirrorSubject,
  spaceSubject,
  type NoticeSubject,
} from '../../model/streams/notice-subject.ts';

/** What notices say of a stream, and to whom. */
export interface Notified {
  subject: NoticeSubject;
  repositoryUrl: string;
  repositoryBranch: string;
  /** Accepted and not delivered. */
  waiting: number;
  /** Whom its settings name. */
  emails: string[];
}

/** What notices say of the stream; `null` where nobody is told anything of such a stream. */
export async function findNotified(db: Db, stream: StreamId): Promise<Notified | null> {
  const mirror = mirrorOfStream(stream);
  if (mirror !== null) return notifiedMirror(db, mirror);
  const spaceId = spaceOfStream(stream);
  return spaceId === null ? null : notifiedSpace(db, spaceId);
}

async function notifiedMirror(db: Db, key: MirrorKey): Promise<Notified> {
  const [row, project, { undeliveredChanges }] = await Promise.all([
    findMirror(db, key),
    findProject(db, key.projectId),
    countWaiting(db, key),
  ]);
  return {
    subject: mirrorSubject(key, project?.name ?? key.projectId),
    repositoryUrl: row?.repositoryUrl ?? '(the mirror is gone)',
    repositoryBranch: row?.repositoryBranch ?? '',
    waiting: undeliveredChanges,
    emails: row?.policy.notify.emails ?? [],
  };
}

async function notifiedSpace(db: Db, spaceId: string): Promise<Notified> {
  const [row, { waitingSaves }] = await Promise.all([
    findSpace(db, spaceId),
    countWaitingSaves(db, spaceId),
  ]);
  return {
    subject: spaceSubject(spaceId, row?.name ?? spaceId),
    repositoryUrl: row?.repositoryUrl ?? '(the space is gone)',
    repositoryBranch: row?.repositoryBranch ?? '',
    waiting: waitingSaves,
    emails: row?.rules.notify.emails ?? [],
  };
}
