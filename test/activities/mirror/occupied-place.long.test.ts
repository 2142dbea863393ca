import { describe, expect, it } from 'vitest';
import { wantResync } from '../../../db/mirror/mirror-marks.ts';
import { previewMirror } from '../../../activities/mirror/preview-mirror.ts';
import type { ForeignEntry } from '../../support/git-repository.ts';
import { activitiesUnderTest, orders } from '../activities-under-test.ts';

const under = await activitiesUnderTest();
const { signal } = new AbortController();
type Mirror = Awaited<ReturnType<typeof under.mirror>>;

async function preview(mirror: Mirror) {
  const row = await mirror.row();
  const { repositoryUrl: url, repositoryBranch: branch, credentialId, policy, subdirectory } = row;
  const repository = { url, branch, subdirectory, credentialId };
  return previewMirror(under, { ...mirror.key, repository, policy }, { signal });
}

const theirs: [string, string | ForeignEntry][] = [
  ['a file', 'theirs'],
  ['a link', { mode: '120000', text: 'elsewhere' }],
  ['an executable', { mode: '100755', text: '#!/bin/sh' }],
  ['a submodule', { submodule: 'c'.repeat(40) }],
];

describe.each(theirs)('%s of the owner', (_name, entry) => {
  it.each(['platform', 'platform/prod'])(
    'that is in the way of the place %s stays until somebody approves',
    async (subdirectory) => {
      const mirror = await under.mirror({ subdirectory });
      const before = await mirror.repository.commit({ files: { platform: entry } });
      const { commit, adoptionNeeded } = await preview(mirror);
      expect(adoptionNeeded).toBe(true);
      expect(commit?.replaces).toEqual({ count: 1, first: ['platform'] });
      await expect(mirror.deliver()).rejects.toMatchObject({ type: 'not_adopted' });
      await expect(mirror.deliver()).rejects.toThrow('platform is a file, a link or a submodule');
      expect(await mirror.repository.tip()).toBe(before);
      await mirror.mark('adopt');
      await mirror.deliver();
      expect(Object.keys(await mirror.repository.files())).toContain(
        `${subdirectory}/configs/.keboola/manifest.json`,
      );
    },
  );

  it.each(['configs', 'configs/theirs', 'configs/main'])(
    'that is at %s stays until somebody approves',
    async (path) => {
      const mirror = await under.mirror();
      const before = await mirror.repository.commit({ files: { [path]: entry } });
      const { commit, adoptionNeeded } = await preview(mirror);
      expect(adoptionNeeded).toBe(true);
      expect(commit?.removes).toEqual({ count: 1, first: [path] });
      await expect(mirror.deliver()).rejects.toMatchObject({ type: 'not_adopted' });
      expect(await mirror.repository.tip()).toBe(before);
      await mirror.mark('adopt');
      await mirror.deliver();
      expect(await mirror.repository.tree()).not.toContainEqual(
        expect.stringMatching(/^(?!100644)/),
      );
    },
  );

  it('that takes the place of our folders later is not replaced by a change', async () => {
    const mirror = await under.mirror({ subdirectory: 'platform/prod' });
    await mirror.deliver();
    const before = await mirror.repository.commit({ files: { platform: entry } });
    await mirror.accept(mirror.platform.change(orders));
    await mirror.window();
    await expect(mirror.deliver()).rejects.toMatchObject({ type: 'not_adopted' });
    expect(await mirror.repository.tip()).toBe(before);
    await mirror.mark('adopt');
    await mirror.deliver();
    expect(Object.keys(await mirror.repository.files())).toContain(
      'platform/prod/configs/.keboola/manifest.json',
    );
  });
});

it('what takes the place of a folder of ours later is not replaced by a whole rendering either', async () => {
  const mirror = await under.mirror({ subdirectory: 'platform' });
  await mirror.deliver();
  const files = { 'platform/configs': { submodule: 'c'.repeat(40) } };
  const before = await mirror.repository.commit({ files });
  await wantResync(under.db, mirror.key, 'policy');
  await expect(mirror.deliver()).rejects.toMatchObject({ type: 'not_adopted' });
  expect(await mirror.repository.tip()).toBe(before);
});

it('an executable or a link with the very content of our file is not our file', async () => {
  const mirror = await under.mirror();
  await mirror.deliver();
  const path = 'configs/.keboola/project.json';
  const text = await mirror.repository.read(path);
  for (const mode of ['100755', '120000'] as const) {
    await mirror.repository.commit({ files: { [path]: { mode, text } } });
    await mirror.mark('adopt');
    await mirror.deliver();
    expect(await mirror.repository.tree()).toContain(`100644 ${path}`);
  }
});
