import { afterAll, expect, it } from 'vitest';
import { createSendMail } from '../../cli/parts/mail.ts';
import { readConfig } from '../../config.ts';
import { startMailServer } from '../support/mail-server.ts';
import { makeCertificateAuthority } from '../support/network/certificate-authority.ts';

/** It offers no TLS. */
const server = await startMailServer();
const port = new URL(server.url).port;
afterAll(() => server.close());

function send(url: string, env: Record<string, string> = {}): Promise<void> {
  const mail = { GITWARD_SMTP_URL: url, GITWARD_MAIL_FROM: 'gitward@example.com' };
  const config = readConfig({ ...mail, ...env });
  return createSendMail(config)({ to: 'ops@example.com', subject: 'A notice', text: 'Hello' });
}

it('sends to a server on this machine without TLS', async () => {
  for (const host of ['127.0.0.1', 'localhost']) await send(`smtp://${host}:${port}`);
  expect(server.mails.map(({ to }) => to)).toEqual([['ops@example.com'], ['ops@example.com']]);
});

it.each([
  // The system reads it as 127.0.0.1, but it is not written as an address of this machine.
  `smtp://user:hush@2130706433:${port}`,
  `smtp://user:hush@2130706433:${port}?requireTLS=false`,
  `smtp://user:hush@2130706433:${port}?ignoreTLS=true`,
])('sends neither a password nor a mail to another one without TLS: %s', async (url) => {
  const before = server.mails.length;
  await expect(send(url)).rejects.toThrow(/STARTTLS|TLS/);
  expect(server.mails).toHaveLength(before);
});

it('sends over TLS to a server with a certificate of a private authority, and past any proxy', async () => {
  const authority = await makeCertificateAuthority();
  const secure = await startMailServer(await authority.certificateFor('127.0.0.1'));
  // As above, it is not written as an address of this machine.
  const url = secure.url.replace('127.0.0.1', '2130706433');
  await expect(send(url)).rejects.toThrow(/The certificate of .* GITWARD_CA_FILE\.$/);
  await send(url, { GITWARD_CA_FILE: authority.file, HTTPS_PROXY: 'http://127.0.0.1:9' });
  expect(secure.mails).toHaveLength(1);
  await secure.close();
  await authority.remove();
});
