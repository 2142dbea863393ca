import { ApplicationFailure } from '@temporalio/common';
import { listUntold } from '../../../db/streams/notices/cause.ts';
import {
  claimEnd,
  claimNotice,
  noteNotSent,
  noteSent,
  type NoticeClaim,
  type NoticeTurn,
} from '../../../db/streams/notices/claim.ts';
import {
  listRecipientsTold,
  listRecipientsWaiting,
  recordRecipients,
} from '../../../db/streams/notices/recorded.ts';
import { findOutage } from '../../../db/streams/outages.ts';
import type { NoticeName } from '../../../model/streams/outage.ts';
import { composeMessage } from './compose-message.ts';
import type { NotifyDependencies } from './notify-dependencies.ts';
import { readRecipients, recipientsOf, sendTo } from './recipients.ts';

/** The type of the failure of a notice that only waits its turn: nothing is wrong, and it is soon tried again. */
export const waitsItsTurn = 'NoticeWaitsItsTurn';

/**
 * Notifies whoever is to be told of a mirror's or space's outage and has not been notified yet. One message to a recipient tells
 * of all outages of the same cause that reach them. Returns how many recipients got a message. Throws if one could not be sent,
 * so that it is tried again; whoever has received it does not get it again.
 */
export async function notifyAdmins(
  deps: NotifyDependencies,
  notice: NoticeName,
): Promise<{ recipients: number }> {
  const { db } = deps;
  const stream = (await findOutage(db, notice.outageId))?.stream;
  const notified = stream === undefined ? null : await deps.findNotified(stream);
  if (notified === null) return { recipients: 0 };
  let count = 0;
  let waits: 'busy' | 'gathering' | null = null;
  const failures: string[] = [];
  for (const recipient of await recipientsFor(deps, notice, notified.notify)) {
    const turn = await takeTurn(deps, notice, recipient);
    if (turn.kind === 'busy' || turn.kind === 'gathering') waits = turn.kind;
    if (turn.kind !== 'claimed') continue;
    const error = await send(deps, turn.claim);
    if (error === null) count += 1;
    else failures.push(error);
  }
  if (failures.length > 0) throw new Error(`Not everybody was told: ${failures.join('; ')}`);
  if (waits !== null) throw whyItWaits(waits);
  return { recipients: count };
}

/** Who is to be told, by the outage's own settings, or who was told of it. Records the former before anyone is told. */
async function recipientsFor(
  { db }: NotifyDependencies,
  notice: NoticeName,
  notify: Parameters<typeof recipientsOf>[2],
): Promise<string[]> {
  // Only those who were notified of the trouble are told that it is over.
  if (notice.kind === 'recovered') return listRecipientsTold(db, notice.outageId);
  const recipients = recipientsOf(await readRecipients(db), notice.kind, notify);
  await recordRecipients(db, notice, recipients);
  return listRecipientsWaiting(db, notice);
}

async function takeTurn(
  { db }: NotifyDependencies,
  notice: NoticeName,
  recipient: string,
): Promise<NoticeTurn> {
  return notice.kind === 'recovered'
    ? claimEnd(db, notice.outageId, recipient)
    : claimNotice(db, notice, recipient);
}

/** Sends what was claimed; returns why it could not be sent, or `null`. */
async function send(deps: NotifyDependencies, claim: NoticeClaim): Promise<string | null> {
  const { db } = deps;
  const aheadIds = await listAhead(deps, claim);
  const outgoing = await composeMessage(deps, claim, aheadIds);
  // The project was removed meanwhile.
  if (outgoing === null) return null;
  const error = await sendTo(claim.recipient, outgoing, deps);
  if (error === null) await noteSent(db, claim, aheadIds);
  else await noteNotSent(db, claim, error);
  return error;
}

/** The outages of the claim's cause that are not due yet, and of which the recipient would be told. */
async function listAhead(
  { db }: NotifyDependencies,
  { kind, recipient, cause }: NoticeClaim,
): Promise<string[]> {
  if (cause === null || kind === 'recovered') return [];
  const untold = await listUntold(db, { cause, kind, recipient });
  if (untold.length === 0) return [];
  const installation = await readRecipients(db);
  return untold
    .filter(({ notify }) => recipientsOf(installation, kind, notify).includes(recipient))
    .map(({ outageId }) => outageId);
}

function whyItWaits(why: 'busy' | 'gathering'): ApplicationFailure {
  return ApplicationFailure.create({
    type: waitsItsTurn,
    message:
      why === 'busy'
        ? 'Another worker is telling the admins of this outage.'
        : 'Others may fail for the same reason in a moment: the admins are told of all at once.',
    nextRetryDelay: '10 seconds',
  });
}
