import { expect, it } from 'vitest';
import { backUp } from '../../support/back-up.ts';
import type { GitRepository } from '../../support/git-repository.ts';
import { activitiesUnderTest, customers, orders } from '../activities-under-test.ts';

/*
 * A database that was put back to how it was an hour ago, while the platform and Git went on.
 */
const under = await activitiesUnderTest();
const { db } = under;
const created = { componentId: 'keboola.ex-aws-s3', configId: '91' };

type Mirror = Awaited<ReturnType<typeof under.mirror>>;

/** Delivers what is new, and forgets it again: the configuration that was created is in Git, and the database knows nothing of it. */
async function forgotten(subdirectory = ''): Promise<Mirror> {
  const mirror = await under.settledMirror({ subdirectory });
  const putBack = await backUp(db);
  await mirror.accept(
    mirror.platform.create(created, { name: 'Short lived' }),
    mirror.platform.change(orders, { description: 'While the copy was not made' }),
  );
  await mirror.window();
  await mirror.deliver();
  await putBack();
  return mirror;
}

/** The first delivery finds what nobody has recorded, and the next one compares everything. */
async function recover(mirror: Mirror): Promise<void> {
  await mirror.deliver();
  await mirror.deliver();
}

const filesOf = async ({ repository }: Mirror) =>
  Object.keys(await repository.files()).filter((path) => path.includes('short-lived'));

it.each(['', 'platform/shop'])(
  'removes what it has forgotten and the platform no longer has, in the folder %j',
  async (subdirectory) => {
    const mirror = await forgotten(subdirectory);
    expect(await filesOf(mirror)).not.toEqual([]);
    mirror.platform.delete(created);
    await mirror.accept(mirror.platform.change(customers, { description: 'Now' }));
    await mirror.window();
    await recover(mirror);
    expect(await filesOf(mirror)).toEqual([]);
    expect(await mirror.verify()).toMatchObject({ outcome: 'identical' });
    const [recovery] = await mirror.repository.log();
    expect(recovery?.message).toMatch(/\nGitward-Reason: recovery\nGitward-Proof: [0-9a-f]{64}\n$/);
  },
);

it('keeps what somebody put into commits with our name, our message and our proof', async () => {
  const mirror = await forgotten();
  const { repository } = mirror;
  const [ours] = await repository.log();
  const message = ours?.message ?? '';
  const folder = 'configs/main/extractor/keboola.ex-aws-s3/short-lived';
  const kept = { [`${folder}/notes.md`]: 'Amended.\n', [`${folder}/more.md`]: 'On top.\n' };
  // As `git commit --amend` makes it of ours; and another one that says the same.
  const files = await repository.files();
  await repository.setBranch('main', await revision(repository, 'main~1'));
  await commitAsOurs(repository, { ...files, [`${folder}/notes.md`]: 'Amended.\n' }, message);
  await commitAsOurs(repository, { [`${folder}/more.md`]: 'On top.\n' }, message);
  mirror.platform.delete(created);
  await mirror.accept(mirror.platform.change(customers, { description: 'Now' }));
  await mirror.window();
  await recover(mirror);
  const [recovery] = await repository.log();
  expect(recovery?.message).toContain('\nGitward-Reason: recovery\n');
  expect(await repository.files()).toMatchObject(kept);
});

async function revision(repository: GitRepository, name: string): Promise<string> {
  return (await repository.git(['rev-parse', name])).toString().trim();
}

/** Commits these files with Gitward as the committer. */
async function commitAsOurs(
  repository: GitRepository,
  files: Record<string, string>,
  message: string,
): Promise<void> {
  const parent = await revision(repository, 'main');
  const tree = `${await repository.commit({ files, message })}^{tree}`;
  const made = await repository.git([
    ...['-c', 'user.name=Gitward', '-c', 'user.email=gitward@localhost'],
    ...['commit-tree', tree, '-p', parent, '-m', message],
  ]);
  await repository.setBranch('main', made.toString().trim());
}
