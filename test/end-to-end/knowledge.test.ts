import { afterAll, expect, it } from 'vitest';
import { TestGitward } from '../support/gitward.ts';
import type { GitRepository } from '../support/git-repository.ts';

const gitward = await TestGitward.start();
afterAll(() => gitward.stop());

const acme = 'knowledge/customers/acme.md';
const text = [
  '---',
  'id: acme',
  'name: "Acme, Inc."   # as on the contract',
  'region: EMEA',
  'tier: gold',
  'employeeCount: 1200',
  'created: 2026-01-15',
  '---',
  '# Acme',
  '',
  'They run everything on spreadsheets.',
  '',
].join('\n');

/** What these tests look at of an entry. */
interface EntryView {
  blob: string;
  text: string;
  fields: Record<string, unknown>;
  syncStatus: string;
  gitCommitSha: string | null;
}

let spaces = 0;

/** A space over a repository of its own, with this entry in it. */
async function space(): Promise<{ path: string; repository: GitRepository; id: string }> {
  spaces += 1;
  const id = `sales-${spaces}`;
  const repository = await gitward.git.createRepository(id);
  await repository.commit({ files: { [acme]: text }, message: 'Acme' });
  const { username, password } = gitward.git.credential!;
  const credential = await gitward.call<{ id: string }>('POST', '/v1/credentials', {
    name: id,
    username,
    token: password,
  });
  await gitward.call('POST', '/v1/spaces', {
    id,
    name: 'Sales',
    repository: { url: gitward.git.url(id), branch: 'main', credentialId: credential.id },
    rules: { publicKinds: [], index: false, notify: { emails: [] } },
  });
  const path = `/v1/spaces/${id}/entries/acme`;
  await until(path, ({ syncStatus }) => syncStatus === 'synced');
  return { path, repository, id };
}

async function until(path: string, is: (entry: EntryView) => boolean): Promise<EntryView> {
  const deadline = Date.now() + 30_000;
  let last: unknown;
  for (;;) {
    try {
      const entry = await gitward.call<EntryView>('GET', path);
      if (is(entry)) return entry;
      last = entry;
    } catch (error) {
      last = error;
    }
    if (Date.now() > deadline)
      throw new Error(
        `Not so after 30 s: ${JSON.stringify(last)} ${String(last)}\n${gitward.warnings()}`,
      );
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function save(path: string, fields: Record<string, unknown>, wait = true) {
  const { blob } = await gitward.call<EntryView>('GET', path);
  return gitward.call<EntryView>('PUT', `${path}${wait ? '?wait=commit' : ''}`, {
    base: blob,
    fields,
  });
}

it('saves one field as one line of one commit, and reads what others push', async () => {
  const { path, repository } = await space();
  const saved = await save(path, { tier: 'platinum' });
  expect(saved).toMatchObject({
    syncStatus: 'synced',
    gitCommitSha: await repository.tip(),
    text: text.replace('tier: gold', 'tier: platinum'),
  });
  expect(await repository.read(acme)).toBe(saved.text);
  await repository.commit({
    files: { [acme]: saved.text.replace('region: EMEA', 'region: APAC') },
    message: 'APAC',
  });
  const read = await until(path, ({ fields }) => fields.region === 'APAC');
  expect(read).toMatchObject({ syncStatus: 'synced', fields: { tier: 'platinum' } });
});

it('merges what both did, keeps what clashes for a person, and settles and restores', async () => {
  const { path, repository, id } = await space();
  const first = await repository.tip();
  await repository.rejectPushes('Closed for maintenance.');
  await save(path, { employeeCount: 1300, tier: 'silver' }, false);
  await repository.commit({
    files: {
      [acme]: text.replace('region: EMEA', 'region: APAC').replace('tier: gold', 'tier: iron'),
    },
    message: 'APAC, iron',
  });
  await repository.rejectPushes(null);
  await gitward.call('POST', `/v1/spaces/${id}/actions/retry`);
  await until(path, ({ syncStatus }) => syncStatus === 'conflict');

  const { items } = await gitward.call<{ items: { id: string }[] }>(
    'GET',
    `/v1/spaces/${id}/conflicts`,
  );
  expect(items).toHaveLength(1);
  const conflict = `/v1/spaces/${id}/conflicts/${items[0]!.id}`;
  const { parts } = await gitward.call<{ parts: unknown[] }>('GET', conflict);
  expect(parts).toMatchObject([{ id: 'field:/tier', base: 'gold', git: 'iron', mine: 'silver' }]);
  await gitward.call('POST', `${conflict}/actions/settle`, { take: 'mine' });
  const settled = await until(path, ({ syncStatus }) => syncStatus === 'synced');
  expect(settled.text).toBe(
    text
      .replace('region: EMEA', 'region: APAC')
      .replace('tier: gold', 'tier: silver')
      .replace('1200', '1300'),
  );

  const restored = await gitward.call<EntryView>('POST', `${path}/actions/restore`, {
    commit: first,
    base: settled.blob,
  });
  expect(restored.text).toBe(text);
  await until(path, ({ syncStatus }) => syncStatus === 'synced');
  expect(await repository.read(acme)).toBe(text);
  const versions = await gitward.call<{ items: { subject: string; via: string }[] }>(
    'GET',
    `${path}/versions`,
  );
  expect(versions.items.map(({ via }) => via)).toEqual(['api', 'api', 'push', 'push']);
});

it('has a save in Git once where the worker is killed in the middle of its push', async () => {
  for (const moment of ['beforePush', 'afterPush'] as const) {
    const { path, repository } = await space();
    const killed = gitward.killWorkerAt(moment);
    await save(path, { tier: moment }, false);
    await killed;
    // What was accepted is there for who looks, also while nobody sends it.
    await gitward.kill('api');
    await gitward.startApi();
    expect(await gitward.call<EntryView>('GET', path)).toMatchObject({
      syncStatus: 'pending',
      fields: { tier: moment },
    });
    await gitward.startWorker();
    const entry = await until(path, ({ syncStatus }) => syncStatus === 'synced');
    expect(entry.gitCommitSha).toBe(await repository.tip());
    expect(await repository.log()).toHaveLength(2);
  }
});
