import { expect, it } from 'vitest';
import { findOutage } from '../../../db/streams/outages.ts';
import { activitiesUnderTest, customers, orders, trailersOf } from '../activities-under-test.ts';

const under = await activitiesUnderTest();

const attributes = 'configs/.gitattributes';
const file = 'configs/main/extractor/keboola.ex-aws-s3/customers/description.md';

it("clones leave our files as they are, whatever the owner's attributes say", async () => {
  const mirror = await under.mirror({ policy: { attributes: true } });
  await mirror.repository.commit({
    files: { '.gitattributes': '*.json text eol=crlf\n* ident\n' },
    message: 'Attributes of the owner',
  });
  await mirror.deliver();
  const files = await mirror.repository.files();
  expect(files[attributes]).toContain('* -text -filter');
  const clone = await mirror.repository.cloneTo();
  expect(await clone.status()).toBe('');
  const config = 'configs/main/extractor/keboola.ex-aws-s3/customers/config.json';
  expect(await clone.read(config)).toBe(files[config]);
  await clone.remove();
  expect(await mirror.verify()).toMatchObject({ outcome: 'identical' });
});

it('windows keep them, a folder that is new gets one, and another policy removes them', async () => {
  const mirror = await under.settledMirror({ policy: { attributes: true } });
  expect((await mirror.repository.files())['storage/.gitattributes']).toBeUndefined();
  mirror.platform.putTable('in.c-shop.orders');
  await mirror.window({ catchUp: true });
  await mirror.deliver();
  const files = await mirror.repository.files();
  expect(files['storage/.gitattributes']).toBe(files[attributes]);
  await mirror.window({ catchUp: true });
  expect(await mirror.deliver()).toMatchObject({ commits: 0 });
  expect(await mirror.verify()).toMatchObject({ outcome: 'identical' });
  await mirror.put({ policy: { attributes: false } });
  await mirror.deliver();
  expect((await mirror.repository.files())[attributes]).toBeUndefined();
});

async function edited(drift: 'report' | 'restore') {
  const mirror = await under.settledMirror({ policy: { drift } });
  await mirror.repository.commit({
    files: { [file]: 'Edited\n', 'configs/notes.md': 'Mine\n', 'readme.md': 'Outside\n' },
    message: 'Edit by hand, closes #12',
    author: { name: 'Eve', email: 'eve@example.com' },
  });
  return mirror;
}

it('others edits are said once, and stay', async () => {
  const mirror = await edited('report');
  const found = await mirror.verify();
  expect(found).toMatchObject({ outcome: 'different', differenceCount: 2 });
  expect((await findOutage(under.db, found.drift!))?.message).toContain(file);
  expect(await mirror.verify()).not.toHaveProperty('drift');
  expect(await mirror.deliver()).toMatchObject({ commits: 0 });
  expect((await mirror.repository.files())[file]).toBe('Edited\n');
});

it('or are put right by a commit that says what it undoes and whose it was', async () => {
  const mirror = await edited('restore');
  expect(await mirror.verify()).toMatchObject({ outcome: 'different' });
  expect(await mirror.deliver()).toMatchObject({ commits: 1 });
  const [commit] = await mirror.repository.log();
  expect(trailersOf(commit!.message).Reason).toBe('drift');
  expect(commit!.message).toMatch(/by Eve: Edit by hand, closes #\u200b12/);
  expect(commit!.message).toContain(file);
  const files = await mirror.repository.files();
  expect(files[file]).not.toBe('Edited\n');
  expect(files).not.toHaveProperty('configs/notes.md');
  expect(files['readme.md']).toBe('Outside\n');
  expect(await mirror.verify()).toMatchObject({ outcome: 'identical' });
  await mirror.accept(mirror.platform.change(orders));
  await mirror.window();
  expect(await mirror.deliver()).toMatchObject({ commits: 1 });
});

it('a new Git branch begins with the default branch of the repository, or with nothing', async () => {
  for (const newBranch of ['default', 'empty'] as const) {
    const mirror = await under.mirror({ gitBranch: 'keboola', policy: { newBranch } });
    const main = await mirror.repository.commit({
      files: { 'readme.md': 'Hello' },
      message: 'Main',
    });
    await mirror.deliver();
    const log = await mirror.repository.git(['rev-list', 'keboola']);
    expect(log.toString().includes(main)).toBe(newBranch === 'default');
  }
  const empty = await under.mirror({ gitBranch: 'keboola', policy: { newBranch: 'default' } });
  expect(await empty.deliver()).toMatchObject({ commits: 1 });
  await empty.accept(empty.platform.change(customers));
  await empty.window();
  expect(await empty.deliver()).toMatchObject({ commits: 1 });
});
