import type { Db } from '../../db/connect.ts';
import { listAdminEmails } from '../../db/access/tokens.ts';
import {
  listDefaultChannels,
  listKnownChannels,
  openChannel,
} from '../../db/streams/notice-channels.ts';
import type { OutgoingNotice } from '../../model/streams/notice.ts';
import {
  channelOfRecipient,
  channelRecipient,
  type NoticeSettings,
} from '../../model/streams/notice-channel.ts';
import type { NoticeKind } from '../../model/streams/outage.ts';
import type { ActivityDependencies } from './dependencies.ts';

/** The recipient if there is nobody to tell: the notice goes to the log. */
const LOG = 'log';

/**
 * Who is to be told of trouble: whoever the stream names, and of an escalation the installation's channels too. If it names
 * nobody, the installation's channels and admins.
 */
export async function recipientsOf(
  db: Db,
  kind: NoticeKind,
  { emails, channels = [] }: NoticeSettings,
): Promise<string[]> {
  const named = [...emails, ...(await listKnownChannels(db, channels)).map(channelRecipient)];
  if (named.length > 0 && kind !== 'escalated') return named;
  const usual = (await listDefaultChannels(db)).map(channelRecipient);
  if (named.length > 0) return [...new Set([...named, ...usual])];
  const recipients = [...usual, ...(await listAdminEmails(db))];
  return recipients.length > 0 ? recipients : [LOG];
}

/** Sends a notice to a recipient; returns why it could not be sent, or `null`. */
export async function sendTo(
  recipient: string,
  notice: OutgoingNotice,
  {
    db,
    sealer,
    sendNotice,
    logger,
  }: Pick<ActivityDependencies, 'db' | 'sealer' | 'sendNotice' | 'logger'>,
): Promise<string | null> {
  if (recipient === LOG) {
    const { subject, text } = notice;
    logger.warn(
      { subject, text },
      'Nobody to notify: add a channel with `gitward channels add --default`',
    );
    return null;
  }
  const channelId = channelOfRecipient(recipient);
  let name = recipient;
  try {
    if (channelId === null) await sendNotice({ kind: 'email', address: recipient }, notice);
    else {
      const channel = await openChannel(db, sealer, channelId);
      // Removed since it was claimed: then it is nobody's any more.
      if (channel === null) return null;
      name = `the channel ${channel.name}`;
      await sendNotice(channel.target, notice);
    }
    return null;
  } catch (error) {
    return `${name}: ${error instanceof Error ? error.message : String(error)}`;
  }
}
