import { afterAll, expect, it } from 'vitest';
import { TestGitward, type EntryStatus } from '../support/gitward.ts';
import { acmePath, AcmeSpace, acmeText } from './acme-space.ts';

const gitward = await TestGitward.start();
afterAll(() => gitward.stop());

it('a space saves a field as one line of one commit, and reads what others push', async () => {
  const space = await AcmeSpace.create(gitward);
  const { repository } = space;
  const saved = await space.save({ tier: 'platinum' });
  expect(saved).toMatchObject({
    syncStatus: 'synced',
    gitCommitSha: await repository.tip(),
    text: acmeText.replace('tier: gold', 'tier: platinum'),
  });
  expect(await repository.read(acmePath)).toBe(saved.text);
  await repository.commit({
    files: { [acmePath]: saved.text.replace('region: EMEA', 'region: APAC') },
    message: 'APAC',
  });
  const read = await space.until(({ fields }) => fields.region === 'APAC');
  expect(read).toMatchObject({ syncStatus: 'synced', fields: { tier: 'platinum' } });
});

it('a space merges separate changes, keeps conflicts for a person, and can settle and restore', async () => {
  const space = await AcmeSpace.create(gitward);
  const { path, repository, id } = space;
  const first = await repository.tip();
  await repository.rejectPushes('Closed for maintenance.');
  await space.save({ employeeCount: 1300, tier: 'silver' }, { wait: false });
  await repository.commit({
    files: {
      [acmePath]: acmeText
        .replace('region: EMEA', 'region: APAC')
        .replace('tier: gold', 'tier: iron'),
    },
    message: 'APAC, iron',
  });
  await repository.rejectPushes(null);
  await gitward.call('POST', `/v1/spaces/${id}/actions/retry`);
  await space.until(({ syncStatus }) => syncStatus === 'conflict');

  const { items } = await gitward.call<{ items: { id: string }[] }>(
    'GET',
    `/v1/spaces/${id}/conflicts`,
  );
  expect(items).toHaveLength(1);
  const conflict = `/v1/spaces/${id}/conflicts/${items[0]!.id}`;
  const { parts } = await gitward.call<{ parts: unknown[] }>('GET', conflict);
  expect(parts).toMatchObject([{ id: 'field:/tier', base: 'gold', git: 'iron', mine: 'silver' }]);
  await gitward.call('POST', `${conflict}/actions/settle`, { take: 'mine' });
  const settled = await space.until(({ syncStatus }) => syncStatus === 'synced');
  expect(settled.text).toBe(
    acmeText
      .replace('region: EMEA', 'region: APAC')
      .replace('tier: gold', 'tier: silver')
      .replace('1200', '1300'),
  );

  const restored = await gitward.call<EntryStatus>('POST', `${path}/actions/restore`, {
    commit: first,
    base: settled.blob,
  });
  expect(restored.text).toBe(acmeText);
  await space.until(({ syncStatus }) => syncStatus === 'synced');
  expect(await repository.read(acmePath)).toBe(acmeText);
  const versions = await gitward.call<{ items: { subject: string; via: string }[] }>(
    'GET',
    `${path}/versions`,
  );
  expect(versions.items.map(({ via }) => via)).toEqual(['api', 'api', 'push', 'push']);
});
