import type { OutgoingNotice } from './notice.ts';

/** The kinds of channels that notices are sent through. */
export const channelKinds = ['email', 'slack', 'teams', 'webhook'] as const;

/** See {@link channelKinds}. */
export type ChannelKind = (typeof channelKinds)[number];

/**
 * Where a channel leads to: an address, or the incoming webhook of Slack, Microsoft Teams or a program of one's own. All
 * but the address of a mail are secrets: whoever knows such a URL can post there.
 */
export type ChannelTarget =
  | { kind: 'email'; address: string }
  | { kind: 'slack' | 'teams'; url: string }
  | {
      kind: 'webhook';
      url: string;
      /** What its messages are signed with: `whsec_` and base64, as standardwebhooks.com has it. */
      secret: string;
    };

/** Sends a notice, or rejects with an error whose message says why, without a secret. */
export type SendNotice = (target: ChannelTarget, notice: OutgoingNotice) => Promise<void>;

/** What a mirror or a space says about who is to be told. */
export interface NoticeSettings {
  emails: string[];
  /** Ids of channels; defaults to none. */
  channels?: string[];
}

const prefix = 'channel/';

/** How a stored notice names a channel as its recipient. */
export function channelRecipient(channelId: string): string {
  return prefix + channelId;
}

/** The channel that a recipient is; `null` if it is an address. */
export function channelOfRecipient(recipient: string): string | null {
  return recipient.startsWith(prefix) ? recipient.slice(prefix.length) : null;
}
