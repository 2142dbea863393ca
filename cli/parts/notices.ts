import type { Dispatcher } from 'undici';
import type { Config } from '../../config.ts';
import { postNotice } from '../../hosts/notices/post-notice.ts';
import type { SendNotice } from '../../model/streams/notice-channel.ts';
import { createSendMail } from './mail.ts';

/** Sends notices by mail, through the configured SMTP server, and to the webhooks of channels. */
export function createSendNotice(config: Config, dispatcher: Dispatcher): SendNotice {
  const sendMail = createSendMail(config);
  return async (target, notice) => {
    if (target.kind !== 'email') return postNotice(dispatcher, target, notice);
    const { subject, text } = notice;
    return sendMail({ to: target.address, subject, text });
  };
}
