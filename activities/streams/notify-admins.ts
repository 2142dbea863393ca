import {
  claimNotices,
  holdingOutageNotices,
  noteNotice,
  listRecipientsTold,
  listRecipientsWaiting,
} from '../../db/streams/notices.ts';
import { findOutage, type Outage } from '../../db/streams/outages.ts';
import {
  composeNotice,
  type NoticeFacts,
  type OutgoingNotice,
} from '../../model/streams/notice.ts';
import type { NoticeName } from '../../model/streams/outage.ts';
import type { ActivityDependencies } from './dependencies.ts';
import type { FindNotified, Notified } from './find-notified.ts';
import { recipientsOf, sendTo } from './recipients.ts';

/** The parts that notifying admins needs; `findNotified` knows the streams of every product. */
export type NotifyDependencies = Pick<
  ActivityDependencies,
  'db' | 'sealer' | 'sendNotice' | 'logger'
> & {
  findNotified: FindNotified;
};

/**
 * Notifies whoever is to be told of a mirror's or space's outage and has not been notified yet. Returns how many were.
 * Throws if a notice could not be sent, so that it is tried again; whoever has received it does not get it again.
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
  const { db } = deps;
  const stream = (await findOutage(db, notice.outageId))?.stream;
  const notified = stream === undefined ? null : await deps.findNotified(stream);
  if (notified === null) return 0;
  const recipients =
    notice.kind === 'recovered'
      ? // Only those who were notified of the trouble are told that it is over.
        await listRecipientsTold(db, notice.outageId)
      : await recipientsOf(db, notice.kind, notified.notify);
  await claimNotices(db, notice, recipients);
  // Read after the claim: whoever ends the outage either finds the claim, or has ended it before we read it.
  const outage = await findOutage(db, notice.outageId);
  if (outage === undefined) return 0;
  // If the trouble was over before anybody could be notified, there is nothing to report.
  const isOfTrouble = notice.kind === 'person_needed' || notice.kind === 'escalated';
  if (isOfTrouble && outage.endedAt !== null) return 0;
  const outgoing = compose(notice, outage, notified);
  let count = 0;
  const failures: string[] = [];
  for (const recipient of await listRecipientsWaiting(db, notice)) {
    const error = await sendTo(recipient, outgoing, deps);
    await noteNotice(db, notice, recipient, error);
    if (error === null) count += 1;
    else failures.push(error);
  }
  if (failures.length > 0) throw new Error(`Not everybody was told: ${failures.join('; ')}`);
  return count;
}

function compose(
  { outageId, kind }: NoticeName,
  outage: Outage,
  notified: Notified,
): OutgoingNotice {
  const facts: NoticeFacts = {
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
  };
  return { id: `${outageId}/${kind}`, kind, facts, ...composeNotice(facts) };
}
