import { X509Certificate } from 'node:crypto';
import pMap from 'p-map';
import { listOrigins } from '../../../db/diagnosis/remotes-in-use.ts';
import type { Certificates } from '../../../network/certificates.ts';
import type { AddressPolicy } from '../../../network/address-policy.ts';
import type { Examined } from '../examined.ts';
import { fails, ok, reasonOf, warning, type Check, type Found } from '../check.ts';
import { readServerCertificate, type ShownCertificate } from '../server-certificate.ts';

const day = 24 * 60 * 60 * 1_000;
/** How many days before its end a certificate should be replaced. */
const soon = 14;
/** With more in its files somebody names all public authorities, of which some have always expired. */
const mostOwn = 20;
/** Servers whose certificates are looked at, and how many at once. */
const most = 50;
const atOnce = 8;
/** How long one may take, in milliseconds. */
const patience = 8_000;

/** Whether the certificates in files, and those of the servers that Gitward talks to, are valid and stay so for a while. */
export const certificatesCheck: Check = {
  name: 'certificates',
  async look(examined) {
    const { config, policy, usableDatabase } = examined;
    const db = await usableDatabase();
    const outside = db === null ? [] : (await listOrigins(db)).slice(0, most);
    const own = [config.publicUrl, config.smtpUrl?.replace(/^smtps:/i, 'https:')].filter(
      (url) => url != null,
    );
    const servers: [string, AddressPolicy | null][] = [
      ...outside.map((url): [string, AddressPolicy | null] => [url, policy]),
      ...own.map((url): [string, null] => [url, null]),
    ];
    const shown = await pMap(
      servers.filter(([url]) => url.startsWith('https:')),
      ([url, rules]) => serverFinding(examined, new URL(url), rules),
      { concurrency: atOnce },
    );
    const findings = [...fileFindings(config.network.certificates), ...shown];
    return findings.length > 0 ? findings : [ok('No certificates are used.')];
  },
};

function fileFindings({ files, pem }: Certificates): Found[] {
  if (pem.length > mostOwn)
    return [ok(`The files ${files.join(' and ')} have ${pem.length} certificates.`)];
  const now = Date.now();
  const bad = pem.flatMap((text): Found[] => {
    const { subject, validTo } = new X509Certificate(text);
    const end = Date.parse(validTo);
    if (end - now > soon * day) return [];
    const name = subject.split('\n').join(', ');
    const where = files.join(' or ');
    return [
      end < now
        ? warning(
            `The certificate "${name}" in ${where} expired on ${dated(new Date(end))}.`,
            'Put its successor into that file, and start Gitward again.',
          )
        : warning(
            `The certificate "${name}" in ${where} expires on ${dated(new Date(end))}.`,
            'Add its successor to that file, and start Gitward again.',
          ),
    ];
  });
  if (bad.length > 0 || files.length === 0) return bad;
  return [ok(`The ${pem.length} certificates in ${files.join(' and ')} are valid.`)];
}

async function serverFinding(
  { config: { network } }: Examined,
  url: URL,
  policy: AddressPolicy | null,
): Promise<Found> {
  try {
    const options = { network, policy, timeout: patience };
    return judged(url.host, await readServerCertificate(url, options));
  } catch (error) {
    return warning(
      `The certificate of ${url.host} was not looked at: ${reasonOf(error)}.`,
      'Check whether this machine can reach it (curl -I), and what is said about proxies.',
    );
  }
}

function judged(host: string, { name, validFrom, validTo, refused }: ShownCertificate): Found {
  const now = Date.now();
  const which = `The certificate of ${host} ("${name}")`;
  if (validTo.getTime() < now)
    return fails(`${which} expired on ${dated(validTo)}.`, `Renew it at ${host}.`);
  if (validFrom.getTime() > now)
    return fails(
      `${which} is not valid before ${dated(validFrom)}.`,
      `Check the clock of this machine, and the certificate at ${host}.`,
    );
  if (refused === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return fails(`${which} is for other names.`, `Let ${host} show a certificate for its name.`);
  if (refused !== null)
    return fails(
      `${which} is not from an authority that is known here (${refused}).`,
      'If it is one of your own, name the file with its certificate in GITWARD_CA_FILE. If not, somebody may be in between.',
    );
  if (validTo.getTime() - now < soon * day)
    return warning(`${which} expires on ${dated(validTo)}.`, `Renew it at ${host}.`);
  return ok(`${which} is valid until ${dated(validTo)}.`);
}

function dated(time: Date): string {
  return time.toISOString().slice(0, 10);
}
