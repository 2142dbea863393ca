import {
  claimNotices,
  holdingOutageNotices,
  noteNotice,
  listRecipientsTold,
  listRecipientsWaiting,
} from '../../db/streams/notices.ts';
import { findOutage, type Outage } from '../../db/streams/outages.ts';
import { listAdminEmails } from '../../db/access/tokens.ts';
import { composeNotice, type NoticeText } from '../../model/streams/notice.ts';
import type { NoticeName } from '../../model/streams/outage.ts';
import type { ActivityDependencies } from './dependencies.ts';
import type { FindNotified, Notified } from './find-notified.ts';

/** The parts that notifying admins needs; `findNotified` knows the streams of every product. */
export type NotifyDependencies = Pick<ActivityDependencies, 'db' | 'sendMail' | 'logger'> & {
  findNotified: FindNotified;
};

/** The recipient if there is nobody to write to: the notice goes to the log. */
const LOG = 'log';

/**
 * Notifies each admin of the mirror or space (or, if it names none, of the installation) who has not been notified
 * yet. Returns how many were. Throws if a mail could not be sent, so that it is tried again; whoever has received the
 * mail does not get it again.
 */
export async function notifyAdmins(
  deps: NotifyDependencies,
  notice: NoticeName,
): Promise<{ recipients: number }> {
  const recipients = await holdingOutageNotices(deps.db, notice.outageId, (db) =>
    tell({ ...deps, db }, notice),
  );
  // Whoever is being notified of the trouble must also be told when it is over, so this waits for that to finish.
  if (recipients === null) throw new Error('Another worker is telling the admins of this outage.');
  return { recipients };
}

async function tell(deps: NotifyDependencies, notice: NoticeName): Promise<number> {
  const stream = (await findOutage(deps.db, notice.outageId))?.stream;
  const notified = stream === undefined ? null : await deps.findNotified(stream);
  if (notified === null) return 0;
  await claimNotices(deps.db, notice, await recipientsOf(deps, notice, notified));
  // Read after the claim: whoever ends the outage either finds the claim, or has ended it before we read it.
  const outage = await findOutage(deps.db, notice.outageId);
  if (outage === undefined) return 0;
  // If the trouble was over before anybody could be notified, there is nothing to report.
  const isOfTrouble = notice.kind === 'person_needed' || notice.kind === 'escalated';
  if (isOfTrouble && outage.endedAt !== null) return 0;
  const text = compose(notice, outage, notified);
  let count = 0;
  const failures: string[] = [];
  for (const recipient of await listRecipientsWaiting(deps.db, notice)) {
    const error = await send(deps, recipient, text);
    await noteNotice(deps.db, notice, recipient, error);
    if (error === null) count += 1;
    else failures.push(`${recipient}: ${error}`);
  }
  if (failures.length > 0) throw new Error(`Mail could not be sent to ${failures.join('; ')}`);
  return count;
}

function compose({ kind }: NoticeName, outage: Outage, notified: Notified): NoticeText {
  return composeNotice({
    kind,
    subject: notified.subject,
    repositoryUrl: notified.repositoryUrl,
    repositoryBranch: notified.repositoryBranch,
    lane: outage.lane,
    since: outage.since,
    endedAt: outage.endedAt,
    attempts: outage.attempts,
    code: outage.code,
    message: outage.message,
    waiting: notified.waiting,
    nextAttemptAt: outage.nextAttemptAt,
  });
}

async function recipientsOf(
  { db }: NotifyDependencies,
  notice: NoticeName,
  { emails }: Notified,
): Promise<string[]> {
  // Only those who were notified of the trouble are told that it is over.
  if (notice.kind === 'recovered') return listRecipientsTold(db, notice.outageId);
  const recipients = emails.length > 0 ? emails : await listAdminEmails(db);
  return recipients.length > 0 ? recipients : [LOG];
}

async function send(
  { sendMail, logger }: NotifyDependencies,
  to: string,
  { subject, text }: NoticeText,
): Promise<string | null> {
  if (to === LOG) {
    logger.warn({ subject, text }, 'Nobody to notify: set notify.emails of the mirror or space');
    return null;
  }
  try {
    await sendMail({ to, subject, text });
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
