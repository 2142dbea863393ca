import { describe, expect, it } from 'vitest';
import { retryRefused } from '../../../db/mirror/retry-refused.ts';
import { readMirrorOverview } from '../../../db/mirror/mirror-status.ts';
import { configuration, smallProject } from '../../../examples/storage-api/data.ts';
import { activitiesUnderTest, customers, orders, report } from '../activities-under-test.ts';

const under = await activitiesUnderTest();

type Mirror = Awaited<ReturnType<typeof under.settledMirror>>;

const planted = 'AKIA-planted';

/** Windows of their own, each by another person; those at these positions contain what the host refuses. */
async function windows(mirror: Mirror, count: number, refused: readonly number[]): Promise<void> {
  const { configurations } = mirror.platform.project.branches[0]!;
  for (let index = 0; index < count; index += 1) {
    const { componentId, id } = configurations[index % configurations.length]!;
    const text = refused.includes(index) ? planted : 'fine';
    const event = mirror.platform.change(
      { componentId, configId: id },
      { author: `author-${index}@example.com`, configuration: { parameters: { text, index } } },
    );
    await mirror.accept(event);
    await mirror.window();
  }
}

async function refusedOf({ key }: Mirror) {
  return (await readMirrorOverview(under.db, key))!.refused;
}

const many = ({ id }: { id: number }) => {
  const project = smallProject({ id });
  project.branches[0]!.configurations.push(
    ...Array.from({ length: 197 }, (_, at) =>
      configuration('keboola.ex-aws-s3', `more-${at}`, `More ${at}`, { parameters: { at } }),
    ),
  );
  return project;
};

/** Ten of two hundred windows; fewer where each file has to be found by many pushes. */
const named = { count: 200, refused: [3, 20, 21, 22, 60, 99, 100, 140, 180, 199] };
const unnamed = { count: 12, refused: [2, 7, 8] };

describe.each([
  ['names the files', true, named],
  ['does not say which', false, unnamed],
])('a host that refuses content and %s', (_name, names, { count, refused: planned }) => {
  it('gets everything else, each window as its own commit, and the rest once it is mended', async () => {
    const mirror = await under.settledMirror({ project: many });
    await mirror.repository.refuseText(planted, { names });
    const before = (await mirror.repository.log()).length;
    await windows(mirror, count, planned);
    let told: string | undefined;
    let waiting: number;
    do {
      const done = await mirror.deliver();
      told ??= done.refusals;
      waiting = done.waitingBatches;
    } while (waiting > 0);
    expect(told).toEqual(expect.any(String));
    const log = await mirror.repository.log();
    const authors = log.slice(0, log.length - before).map(({ author }) => author.email);
    const fine = Array.from({ length: count }, (_, at) => at).filter((at) => !planned.includes(at));
    expect(fine).toHaveLength(count - planned.length);
    for (const at of fine) expect(authors).toContain(`author-${at}@example.com`);
    const refused = await refusedOf(mirror);
    expect(refused).toHaveLength(planned.length);
    for (const { path, rule } of refused) {
      expect(path).toMatch(/config\.json$/);
      expect(rule).toContain(names ? path : 'A secret was found.');
    }
    expect(await mirror.verify()).toMatchObject({ outcome: 'identical' });

    // Somebody mends one of them in the platform, and the host's rule goes.
    const { configurations } = mirror.platform.project.branches[0]!;
    const { componentId, id } = configurations[planned.at(-1)!]!;
    await mirror.accept(
      mirror.platform.change(
        { componentId, configId: id },
        { author: 'mender@example.com', configuration: { parameters: { text: 'mended' } } },
      ),
    );
    await mirror.window();
    expect(await mirror.deliver()).toMatchObject({ commits: 1 });
    expect((await mirror.repository.log())[0]!.author.email).toBe('mender@example.com');
    expect(await refusedOf(mirror)).toHaveLength(refused.length - 1);
    await mirror.repository.rejectPushes(null);
    await retryRefused(under.db, mirror.key);
    await mirror.deliver();
    expect(await refusedOf(mirror)).toEqual([]);
    expect(await mirror.verify()).toMatchObject({ outcome: 'identical' });
  });

  it('gets a first commit, too, without what it refuses', async () => {
    const mirror = await under.mirror({ project: many });
    const { configurations } = mirror.platform.project.branches[0]!;
    configurations[5]!.configuration = { parameters: { text: planted } };
    await mirror.repository.refuseText(planted, { names });
    await mirror.deliver();
    expect(await refusedOf(mirror)).toMatchObject([
      { path: expect.stringMatching(/config\.json$/) },
    ]);
    expect(await mirror.row()).toMatchObject({ resyncReason: null });
    expect(await mirror.verify()).toMatchObject({ outcome: 'identical' });
  });

  it('loses no window if the worker is lost in between', async () => {
    const mirror = await under.settledMirror();
    await mirror.repository.refuseText(planted, { names });
    await windows(mirror, 3, [1]);
    await mirror.deliverAndLoseWorker();
    await mirror.deliver();
    expect(await mirror.changes()).toMatchObject([{}, {}, {}]);
    expect(await refusedOf(mirror)).toHaveLength(1);
    expect(await mirror.verify()).toMatchObject({ outcome: 'identical' });
  });
});

it('a host that refuses everything, whatever it says, keeps all windows waiting, and gets them as they were', async () => {
  const mirror = await under.settledMirror();
  const before = (await mirror.repository.log()).length;
  await mirror.repository.rejectPushes('Push protection: a secret was found');
  for (const what of [orders, customers, report, orders, customers, report]) {
    await mirror.accept(mirror.platform.change(what));
    await mirror.window();
  }
  await expect(mirror.deliver()).rejects.toMatchObject({ type: 'content_refused' });
  expect(await refusedOf(mirror)).toEqual([]);
  await mirror.repository.rejectPushes(null);
  await mirror.deliver();
  expect(await mirror.repository.log()).toHaveLength(before + 6);
});

it('a refused file that is removed in the platform is removed, and no longer refused', async () => {
  const mirror = await under.settledMirror();
  await mirror.repository.refuseText(planted, { names: true });
  await mirror.accept(
    mirror.platform.change(customers, { configuration: { parameters: { text: planted } } }),
  );
  await mirror.window();
  await mirror.deliver();
  expect(await refusedOf(mirror)).toHaveLength(1);
  const gone = mirror.platform.change(customers);
  mirror.platform.delete(customers);
  await mirror.accept(gone);
  await mirror.window();
  await mirror.deliver();
  expect(await refusedOf(mirror)).toEqual([]);
});
