import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { catchUpWorkflowId, mirrorStream } from '../../model/mirror/ids.ts';
import { secretPlaceholder } from '../../model/text/secrets-in-text.ts';
import { SeededSigns } from '../secrets/seeded-signs.ts';
import { trueSecrets } from '../secrets/true-secrets.ts';
import { findInDatabase } from '../support/search/find-in-database.ts';
import { findInTemporal } from '../support/search/find-in-temporal.ts';
import { findOnDisk } from '../support/search/find-on-disk.ts';
import { TestGitward } from '../support/gitward.ts';
import { leaveSecrets, secretsToLeave } from '../support/mirror/left-secrets.ts';
import type { GitRepository } from '../support/git-repository.ts';

const signs = new SeededSigns(31);
const made = (kind: string): string => trueSecrets[kind]?.(signs).text ?? '';
const secrets = secretsToLeave(made);
const everything = { samples: { enabled: true }, jobs: { enabled: true } };

let gitward: TestGitward;
let handbook: GitRepository;

beforeAll(async () => {
  gitward = await TestGitward.start();
  handbook = await gitward.createSpace('handbook', { 'README.md': '# Handbook\n' });
});
afterAll(() => gitward.stop());

/** Lets everything be written that a project has: what events report, and what only a catch-up finds. */
async function mirrored(): Promise<void> {
  const commits = async () => (await gitward.repository.log()).length;
  const before = await commits();
  await gitward.send(leaveSecrets(gitward.platform, secrets));
  await gitward.until(({ pendingChanges, state }) => state === 'synced' && pendingChanges === 0);
  const id = catchUpWorkflowId(gitward.platform.projectId);
  await gitward.temporal.client.schedule.getHandle(id).trigger();
  await vi.waitFor(async () => expect(await commits()).toBeGreaterThan(before + 1), {
    timeout: 30_000,
    interval: 250,
  });
  await gitward.until('synced');
}

/** Where of all that Gitward writes one of these texts stands. */
async function findEverywhere(texts: readonly string[]): Promise<string[]> {
  const inDatabase = await Promise.all(
    texts.map((text) => findInDatabase(gitward.database.db, text)),
  );
  const places = { mirror: gitward.repository, handbook };
  const inGit = await Promise.all(
    Object.entries(places).map(async ([name, repository]) => {
      const everyText = await repository.everything();
      return texts.some((text) => everyText.includes(text)) ? [name] : [];
    }),
  );
  return [
    ...inDatabase.flat(),
    ...inGit.flat(),
    ...(texts.some((text) => gitward.output.includes(text)) ? ['log'] : []),
    ...(await findOnDisk(gitward.dataDirectory, texts)),
    ...(await findInTemporal(gitward.temporal.client, texts)),
  ];
}

describe('keys that people left in SQL, a description, a row, a change, a job, a sample, a column and an entry', () => {
  it('are in no place that Gitward writes to, and are reported by path and line', async () => {
    await gitward.enableMirror(everything);
    await gitward.until('synced');
    await mirrored();
    const entry = made('a token of Slack');
    const asked = { kind: 'document', fields: { id: 'keys', title: 'Keys' }, body: `Use ${entry}` };
    await expect(gitward.call('POST', '/v1/spaces/handbook/entries', asked)).rejects.toThrow(
      /422 .*secret_found/,
    );
    expect(await findEverywhere([...Object.values(secrets), entry])).toEqual([]);
    expect(await gitward.repository.everything()).toContain(secretPlaceholder);

    const { items } = await gitward.call<{ items: { path: string; line: number }[] }>(
      'GET',
      `${gitward.mirrorPath}/secrets`,
    );
    const files = await gitward.repository.files();
    expect(items).toHaveLength(6);
    for (const { path, line } of items)
      expect(files[path]?.split('\n')[line - 1]).toContain(secretPlaceholder);
  });

  it('are found by the same search where nobody looks for them', async () => {
    await gitward.call('PUT', `/v1/projects/${gitward.platform.projectId}/mirrors/default`, {
      ...(await settings()),
      secretsInText: 'off',
    });
    await gitward.until('synced');
    const unmasked = await gitward.repository.everything();
    // What was said of a change is in the commit of that time.
    const { change, ...written } = secrets;
    for (const [place, secret] of Object.entries(written))
      expect(unmasked, place).toContain(secret);
    expect(unmasked).not.toContain(change);
    expect(await findEverywhere(Object.values(secrets))).toEqual(
      expect.arrayContaining(['mirror', expect.stringContaining(gitward.dataDirectory)]),
    );
    // What stands in each of the other places is found there.
    const stream = mirrorStream({ projectId: gitward.platform.projectId, branchId: '1000' });
    const found = await findEverywhere([stream]);
    expect(found).toEqual(expect.arrayContaining(['batches.stream', stream]));
    expect(await findEverywhere(['The worker is up'])).toEqual(['log']);
  });
});

/** The mirror's settings, as they are sent back. */
async function settings(): Promise<object> {
  const { repository } = await gitward.call<{ repository: object }>('GET', gitward.mirrorPath);
  return { repository, ...everything };
}
