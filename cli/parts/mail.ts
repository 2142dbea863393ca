import { createTransport } from 'nodemailer';
import type { Config } from '../../config.ts';
import { explainCertificate, trustIn } from '../../network/certificates.ts';
import type { NetworkSettings } from '../../network/reach.ts';

/** A mail to one recipient. */
export interface Mail {
  to: string;
  subject: string;
  text: string;
}

/** Sends a mail, or rejects. */
export type SendMail = (mail: Mail) => Promise<void>;

/**
 * Sends mail through the configured SMTP server, directly: an HTTP proxy does not carry mail. Without one it rejects every mail, and the notice
 * stores that error.
 */
export function createSendMail({ smtpUrl, mailFrom, network }: Config): SendMail {
  if (smtpUrl === null || mailFrom === null) {
    return () => Promise.reject(new Error('No mail server is configured: set GITWARD_SMTP_URL.'));
  }
  const { transport, host } = transportTo(smtpUrl, network);
  return async ({ to, subject, text }) => {
    try {
      await transport.sendMail({ from: mailFrom, to, subject, text });
    } catch (error) {
      throw error instanceof Error ? explainCertificate(error, host) : error;
    }
  };
}

/** Connects to the mail server and signs in there, as for a mail; sends none. Rejects if that is not possible. */
export async function verifyMailServer(smtpUrl: string, network: NetworkSettings): Promise<void> {
  const { transport, host } = transportTo(smtpUrl, network);
  try {
    await transport.verify();
  } catch (error) {
    throw error instanceof Error ? explainCertificate(error, host) : error;
  } finally {
    transport.close();
  }
}

function transportTo(smtpUrl: string, { certificates }: NetworkSettings) {
  const trust = trustIn(certificates);
  const transport = createTransport({
    url: withTls(smtpUrl),
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 20_000,
    ...(trust !== undefined && { tls: { secureContext: trust } }),
    // We only send our own text, so it must never make the transport read a file or fetch a URL.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return { transport, host: new URL(smtpUrl).host };
}

/** Neither a password nor a notice crosses a network in clear text: only a server on this machine needs no TLS. */
function withTls(smtpUrl: string): string {
  const url = new URL(smtpUrl);
  if (/^(?:localhost|127(?:\.\d+){3}|\[::1\])$/i.test(url.hostname)) return smtpUrl;
  // Parameters win over options in nodemailer.
  url.searchParams.delete('ignoreTLS');
  url.searchParams.set('requireTLS', 'true');
  return url.href;
}
