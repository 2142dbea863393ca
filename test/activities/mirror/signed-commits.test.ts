import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { putSigningKey } from '../../../db/streams/credentials.ts';
import { publicKeyOf } from '../../../model/streams/signing-key.ts';
import { activitiesUnderTest, orders } from '../activities-under-test.ts';

const under = await activitiesUnderTest();
const directory = mkdtempSync(join(tmpdir(), 'signing-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const hasSshKeygen = spawnSync('ssh-keygen', ['-?']).error === undefined;
if (!hasSshKeygen) console.warn('There is no ssh-keygen: the tests of signed commits are skipped.');

function makeKey(name: string, passphrase = ''): { privateKey: string; publicKey: string } {
  const file = join(directory, name);
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', passphrase, '-C', 'bot', '-f', file]);
  return {
    privateKey: readFileSync(file, 'utf8'),
    publicKey: readFileSync(`${file}.pub`, 'utf8').split(' ').slice(0, 2).join(' '),
  };
}

const key = hasSshKeygen ? makeKey('key') : { privateKey: '', publicKey: '' };

/** What git says of each commit's signature, newest first: `G` is good, `N` is none. */
async function signatures(mirror: Awaited<ReturnType<typeof under.mirror>>): Promise<string[]> {
  const signers = join(directory, 'signers');
  writeFileSync(signers, `* ${key.publicKey}\n`);
  const out = await mirror.repository.git([
    ...['-c', 'gpg.format=ssh', '-c', `gpg.ssh.allowedSignersFile=${signers}`],
    ...['log', '--format=%G?', 'main'],
  ]);
  return out.toString().trim().split('\n');
}

it.skipIf(!hasSshKeygen)(
  'the public half of a key is told, and a key that needs a passphrase is refused',
  () => {
    expect(publicKeyOf(key.privateKey)).toBe(key.publicKey);
    expect(publicKeyOf(makeKey('locked', 'secret').privateKey)).toEqual({
      fault: expect.stringContaining('passphrase'),
    });
    for (const text of ['', 'ssh-ed25519 AAAA', key.privateKey.replace(/[A-Za-z]{20}/, 'A')])
      expect(publicKeyOf(text)).toHaveProperty('fault');
  },
);

it.skipIf(!hasSshKeygen)(
  'commits are signed with the key of the credential, and are found after the worker was lost',
  async () => {
    const mirror = await under.settledMirror();
    await putSigningKey(under.db, under.sealer, under.credentialId, key);
    for (const author of ['eva@example.com', 'Jan <> Malý']) {
      await mirror.accept(mirror.platform.change(orders, { author }));
      await mirror.window();
    }
    await mirror.deliverAndLoseWorker();
    expect(await mirror.deliver()).toMatchObject({ commits: 0, undeliveredChanges: 0 });
    expect(await signatures(mirror)).toEqual(['G', 'G', 'N']);
    const log = await mirror.repository.log();
    expect(log[1]!.author.email).toBe('eva@example.com');
    expect(log[0]!.message).toContain('Gitward-Stream:');
    expect(await mirror.verify()).toMatchObject({ outcome: 'identical' });
    await mirror.repository.check();

    await putSigningKey(under.db, under.sealer, under.credentialId, null);
    await mirror.accept(mirror.platform.change(orders));
    await mirror.window();
    await mirror.deliver();
    expect(await signatures(mirror)).toEqual(['N', 'G', 'G', 'N']);
  },
);
