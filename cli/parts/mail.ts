import { createTransport } from 'nodemailer';
import type { SendMail } from '../../activities/index.ts';
import type { Config } from '../../config.ts';

/** Sends mail over the settings' SMTP server; without one every mail is refused, which its notice keeps. */
export function createSendMail({ smtpUrl, mailFrom }: Config): SendMail {
  if (smtpUrl === null || mailFrom === null) {
    return () => Promise.reject(new Error('No mail server is set: give GITWARD_SMTP_URL.'));
  }
  const transport = createTransport({
    url: smtpUrl,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 20_000,
    // What we send is our own text: it must never make the transport read a file or fetch an address.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return async ({ to, subject, text }) => {
    await transport.sendMail({ from: mailFrom, to, subject, text });
  };
}
