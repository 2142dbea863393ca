import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ServerCertificate } from './certificate-authority.ts';

const run = promisify(execFile);

const settings = `
[ca]
default_ca = expired
[expired]
database = index.txt
new_certs_dir = .
serial = serial
default_md = sha256
policy = names
x509_extensions = extensions
[names]
commonName = supplied
[extensions]
subjectAltName = IP:127.0.0.1,DNS:localhost
`;

/** A certificate for 127.0.0.1 that was valid in 2020. */
export async function makeExpiredCertificate(): Promise<ServerCertificate> {
  const cwd = await mkdtemp(join(tmpdir(), 'expired-'));
  const inside = (name: string) => join(cwd, name);
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  try {
    await Promise.all([
      writeFile(inside('ca.cnf'), settings),
      writeFile(inside('index.txt'), ''),
      writeFile(inside('serial'), '01\n'),
    ]);
    await run(
      'openssl',
      ['req', ...newKey, '-subj', '/CN=front', '-keyout', 'key', '-out', 'csr'],
      {
        cwd,
      },
    );
    const ca = ['ca', '-batch', '-notext', '-selfsign', '-config', 'ca.cnf', '-keyfile', 'key'];
    const times = ['-startdate', '20200101000000Z', '-enddate', '20201231235959Z'];
    await run('openssl', [...ca, ...times, '-in', 'csr', '-out', 'cert'], { cwd });
    const [key, cert] = await Promise.all([
      readFile(inside('key'), 'utf8'),
      readFile(inside('cert'), 'utf8'),
    ]);
    return { key, cert };
  } finally {
    await rm(cwd, { recursive: true, force: true });
  }
}
