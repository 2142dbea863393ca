import { findMirror } from '../db/mirrors.ts';
import {
  claimNotices,
  holdingOutageNotices,
  noteNotice,
  recipientsTold,
  recipientsWaiting,
} from '../db/notices.ts';
import { findOutage, type OutageRow } from '../db/outages.ts';
import { findProject } from '../db/projects.ts';
import { adminEmails } from '../db/tokens.ts';
import { countWaiting } from '../db/waiting-changes.ts';
import { mirrorOfStream, type MirrorKey } from '../model/ids.ts';
import { composeNotice, type NoticeText } from '../model/notice.ts';
import type { NoticeName } from '../model/outage.ts';
import type { ActivityDependencies } from './dependencies.ts';

/** Stands for a recipient where there is nobody to write to: the log is told. */
const LOG = 'log';

/**
 * Tells each admin of the mirror (or, where it names none, of the installation) that has not been
 * told. Answers how many were. Throws where a mail could not be sent, to be tried again; who got his
 * is not written to again.
 */
export async function notifyAdmins(
  deps: ActivityDependencies,
  notice: NoticeName,
): Promise<{ told: number }> {
  const told = await holdingOutageNotices(deps.db, notice.outageId, (db) =>
    tell({ ...deps, db }, notice),
  );
  // Whoever hears now of the trouble is to hear of its end as well: that waits until he has.
  if (told === null) throw new Error('Another worker is telling the admins of this outage.');
  return { told };
}

async function tell(deps: ActivityDependencies, notice: NoticeName): Promise<number> {
  const stream = (await findOutage(deps.db, notice.outageId))?.stream;
  const key = stream === undefined ? null : mirrorOfStream(stream);
  if (key === null) return 0;
  await claimNotices(deps.db, notice, await recipientsOf(deps, notice, key));
  // Read after the claim: who ends the outage either finds the claim, or is found here.
  const outage = await findOutage(deps.db, notice.outageId);
  if (outage === undefined) return 0;
  // Trouble that is over before anyone could be told is no news.
  if (notice.kind !== 'recovered' && outage.ended_at !== null) return 0;
  const text = await compose(deps, notice, outage, key);
  let told = 0;
  const failures: string[] = [];
  for (const recipient of await recipientsWaiting(deps.db, notice)) {
    const error = await send(deps, recipient, text);
    await noteNotice(deps.db, notice, recipient, error);
    if (error === null) told += 1;
    else failures.push(`${recipient}: ${error}`);
  }
  if (failures.length > 0) throw new Error(`Mail could not be sent to ${failures.join('; ')}`);
  return told;
}

async function compose(
  { db }: ActivityDependencies,
  { kind }: NoticeName,
  outage: OutageRow,
  key: MirrorKey,
): Promise<NoticeText> {
  const [row, project, waiting] = await Promise.all([
    findMirror(db, key),
    findProject(db, key.projectId),
    countWaiting(db, key),
  ]);
  return composeNotice({
    ...key,
    kind,
    projectName: project?.name ?? key.projectId,
    repositoryUrl: row?.repository_url ?? '(the mirror is gone)',
    repositoryBranch: row?.repository_branch ?? '',
    lane: outage.lane,
    since: outage.since,
    endedAt: outage.ended_at,
    attempts: outage.attempts,
    code: outage.code,
    message: outage.message,
    undeliveredChanges: waiting.undeliveredChanges,
    nextAttemptAt: outage.next_attempt_at,
  });
}

async function recipientsOf(
  { db }: ActivityDependencies,
  notice: NoticeName,
  key: MirrorKey,
): Promise<string[]> {
  // Only who heard of the trouble hears that it is over.
  if (notice.kind === 'recovered') return recipientsTold(db, notice.outageId);
  const row = await findMirror(db, key);
  const emails = row?.policy.notify.emails ?? [];
  const recipients = emails.length > 0 ? emails : await adminEmails(db);
  return recipients.length > 0 ? recipients : [LOG];
}

async function send(
  { sendMail, logger }: ActivityDependencies,
  to: string,
  { subject, text }: NoticeText,
): Promise<string | null> {
  if (to === LOG) {
    logger.warn({ subject, text }, 'Nobody to tell: give the mirror notify.emails');
    return null;
  }
  try {
    await sendMail({ to, subject, text });
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
