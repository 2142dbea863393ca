import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, readlink, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { StreamFailure } from '../../model/streams/errors.ts';
import { createAddressPolicy } from '../../network/address-policy.ts';
import { createGitDeliverer } from '../../git/deliver/deliverer.ts';
import { always, commit, newDeliverer, startBench, unbounded } from './deliveries.ts';
import type { Bench } from './deliveries.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await startBench();
});
afterEach(() => bench.close());

async function failureOf(delivery: Promise<unknown>): Promise<StreamFailure> {
  const error: unknown = await delivery.then(
    () => new Error('It did not fail.'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof StreamFailure)) throw error;
  return error;
}

function deliver(remote = bench.remote) {
  return bench.deliverer.deliver(remote, always(commit({ a: '1' })), unbounded());
}

/** Processes whose command line contains our server or cache; zombies have none. */
async function gitProcesses(): Promise<{ pid: string; cmdline: string }[]> {
  const found: { pid: string; cmdline: string }[] = [];
  for (const pid of await readdir('/proc')) {
    if (!/^\d+$/.test(pid) || pid === String(process.pid)) continue;
    const cmdline = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    const cwd = await readlink(`/proc/${pid}/cwd`).catch(() => '');
    if (cwd.startsWith(bench.cacheDirectory)) found.push({ pid, cmdline });
  }
  return found;
}

describe('a delivery succeeds if the host', () => {
  test('cannot send a part of a history', async () => {
    await bench.repository.commitAll([{ files: { b: '1' } }, { files: { b: '2' } }]);
    bench.server.hideShallow = true;
    await deliver();
    expect(await bench.repository.files()).toEqual({ a: '1', b: '2' });
    expect(await bench.repository.log()).toHaveLength(3);
  });

  test('wants to know how long a push is', async () => {
    bench.server.refuseChunks = true;
    const large = randomBytes(2 * 1024 * 1024).toString('hex');
    await bench.deliverer.deliver(bench.remote, always(commit({ a: large })), unbounded());
    expect(await bench.repository.read('a')).toBe(large);
  });
});

describe('a delivery fails if the host', () => {
  test.each([
    [401, 'credential_refused'],
    [403, 'credential_refused'],
    [404, 'repository_not_found'],
    [413, 'repository_error'],
    [429, 'repository_unreachable'],
    [500, 'repository_unreachable'],
    [503, 'repository_unreachable'],
    [301, 'repository_not_found'],
    [200, 'repository_unreachable'],
  ])('answers %i, with the code %s', async (status, code) => {
    bench.server.answerWith = status;
    expect((await failureOf(deliver())).code).toBe(code);
  });

  test('is off, and succeeds when it is back', async () => {
    await bench.server.goAway();
    const failure = await failureOf(deliver());
    expect(failure.code).toBe('repository_unreachable');
    expect(failure.message).toContain(bench.remote.url);
    await bench.server.comeBack();
    await deliver();
    expect(await bench.repository.log()).toHaveLength(1);
  });

  test.each([
    ['keboola', 'keboola/prod'],
    ['keboola/prod/eu', 'keboola/prod'],
  ])('has a branch %s, so that %s is no possible name', async (other, branch) => {
    await bench.repository.commit({ files: { a: '1' }, branch: other });
    const failure = await failureOf(deliver({ ...bench.remote, branch }));
    expect(failure.code).toBe('branch_name_taken');
    expect(failure.message).toContain(`a branch ${other},`);
    await bench.repository.deleteBranch(other);
    await deliver({ ...bench.remote, branch });
    expect(await bench.repository.log(branch)).toHaveLength(1);
  });

  test('cannot write the ref, which nobody else has moved', async () => {
    await bench.repository.commit({ files: { b: '1' } });
    const lock = join(bench.repository.directory, 'refs/heads/main.lock');
    await writeFile(lock, '');
    const failure = await failureOf(deliver());
    expect([failure.code, failure.message]).toEqual([
      'repository_unreachable',
      expect.stringContaining('trouble of its own'),
    ]);
    await rm(lock);
    await deliver();
    expect(await bench.repository.log()).toHaveLength(2);
  });

  test('has an empty repository with SHA-256', async () => {
    await bench.repository.git(['config', 'core.repositoryformatversion', '1']);
    await bench.repository.git(['config', 'extensions.objectformat', 'sha256']);
    expect((await failureOf(deliver())).code).toBe('repository_unsupported');
  });

  test("refuses the content, with the host's reason", async () => {
    await bench.repository.rejectPushes('the file is \u001b[31mnot\u001b[0m welcome here');
    const failure = await failureOf(deliver());
    expect(failure.code).toBe('push_refused');
    expect(failure.message).toContain('welcome here');
    // eslint-disable-next-line no-control-regex -- terminals obey these
    expect(failure.message).not.toMatch(/[\u0000-\u001f]/);
  });

  test('protects the branch', async () => {
    await bench.repository.rejectPushes(
      'GitLab: You are not allowed to push code to protected branches on this project.',
    );
    expect((await failureOf(deliver())).code).toBe('branch_protected');
  });

  test('has a name that cannot be resolved', async () => {
    const failure = await failureOf(
      deliver({ ...bench.remote, url: 'http://nowhere.invalid/r.git' }),
    );
    expect(failure.code).toBe('repository_unreachable');
  });

  test('is not allowed by the policy, and is not contacted', async () => {
    const policy = createAddressPolicy({
      allowPrivateNetwork: false,
      allowFileRepositories: false,
    });
    const strict = await createGitDeliverer({ cacheDirectory: bench.cacheDirectory, policy });
    const failure = await failureOf(
      strict.deliver(bench.remote, always(commit({ a: '1' })), unbounded()),
    );
    await strict.close();
    expect(failure.code).toBe('address_refused');
    expect(bench.server.requests).toEqual([]);
  });

  test('is contacted without git installed, and the error names git', async () => {
    const policy = createAddressPolicy({ allowPrivateNetwork: true, allowFileRepositories: false });
    const without = await createGitDeliverer({
      cacheDirectory: bench.cacheDirectory,
      policy,
      searchPath: '/nowhere',
    });
    const failure = await failureOf(
      without.deliver(bench.remote, always(commit({ a: '1' })), unbounded()),
    );
    await without.close();
    expect(failure).toMatchObject({
      code: 'internal_error',
      message: expect.stringContaining('Install git'),
    });
  });
});

test('on a full disk, nothing is left of a cache that cannot be begun, however often it is tried', async () => {
  const searchPath = await mkdtemp(join(tmpdir(), 'full-disk-'));
  const says = 'error: unable to write symref for HEAD: No space left on device';
  await writeFile(join(searchPath, 'git'), `#!/bin/sh\necho '${says}' >&2; exit 128\n`, {
    mode: 0o755,
  });
  const policy = createAddressPolicy({ allowPrivateNetwork: true, allowFileRepositories: false });
  const { cacheDirectory, remote } = bench;
  const deliverer = await createGitDeliverer({ cacheDirectory, policy, searchPath });
  for (let attempt = 0; attempt < 3; attempt += 1)
    await failureOf(deliverer.deliver(remote, always(commit({ a: '1' })), unbounded()));
  const left = await readdir(cacheDirectory, { recursive: true });
  await deliverer.close();
  await rm(searchPath, { recursive: true });
  expect(left.filter((name) => name.endsWith('.git'))).toEqual([]);
});

describe('a host that hangs', () => {
  test.each(['everything', 'push'] as const)(
    '(%s) is given up at the time limit, with all processes',
    async (hang) => {
      bench.server.hang = hang;
      const impatient = await newDeliverer(bench.cacheDirectory, { read: 1_000, transfer: 1_000 });
      const failure = await failureOf(
        impatient.deliver(bench.remote, always(commit({ a: '1' })), unbounded()),
      );
      expect(failure.code).toBe('repository_timeout');
      expect(await gitProcesses()).toEqual([]);
      bench.server.hang = null;
      await impatient.deliver(bench.remote, always(commit({ a: '1' })), unbounded());
      await impatient.close();
    },
  );

  test.each(['everything', 'push'] as const)(
    '(%s) is given up when the delivery is aborted, and no command line contains a secret',
    async (hang) => {
      bench.server.hang = hang;
      const controller = new AbortController();
      const reason = new Error('the activity was cancelled');
      const delivery = bench.deliverer.deliver(bench.remote, always(commit({ a: '1' })), {
        signal: controller.signal,
      });
      const settled = expect(delivery).rejects.toBe(reason);
      await waitFor(() =>
        bench.server.requests.some(
          ({ path }) => hang === 'everything' || path.endsWith('/git-receive-pack'),
        ),
      );
      const running = await gitProcesses();
      expect(running.length).toBeGreaterThan(0);
      for (const { cmdline } of running) {
        expect(cmdline).not.toContain(bench.remote.credential!.password);
        expect(cmdline).not.toContain(Buffer.from('gitward:').toString('base64').slice(0, 8));
      }
      controller.abort(reason);
      await settled;
      expect(await gitProcesses()).toEqual([]);
    },
  );

  test('does not prevent another delivery from giving up its turn', async () => {
    bench.server.hang = 'everything';
    const first = new AbortController();
    const hanging = bench.deliverer.deliver(bench.remote, always(commit({ a: '1' })), {
      signal: first.signal,
    });
    const settled = expect(hanging).rejects.toThrow('first');
    const second = bench.deliverer.deliver(bench.remote, always(commit({ a: '1' })), {
      signal: AbortSignal.timeout(100),
    });
    await expect(second).rejects.toThrow('timeout');
    first.abort(new Error('first'));
    await settled;
  });
});

test('a wrong credential appears in no error and in no file of the cache', async () => {
  const credential = { username: 'gitward', password: 'wr0ng-t0ken-0123456789' };
  const failure = await failureOf(deliver({ ...bench.remote, credential }));
  expect(failure.code).toBe('credential_refused');
  const basic = Buffer.from(`gitward:${credential.password}`).toString('base64');
  for (let error: unknown = failure; error instanceof Error; error = error.cause) {
    const text = `${error.message} ${JSON.stringify(error)} ${error.stack}`;
    expect(text).not.toContain(credential.password);
    expect(text).not.toContain(basic);
  }
  await deliver();
  const place = bench.cacheDirectory;
  for (const secret of [credential.password, basic, bench.remote.credential!.password]) {
    const grep = () => execFileSync('grep', ['-rl', secret, place], { stdio: 'pipe' });
    expect(grep).toThrow();
  }
});

async function waitFor(condition: () => boolean): Promise<void> {
  const end = Date.now() + 10_000;
  while (!condition()) {
    if (Date.now() > end) throw new Error('Waited too long.');
    await sleep(20);
  }
}
