import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import type { ServerCertificate } from './network/certificate-authority.ts';

/** A mail as it was received. */
export interface ReceivedMail {
  from: string;
  to: string[];
  subject: string;
  text: string;
}

/** A real SMTP server on loopback that keeps the mails it receives. */
export interface MailServer {
  /** For `GITWARD_SMTP_URL`. */
  url: string;
  mails: ReceivedMail[];
  /** Refuses every mail with this text; `null` accepts them. */
  refuse: string | null;
  /** Recipients whose mail is refused. */
  refusedRecipients: Set<string>;
  close(): Promise<void>;
}

/** Starts the server, with STARTTLS if it has a certificate. Close it after use. */
export async function startMailServer(certificate?: ServerCertificate): Promise<MailServer> {
  const server = new SMTPServer({
    disabledCommands: certificate === undefined ? ['AUTH', 'STARTTLS'] : ['AUTH'],
    ...certificate,
    onMailFrom: (_address, _session, done) => {
      done(mailServer.refuse === null ? null : new Error(mailServer.refuse));
    },
    onRcptTo: ({ address }, _session, done) => {
      done(mailServer.refusedRecipients.has(address) ? new Error('No such mailbox') : null);
    },
    onData: (stream, { envelope }, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = envelope;
        mailServer.mails.push({
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          ...parse(Buffer.concat(chunks).toString()),
        });
        done();
      });
    },
  });
  // A client that disconnects early is not a failure of the server.
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const mailServer: MailServer = {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    mails: [],
    refuse: null,
    refusedRecipients: new Set(),
    close: () => new Promise((resolve) => server.close(resolve)),
  };
  return mailServer;
}

/** Subject and text of a plain mail, with quoted-printable and encoded words decoded. */
function parse(raw: string): { subject: string; text: string } {
  const [head = '', ...rest] = raw.split('\r\n\r\n');
  const headers = head.replace(/\r\n[ \t]+/g, ' ');
  const subject = /^Subject: (.*)$/m.exec(headers)?.[1] ?? '';
  const body = rest.join('\r\n\r\n').replaceAll('\r\n', '\n');
  const text = /quoted-printable/i.test(headers)
    ? Buffer.from(
        body
          .replaceAll('=\n', '')
          .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
        'latin1',
      ).toString()
    : body;
  return {
    subject: subject.replace(/=\?utf-8\?q\?(.*?)\?=/gi, (_, word: string) =>
      decodeURIComponent(word.replaceAll('_', ' ').replaceAll('=', '%')),
    ),
    text,
  };
}
