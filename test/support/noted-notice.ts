import type { Db } from '../../db/connect.ts';
import { claimNotice, noteNotSent, noteSent } from '../../db/streams/notices/claim.ts';
import type { NoticeName } from '../../model/streams/outage.ts';

/** Records that a notice was sent to a recipient, or why not, as a worker does. */
export async function noteNotice(
  db: Db,
  notice: NoticeName,
  recipient: string,
  error: string | null,
): Promise<void> {
  const turn = await claimNotice(db, notice, recipient);
  if (turn.kind !== 'claimed') throw new Error(`The notice was not claimed: ${turn.kind}`);
  if (error === null) await noteSent(db, turn.claim, []);
  else await noteNotSent(db, turn.claim, error);
}
