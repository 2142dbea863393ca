import { setTimeout as sleep } from 'node:timers/promises';
import { Context } from '@temporalio/activity';
import {
  doesGoOn,
  incidentOf,
  joinIncident,
  listIncident,
  listUnjoined,
  type Incident,
} from '../../db/streams/incidents.ts';
import {
  claimNotices,
  holdingOutageNotices,
  listRecipientsTold,
  listRecipientsWaiting,
  noteNotice,
  type ClaimedNotice,
} from '../../db/streams/notices.ts';
import { findOutage, type Outage } from '../../db/streams/outages.ts';
import { sharedCause } from '../../model/streams/incident.ts';
import {
  composeNotice,
  type NoticeFacts,
  type OutgoingNotice,
} from '../../model/streams/notice.ts';
import type { NoticeKind, NoticeName } from '../../model/streams/outage.ts';
import type { ActivityDependencies } from './dependencies.ts';
import type { FindNotified, Notified } from './find-notified.ts';
import { recipientsOf, sendTo } from './recipients.ts';

/** The parts that notifying admins needs; `findNotified` knows the streams of every product. */
export type NotifyDependencies = Pick<
  ActivityDependencies,
  'db' | 'sealer' | 'sendNotice' | 'logger' | 'gatherFor'
> & {
  findNotified: FindNotified;
};

/** More streams are not asked whether they fail for the same reason. */
const mostAsked = 1_000;

/** An outage, and what notices say of its stream. */
interface Member {
  outage: Outage;
  notified: Notified;
}

/**
 * Notifies whoever is to be told of a stream and has not been notified yet of the incident that its outage belongs to: many
 * streams that fail for the same reason are one, which is told once, with their list, and is over when the last of them
 * works again. Returns how many were told. Throws if a notice could not be sent, so that it is tried again; whoever has
 * received it does not get it again.
 */
export async function notifyAdmins(
  deps: NotifyDependencies,
  { outageId, kind }: NoticeName,
): Promise<{ recipients: number }> {
  const { db } = deps;
  const outage = await findOutage(db, outageId);
  const notified = outage === undefined ? null : await deps.findNotified(outage.stream);
  if (outage === undefined || notified === null) return { recipients: 0 };
  const member = { outage, notified };
  const isOfTrouble = kind === 'person_needed' || kind === 'escalated';
  const incident = isOfTrouble
    ? await join(deps, kind, member)
    : { id: incidentOf(outage), beganAt: outage.since };
  const claimed: ClaimedNotice = { incidentId: incident.id, kind, claimedBy: outageId };
  if (isOfTrouble && (await listRecipientsWaiting(db, claimed)).length === 0)
    return { recipients: 0 };
  if (kind === 'person_needed' && outage.cause !== null) await gather(deps, incident);

  const recipients = await holdingOutageNotices(db, incident.id, (connection) =>
    tell({ ...deps, db: connection }, claimed, member),
  );
  // Whoever is being notified of the trouble must also be told when it is over, so this waits for that to finish.
  if (recipients === null) throw new Error('Another worker is telling the admins of this outage.');
  return { recipients };
}

async function join(
  { db }: NotifyDependencies,
  kind: NoticeKind,
  { outage, notified }: Member,
): Promise<Incident> {
  outage.cause = sharedCause(outage.code, notified.shared);
  const recipients = await recipientsOf(db, kind, notified.notify);
  return joinIncident(db, outage.id, { cause: outage.cause, kind, recipients });
}

/** Waits until others that fail for the same reason had time to do so: a refused credential is told of at once, by each. */
async function gather({ gatherFor }: NotifyDependencies, { beganAt }: Incident): Promise<void> {
  const left = beganAt.getTime() + gatherFor - Date.now();
  if (left > 0)
    await sleep(Math.min(left, gatherFor), undefined, {
      signal: Context.current().cancellationSignal,
    });
}

async function tell(
  deps: NotifyDependencies,
  claimed: ClaimedNotice,
  { notified, outage: { id } }: Member,
): Promise<number> {
  const { db } = deps;
  const { incidentId, kind } = claimed;
  if (kind === 'recovered') {
    // The last one to work again tells.
    if (await doesGoOn(db, incidentId)) return 0;
    await claimNotices(db, claimed, await listRecipientsTold(db, incidentId));
  }
  if (kind === 'found')
    await claimNotices(db, claimed, await recipientsOf(db, kind, notified.notify));
  // Read after the claim: whoever ends the outage either finds the claim, or has ended it before we read it.
  const outage = await findOutage(db, id);
  if (outage === undefined) return 0;
  // If the trouble was over before anybody could be notified, there is nothing to report.
  const isOfTrouble = kind === 'person_needed' || kind === 'escalated';
  if (isOfTrouble && outage.endedAt !== null) return 0;
  const waiting = await listRecipientsWaiting(db, claimed);
  if (waiting.length === 0) return 0;

  const own: Member = { outage, notified };
  const others = (await listOthers(deps, claimed, own)).map(async (other) => ({
    ...other,
    recipients: await recipientsOf(db, 'escalated', other.notified.notify),
  }));
  const known = await Promise.all(others);
  let count = 0;
  const failures: string[] = [];
  for (const recipient of waiting) {
    // Nobody is told of streams that are not theirs.
    const theirs = known.filter(({ recipients }) => recipients.includes(recipient));
    const error = await sendTo(recipient, compose(claimed, own, theirs), deps);
    await noteNotice(db, claimed, recipient, error);
    if (error === null) count += 1;
    else failures.push(error);
  }
  if (failures.length > 0) throw new Error(`Not everybody was told: ${failures.join('; ')}`);
  return count;
}

/** The other streams of an incident, and, as long as it lasts, those that fail for the same reason and told nobody yet. */
async function listOthers(
  { db, findNotified }: NotifyDependencies,
  { incidentId, kind }: ClaimedNotice,
  own: Member,
): Promise<Member[]> {
  if (own.outage.cause === null) return [];
  const isOver = kind === 'recovered';
  const joined = (await listIncident(db, incidentId)).filter(
    ({ endedAt }) => isOver || endedAt === null,
  );
  const more = isOver ? [] : await listUnjoined(db, mostAsked);
  const others: Member[] = [];
  for (const outage of [...joined, ...more]) {
    if (outage.stream === own.outage.stream) continue;
    const notified = await findNotified(outage.stream);
    if (notified === null) continue;
    const cause = outage.cause ?? sharedCause(outage.code, notified.shared);
    if (cause === own.outage.cause) others.push({ outage, notified });
  }
  return others;
}

function compose(
  { incidentId, kind }: ClaimedNotice,
  { outage, notified }: Member,
  others: readonly Member[],
): OutgoingNotice {
  const all = [{ outage, notified }, ...others];
  const ends = all.flatMap((one) => one.outage.endedAt?.getTime() ?? []);
  const facts: NoticeFacts = {
    kind,
    subject: notified.subject,
    repositoryUrl: notified.repositoryUrl,
    repositoryBranch: notified.repositoryBranch,
    lane: outage.lane,
    since: new Date(Math.min(...all.map((one) => one.outage.since.getTime()))),
    endedAt: outage.endedAt === null ? null : new Date(Math.max(...ends)),
    attempts: outage.attempts,
    code: outage.code,
    message: outage.message,
    waiting: all.reduce((sum, one) => sum + one.notified.waiting, 0),
    nextAttemptAt: outage.nextAttemptAt,
    others: others.map((one) => one.notified.subject.label),
  };
  return { id: `${incidentId}/${kind}`, kind, facts, ...composeNotice(facts) };
}
