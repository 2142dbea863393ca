import type { Db } from '../../../db/connect.ts';
import { listAdminEmails } from '../../../db/access/tokens.ts';
import { listChannels, openChannel } from '../../../db/streams/notice-channels.ts';
import type { OutgoingNotice } from '../../../model/streams/notice.ts';
import {
  channelOfRecipient,
  channelRecipient,
  type NoticeSettings,
} from '../../../model/streams/notice-channel.ts';
import { sendWithin } from '../../../model/streams/notices/timings.ts';
import type { NoticeKind } from '../../../model/streams/outage.ts';
import type { ActivityDependencies } from '../dependencies.ts';

/** The recipient if there is nobody to tell: the notice goes to the log. */
const LOG = 'log';

/** Whom the installation has for notices. */
export interface InstallationRecipients {
  channels: ReadonlySet<string>;
  defaultChannels: readonly string[];
  adminEmails: readonly string[];
}

/** Reads whom the installation has for notices. */
export async function readRecipients(db: Db): Promise<InstallationRecipients> {
  const channels = await listChannels(db);
  return {
    channels: new Set(channels.map(({ id }) => id)),
    defaultChannels: channels.filter(({ isDefault }) => isDefault).map(({ id }) => id),
    adminEmails: await listAdminEmails(db),
  };
}

/**
 * Who is to be told of trouble: whoever the stream names, and of an escalation the installation's channels too. If it names
 * nobody, the installation's channels and admins.
 */
export function recipientsOf(
  { channels: known, defaultChannels, adminEmails }: InstallationRecipients,
  kind: NoticeKind,
  { emails, channels = [] }: NoticeSettings,
): string[] {
  const named = [...emails, ...channels.filter((id) => known.has(id)).map(channelRecipient)];
  if (named.length > 0 && kind !== 'escalated') return [...new Set(named)];
  const usual = defaultChannels.map(channelRecipient);
  if (named.length > 0) return [...new Set([...named, ...usual])];
  const recipients = [...usual, ...adminEmails];
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
    if (channelId === null) await inTime(sendNotice({ kind: 'email', address: recipient }, notice));
    else {
      const channel = await openChannel(db, sealer, channelId);
      // Removed since it was claimed: then it is nobody's any more.
      if (channel === null) return null;
      name = `the channel ${channel.name}`;
      await inTime(sendNotice(channel.target, notice));
    }
    return null;
  } catch (error) {
    return `${name}: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** Rejects if sending takes so long that the claim might run out. */
async function inTime(sending: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`It was not taken within ${sendWithin / 1_000} s.`)),
      sendWithin,
    );
  });
  try {
    await Promise.race([sending, late]);
  } finally {
    clearTimeout(timer);
  }
}
