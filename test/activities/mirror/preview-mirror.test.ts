import { expect, test } from 'vitest';
import { previewMirror } from '../../../activities/mirror/preview-mirror.ts';
import { activitiesUnderTest, orders } from '../activities-under-test.ts';

const under = await activitiesUnderTest();
const { signal } = new AbortController();

async function preview(mirror: Awaited<ReturnType<typeof under.mirror>>, subdirectory = '') {
  const row = await mirror.row();
  const { repositoryUrl: url, repositoryBranch: branch, credentialId, policy } = row;
  const repository = { url, branch, subdirectory, credentialId };
  return previewMirror(under, { ...mirror.key, repository, policy }, { signal });
}

test('a preview says what the project has, and names what a first commit would add', async () => {
  const mirror = await under.mirror();
  const { contents, commit, repository, adoptionNeeded } = await preview(mirror);
  expect(repository).toMatchObject({ reachable: true, empty: true, pushAllowed: true });
  const counts = contents!.objects.first.map(({ count }) => count);
  expect(counts).toEqual(counts.toSorted((a, b) => b - a));
  expect(contents!.objects.first).toContainEqual({
    ...{ kind: expect.any(String), word: 'extractor', count: expect.any(Number) },
  });
  expect(commit!.adds.count).toBe(commit!.files);
  expect(commit!.adds.first.length).toBe(Math.min(commit!.files, 100));
  expect([commit!.replaces.count, commit!.removes.count, adoptionNeeded]).toEqual([0, 0, false]);
  expect(await mirror.repository.tip()).toBeNull();
});

test('it counts all files that would be replaced or removed, and names 100 of them', async () => {
  const mirror = await under.mirror();
  const { commit: first } = await preview(mirror);
  const [taken = ''] = first!.adds.first;
  const strange = Array.from({ length: 120 }, (_, index) => [`configs/old-${index}.txt`, 'x']);
  await mirror.repository.commit({
    files: { ...Object.fromEntries(strange), [taken]: 'not ours', 'README.md': 'stays' },
  });
  const { commit, adoptionNeeded } = await preview(mirror);
  expect(adoptionNeeded).toBe(true);
  expect(commit!.replaces).toEqual({ count: 1, first: [taken] });
  expect(commit!.removes.count).toBe(120);
  expect(commit!.removes.first).toHaveLength(100);
  expect(commit!.adds.count).toBe(first!.files - 1);
});

test('it says what a branch that does not exist begins with, and what a clone of an empty repository shows', async () => {
  const mirror = await under.mirror({ gitBranch: 'keboola', policy: { newBranch: 'default' } });
  const told = async () => (await preview(mirror)).warnings.first;
  expect(await told()).toEqual([expect.stringContaining('make it keboola there')]);
  await mirror.repository.commit({ files: { 'readme.md': 'Hello' } });
  expect(await told()).toEqual([expect.stringMatching(/begins with what .* has/)]);
  await mirror.put({ gitBranch: 'keboola', policy: { newBranch: 'empty' } });
  expect(await told()).toEqual([expect.stringContaining('begins with nothing')]);
  await mirror.deliver();
  expect(await told()).toEqual([]);
});

test("it says that the owner's attributes may change our files, unless ours keep them from it", async () => {
  const mirror = await under.mirror({ policy: { attributes: false } });
  await mirror.repository.commit({ files: { '.gitattributes': '*.json filter=lfs\n' } });
  expect((await preview(mirror)).warnings.first).toEqual([
    expect.stringContaining('What .gitattributes says may change our files'),
  ]);
  await mirror.put({ policy: { attributes: true } });
  expect((await preview(mirror)).warnings.first).toEqual([]);
});

test('it names folders that differ from ours in case only, and so does the status after the first commit', async () => {
  const mirror = await under.mirror({ subdirectory: 'Team/a' });
  await mirror.repository.commit({
    files: { 'team/readme.md': 'Theirs', 'Team/a/Configs/x.md': 'Theirs' },
  });
  const told = [
    expect.stringContaining('team differs from our Team in case only'),
    expect.stringContaining('Team/a/Configs differs from our Team/a/configs'),
  ];
  expect((await preview(mirror, 'Team/a')).warnings.first).toEqual(told);
  await mirror.deliver();
  const messages = async () => (await mirror.row()).warnings.map(({ message }) => message);
  expect(await messages()).toEqual(told);
  await mirror.accept(mirror.platform.change(orders));
  await mirror.window();
  expect(await messages()).toEqual(told);
});
