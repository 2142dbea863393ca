import { randomBytes } from 'node:crypto';
import { chmod, mkdir, mkdtemp, rm, statfs, symlink, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { runDoctor } from '../../../cli/doctor/run-doctor.ts';
import { nodeVersion } from '../../../cli/doctor/checks/versions.ts';
import { runChecks, type Check, type Finding } from '../../../cli/doctor/check.ts';
import { allChecks } from '../../../cli/doctor/checks.ts';
import { housekeepingCheck } from '../../../cli/doctor/checks/housekeeping.ts';
import { proxyCheck } from '../../../cli/doctor/checks/proxy.ts';
import { examine } from '../../../cli/doctor/examined.ts';
import { putDisk } from '../../../db/housekeeping/disks.ts';
import { noteRun } from '../../../db/housekeeping/runs.ts';
import { freePort } from '../../../embedded/free-port.ts';
import { TestGitward } from '../../support/gitward.ts';
import { startMailServer } from '../../support/mail-server.ts';
import { makeExpiredCertificate } from '../../support/network/expired-certificate.ts';
import { startTlsFront } from '../../support/network/tls-front.ts';
import { databaseUrl, makeDatabase, onServer } from '../../support/postgres.ts';

let gitward: TestGitward;
let healthy: Record<string, string>;
let place: string;
const ends: (() => unknown)[] = [];

beforeAll(async () => {
  gitward = await TestGitward.start();
  await gitward.enableMirror();
  await gitward.createSpace('sales', { 'readme.md': 'Sales' });
  await gitward.until('synced');
  place = await mkdtemp(join(tmpdir(), 'gitward-doctor-test-'));
  healthy = { ...gitward.environment, GITWARD_URL: gitward.url };
});
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});
afterAll(async () => {
  await gitward.stop();
  await rm(place, { recursive: true, force: true });
});

/** What the doctor finds that is not in order, with these settings in place of the healthy ones. */
async function faults(
  settings: Record<string, string | undefined>,
  checks = allChecks,
): Promise<Finding[]> {
  const { findings } = await runDoctor({ ...healthy, ...settings }, checks);
  const said = JSON.stringify(findings);
  for (const secret of secretsOf({ ...healthy, ...settings })) expect(said).not.toContain(secret);
  return findings.filter(({ level }) => level !== 'ok');
}

/** The passwords and keys in an environment. */
function secretsOf(env: Record<string, string | undefined>): string[] {
  const addresses = [env.DATABASE_URL, env.HTTPS_PROXY, env.GITWARD_SMTP_URL];
  const passwords = addresses.flatMap((url) => (url === undefined ? [] : new URL(url).password));
  return [...passwords, env.GITWARD_MASTER_KEY ?? ''].filter((secret) => secret !== '');
}

/** A finding of this check and level whose words match, with a mend that does. */
function finding(check: string, level: Finding['level'], says: RegExp, mend: RegExp) {
  return expect.objectContaining({
    ...{ check, level },
    says: expect.stringMatching(says) as string,
    mend: expect.stringMatching(mend) as string,
  }) as Finding;
}

test('a healthy installation is in order in every respect', async () => {
  const { code, out } = await gitward.command('doctor', '--json');
  const report = JSON.parse(out) as { counts: object; findings: Finding[] };
  expect(report.findings.filter(({ level }) => level !== 'ok')).toEqual([]);
  expect(code).toBe(0);
  const looked = new Set(report.findings.map(({ check }) => check));
  expect([...looked].sort()).toEqual(
    [
      ...[
        'API',
        'Temporal',
        'certificates',
        'clocks',
        'database',
        'disk',
        'mail',
        'master key',
        'housekeeping',
      ],
      ...['permissions', 'proxy', 'repositories', 'settings', 'sign-in', 'versions'],
    ].sort(),
  );
  const said = report.findings.map(({ says }) => says).join('\n');
  expect(said).toContain('It agrees with that of the database server.');
  expect(said).toContain('It agrees with that of the API.');
  expect(said).toContain(`${gitward.git.url('mirror')} (main) answers.`);
  expect(said).toContain(`${gitward.git.url('sales')} (main) answers.`);
  expect(said).toContain('A worker asks it for work.');
});

describe('a planted fault is found, and its mend is named:', () => {
  test('settings that cannot be used, and a misspelt one; the rest is looked at all the same', async () => {
    const settings = { GITWARD_WINDOW: 'soon', GITWARD_RETRY_INTERVALL: '1m' };
    expect(await faults(settings)).toEqual([
      finding('settings', 'fails', /^GITWARD_WINDOW is "soon": use a duration/, /Correct it/),
      finding('settings', 'warning', /GITWARD_RETRY_INTERVALL is set/, /README/),
    ]);
  });

  test('a wrong password of the database', async () => {
    const url = new URL(healthy.DATABASE_URL ?? '');
    url.password = 'wrong-password-5d1';
    const found = await faults({ DATABASE_URL: url.href });
    expect(found).toContainEqual(
      finding(
        'database',
        'fails',
        /password authentication failed.*28P01/,
        /password in DATABASE_URL/,
      ),
    );
    // What depends on it says so, and fails no more than that.
    expect(found.filter(({ level }) => level === 'fails')).toHaveLength(1);
  });

  test('a database that does not exist, and a server that does not', async () => {
    const url = healthy.DATABASE_URL ?? '';
    expect(await faults({ DATABASE_URL: databaseUrl(url, 'no_such') })).toContainEqual(
      finding('database', 'fails', /no_such.*does not exist.*3D000/, /CREATE DATABASE/),
    );
    expect(await faults({ DATABASE_URL: 'postgresql://u:pass-77a@127.0.0.1:9/x' })).toContainEqual(
      finding('database', 'fails', /ECONNREFUSED/, /Start PostgreSQL/),
    );
  });

  test('a database that was not migrated', async () => {
    const name = `doctor_${randomBytes(6).toString('hex')}`;
    await onServer(`CREATE DATABASE ${name}`);
    ends.push(() => onServer(`DROP DATABASE ${name} WITH (FORCE)`));
    const found = await faults({ DATABASE_URL: databaseUrl(healthy.DATABASE_URL ?? '', name) });
    expect(found).toContainEqual(
      finding('database', 'fails', /no tables of Gitward/, /gitward migrate/),
    );
    const tables = await onServer<{ count: string }>(
      "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace",
      databaseUrl(healthy.DATABASE_URL ?? '', name),
    );
    expect(tables[0]?.count).toBe('0');
  });

  test('a database that lacks a migration, and one that a newer Gitward has migrated', async () => {
    const database = await makeDatabase();
    ends.push(() => database.drop());
    const found = () => faults({ DATABASE_URL: database.url });
    await sql`DELETE FROM kysely_migration WHERE name LIKE '0043%'`.execute(database.db);
    expect(await found()).toContainEqual(
      finding('database', 'fails', /lacks the migrations 0043-/, /gitward migrate/),
    );
    await sql`INSERT INTO kysely_migration VALUES ('0043-attention', ''), ('9999-future', '')`.execute(
      database.db,
    );
    expect(await found()).toContainEqual(
      finding('database', 'fails', /newer Gitward.*9999-future/, /Install the version that/),
    );
  });

  test('the master key of another installation, and none', async () => {
    const other = randomBytes(32).toString('base64');
    expect(await faults({ GITWARD_MASTER_KEY: other })).toContainEqual(
      finding(
        'master key',
        'fails',
        /other master keys.*credentials\.secret/,
        /GITWARD_MASTER_KEY/,
      ),
    );
    expect(await faults({ GITWARD_MASTER_KEY: undefined })).toContainEqual(
      finding('settings', 'fails', /GITWARD_MASTER_KEY is not/, /written with/),
    );
  });

  test('a Temporal that does not answer', async () => {
    const found = await faults({ TEMPORAL_ADDRESS: '127.0.0.1:9' });
    expect(found).toEqual([
      finding('Temporal', 'fails', /does not answer at 127\.0\.0\.1:9/, /TEMPORAL_ADDRESS/),
    ]);
  });

  test('a namespace that Temporal does not have', async () => {
    expect(await faults({ TEMPORAL_NAMESPACE: 'nowhere' })).toEqual([
      finding('Temporal', 'fails', /no namespace nowhere/, /namespace create --namespace nowhere/),
    ]);
  });

  test('key files that others may read, a file where a folder has to be, and a folder for everybody', async () => {
    const dataDir = join(place, 'open');
    await mkdir(dataDir, { mode: 0o700 });
    await writeFile(join(dataDir, 'master-key'), randomBytes(32).toString('base64'), {
      mode: 0o644,
    });
    await writeFile(join(dataDir, 'git-cache'), '');
    const open = await faults({ GITWARD_DATA_DIR: dataDir });
    expect(open).toEqual([
      finding('permissions', 'fails', /git-cache is a file/, /Move it away/),
      finding(
        'permissions',
        'fails',
        /may read .*master-key \(mode 644\)/,
        /chmod 600 .*master-key/,
      ),
    ]);
    await chmod(dataDir, 0o777);
    expect(await faults({ GITWARD_DATA_DIR: dataDir })).toContainEqual(
      finding('permissions', 'fails', /Others may write to .*\(mode 777\)/, /chmod go-w/),
    );
    const below = join(dataDir, 'git-cache', 'data');
    expect(await faults({ GITWARD_DATA_DIR: below })).toEqual([
      finding('permissions', 'fails', /cannot be made, because .*git-cache is a file/, /Move that/),
    ]);
    const fine = await faults({ GITWARD_DATA_DIR: join(place, 'not', 'there', 'yet') });
    expect(fine).toEqual([]);
  });

  test('a disk that is too small, and a data directory in memory', async () => {
    expect(await faults({ GITWARD_MAX_CLONE_MIB: '900000000' })).toEqual([
      finding(
        'disk',
        'warning',
        /One clone may take up to 900,000,000 MiB/,
        /Make room.*GITWARD_MAX_CLONE_MIB/,
      ),
    ]);
    expect(await faults({ GITWARD_MIN_FREE_MIB: '900000000' })).toEqual([
      finding(
        'disk',
        'warning',
        /No new caches and clones are kept below 900,000,000 MiB/,
        /Make room.*GITWARD_MIN_FREE_MIB/,
      ),
    ]);
    const memory = await statfs('/dev/shm').catch(() => null);
    if (memory?.type !== 0x01021994) return;
    const dataDir = await mkdtemp('/dev/shm/gitward-doctor-');
    ends.push(() => rm(dataDir, { recursive: true }));
    expect(await faults({ GITWARD_DATA_DIR: dataDir })).toContainEqual(
      finding('disk', 'warning', /in memory \(tmpfs\)/, /folder on a disk/),
    );
    const own = { DATABASE_URL: undefined, TEMPORAL_ADDRESS: undefined, GITWARD_DATA_DIR: dataDir };
    expect(await faults(own)).toContainEqual(
      finding('disk', 'fails', /master key in it are lost/, /folder on a disk/),
    );
  });

  test('what is old is not removed, and a process whose disk is nearly full', async () => {
    const own = await makeDatabase();
    const { db, url } = own;
    ends.push(() => own.drop());
    const found = () => faults({ DATABASE_URL: url }, [housekeepingCheck]);
    expect(await found()).toEqual([]);
    const now = new Date();
    const run = {
      startedAt: now.toISOString(),
      endedAt: new Date(now.getTime() + 1).toISOString(),
    };
    const failures = [{ kind: 'saves' as const, message: 'canceling statement due to timeout' }];
    await noteRun(db, { ...run, outcome: 'failed', removed: {}, failures });
    expect(await found()).toEqual([
      finding('housekeeping', 'warning', /failed\. saves: canceling statement/, /Wait an hour/),
    ]);
    await sql`UPDATE housekeeping SET good_at = now() - interval '49 hours'`.execute(db);
    const disk = { directory: '/data', free: 1, size: 100, isNearlyFull: true };
    await putDisk(db, { process: 'a', host: 'one', ...disk });
    await putDisk(db, { process: 'b', host: 'one', ...disk, isNearlyFull: false });
    await putDisk(db, { process: 'c', host: 'two', ...disk });
    await sql`UPDATE process_disks SET seen_at = now() - interval '1 hour' WHERE process = 'c'`.execute(
      db,
    );
    expect(await found()).toEqual([
      finding('housekeeping', 'warning', /not been removed for 2 days/, /Schedule/),
      finding('housekeeping', 'warning', /disk of \/data on one is nearly full/, /Make room/),
    ]);
    await noteRun(db, { ...run, outcome: 'unfinished', removed: { saves: 3 }, failures: [] });
    // What an earlier run says late counts no more.
    const earlier = new Date(now.getTime() - 1_000).toISOString();
    await noteRun(db, { ...run, startedAt: earlier, outcome: 'failed', removed: {}, failures });
    expect(await found()).toEqual([
      finding('housekeeping', 'warning', /disk of \/data on one is nearly full/, /Make room/),
    ]);
  });

  test('a git that is too old, and none', async () => {
    const old = join(place, 'old');
    await mkdir(old);
    await writeFile(join(old, 'git'), '#!/bin/sh\necho git version 2.20.1\n', { mode: 0o755 });
    expect(await faults({ PATH: old })).toEqual([
      finding('versions', 'fails', /2\.20\.1 is too old/, /Install git 2\.37/),
    ]);
    const none = join(place, 'none');
    await mkdir(none);
    await symlink('/nowhere', join(none, 'git'));
    expect(await faults({ PATH: none })).toEqual([
      finding('versions', 'fails', /git is not installed/, /Install git 2\.37/),
    ]);
    expect(nodeVersion('18.20.4')).toMatchObject({ level: 'fails', mend: /Install Node 20/ });
  });

  test("a clock that is off, by the Date of the API's answers", async () => {
    const url = await stub((_request, response) => {
      response.sendDate = false;
      response.setHeader('date', new Date(Date.now() - 2 * 60 * 60_000).toUTCString());
      response.end('{"database":true,"temporal":true,"worker":true,"masterKey":true}');
    });
    expect(await faults({ GITWARD_URL: url })).toEqual([
      finding('clocks', 'fails', /clock is 2 h ahead of that of the API/, /timedatectl/),
    ]);
  });

  test('an API that misses something, and none', async () => {
    const url = await stub((_request, response) => {
      response.statusCode = 503;
      response.end('{"database":true,"temporal":false,"worker":false,"masterKey":true}');
    });
    expect(await faults({ GITWARD_URL: url })).toEqual([
      finding('API', 'fails', /misses Temporal and a worker/, /its log/),
    ]);
    expect(
      await faults({ GITWARD_URL: `http://127.0.0.1:${await freePort('127.0.0.1', 0)}` }),
    ).toEqual([finding('API', 'warning', /No API answers.*ECONNREFUSED/, /gitward start/)]);
  });

  test('a certificate that has expired, with its name and date', async () => {
    const front = await startTlsFront(await makeExpiredCertificate(), gitward.url);
    ends.push(() => front.close());
    const address = `https://127.0.0.1:${front.port}`;
    expect(await faults({ GITWARD_PUBLIC_URL: address })).toEqual([
      finding('certificates', 'fails', /\("front"\) expired on 2020-12-31/, /Renew it at 127/),
    ]);
  });

  test('a proxy that also catches this machine, and that is not there', async () => {
    const settings = { HTTPS_PROXY: 'http://carol:proxy-pw-91c@127.0.0.1:9' };
    expect(await faults(settings)).toEqual([
      finding('proxy', 'fails', /127\.0\.0\.1:9 of HTTPS_PROXY cannot be reached/, /HTTPS_PROXY/),
      finding(
        'proxy',
        'warning',
        /catches this machine itself/,
        /Add localhost,127\.0\.0\.1,::1 to NO_PROXY/,
      ),
    ]);
    const beside = { https_proxy: settings.HTTPS_PROXY, TEMPORAL_ADDRESS: 'temporal.invalid:7233' };
    const exempt = { ...beside, NO_PROXY: 'localhost,127.0.0.1,::1' };
    expect(await faults(exempt, [proxyCheck])).toContainEqual(
      finding(
        'proxy',
        'warning',
        /Temporal .* through the proxy/,
        /add temporal\.invalid to NO_PROXY/,
      ),
    );
  });

  test('a repository that refuses its credential', async () => {
    const { credential } = gitward.git;
    gitward.git.credential = { username: 'gitward', password: 'another-one' };
    ends.push(() => (gitward.git.credential = credential));
    const found = await faults({});
    expect(found).toContainEqual(
      finding('repositories', 'fails', /mirror.*cannot be read/, /credentials rotate/),
    );
    expect(JSON.stringify(found)).not.toContain(credential?.password);
  });

  test('a mail server that is not there, and one that is', async () => {
    const smtp = { GITWARD_MAIL_FROM: 'gitward@example.com' };
    const away = { ...smtp, GITWARD_SMTP_URL: 'smtp://carol:mail-pw-12d@127.0.0.1:9' };
    expect(await faults(away)).toEqual([
      finding('mail', 'fails', /ECONNREFUSED/, /GITWARD_SMTP_URL/),
    ]);
    const mail = await startMailServer();
    ends.push(() => mail.close());
    expect(await faults({ ...smtp, GITWARD_SMTP_URL: mail.url })).toEqual([]);
    expect(mail.mails).toEqual([]);
  });
});

test('a check that hangs or throws hides nothing, and each wait ends', async () => {
  const good: Check = { name: 'good', look: () => Promise.resolve([{ level: 'ok', says: 'Fine.', mend: null }]) }; // prettier-ignore
  const hangs: Check = { name: 'hangs', look: () => new Promise(() => undefined) };
  const throws: Check = {
    name: 'throws',
    look: () => {
      throw new Error('postgresql://u:secret-part@host broke');
    },
  };
  const examined = await examine({ GITWARD_DATA_DIR: join(place, 'nothing') });
  ends.push(() => examined.close());
  const findings = await runChecks([hangs, throws, good], examined, { deadline: 50 });
  expect(findings).toEqual([
    finding('hangs', 'fails', /could not be made.*0\.05 s/, /Mend what else/),
    finding('throws', 'fails', /could not be made.*\[redacted\]@host broke/, /Mend what else/),
    { check: 'good', level: 'ok', says: 'Fine.', mend: null },
  ]);
});

/** A server in the API's place. */
async function stub(answer: NonNullable<Parameters<typeof createServer>[1]>): Promise<string> {
  const server: Server = createServer(answer).listen(0, '127.0.0.1');
  ends.push(() => server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
