import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What a TLS server shows. */
export interface ServerCertificate {
  key: string;
  cert: string;
}

/** A private certification authority. */
export interface CertificateAuthority {
  /** The file with its own certificate. */
  file: string;
  /** Makes a certificate for these names and IP addresses. */
  certificateFor(...hosts: string[]): Promise<ServerCertificate>;
  /** Removes its files. */
  remove(): Promise<void>;
}

/** Makes an authority that nobody knows yet, with openssl. */
export async function makeCertificateAuthority(): Promise<CertificateAuthority> {
  const directory = await mkdtemp(join(tmpdir(), 'private-ca-'));
  const inside = (name: string) => join(directory, name);
  const openssl = (...args: string[]) => run('openssl', args, { cwd: directory });
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  await openssl(
    ...['req', '-x509', ...newKey, '-days', '2', '-subj', '/CN=A private authority'],
    ...['-addext', 'basicConstraints=critical,CA:TRUE', '-addext', 'keyUsage=critical,keyCertSign'],
    ...['-keyout', 'ca.key', '-out', 'ca.pem'],
  );
  let made = 0;
  return {
    file: inside('ca.pem'),
    async certificateFor(...hosts) {
      const name = `server-${(made += 1)}`;
      const names = hosts.map((host) => `${isIP(host) === 0 ? 'DNS' : 'IP'}:${host}`).join(',');
      await writeFile(
        inside(`${name}.ext`),
        `subjectAltName=${names}\nbasicConstraints=CA:FALSE\n`,
      );
      await openssl(
        ...[
          'req',
          ...newKey,
          '-subj',
          `/CN=${name}`,
          '-keyout',
          `${name}.key`,
          '-out',
          `${name}.csr`,
        ],
      );
      await openssl(
        ...[
          'x509',
          '-req',
          '-in',
          `${name}.csr`,
          '-CA',
          'ca.pem',
          '-CAkey',
          'ca.key',
          '-days',
          '2',
        ],
        ...['-CAcreateserial', '-extfile', `${name}.ext`, '-out', `${name}.pem`],
      );
      const [key, cert] = await Promise.all([
        readFile(inside(`${name}.key`), 'utf8'),
        readFile(inside(`${name}.pem`), 'utf8'),
      ]);
      return { key, cert };
    },
    remove: () => rm(directory, { recursive: true, force: true }),
  };
}
