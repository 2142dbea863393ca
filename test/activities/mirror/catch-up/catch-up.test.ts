import { afterEach, expect, it, vi } from 'vitest';
import { activitiesUnderTest, customers, orders } from '../../activities-under-test.ts';

const under = await activitiesUnderTest();
const { db, activities, run, signals } = under;

type Mirror = Awaited<ReturnType<typeof under.settledMirror>>;

const jobs = { enabled: true, retainDays: 30, include: 'all' } as const;
const table = 'in.c-crm.people';

/** A catch-up of the mirror's project: what it found, and which mirrors it asked to compare themselves. */
async function catchUp({ key: { projectId } }: Mirror) {
  signals.length = 0;
  const result = await run(() => activities.catchUpProject({ projectId }));
  return { ...result, signals: [...signals] };
}

const allQuiet = { asked: 0, unchanged: 1, signals: [] };

function asksFor({ stream }: Mirror) {
  return { asked: 1, unchanged: 0, signals: [`${stream} catchUp`] };
}

/** A mirror with a table, which a catch-up leaves alone. */
async function quietMirror(): Promise<Mirror> {
  const mirror = await under.mirror({ policy: { jobs } });
  mirror.platform.putTable(table, { columns: ['id'] });
  await mirror.deliver();
  expect(await catchUp(mirror)).toEqual(allQuiet);
  return mirror;
}

/** What a mirror has to look at by itself, whatever nobody reported. */
const differences: Record<string, (mirror: Mirror) => unknown> = {
  'a configuration was changed': ({ platform }) => platform.change(orders),
  'a configuration was deleted': ({ platform }) => platform.delete(customers),
  'a configuration has other metadata': ({ platform }) =>
    platform.setMetadata(orders, 'KBC.configuration.folderName', 'Other'),
  'a table has another column': ({ platform }) =>
    platform.putTable(table, { columns: ['id', 'name'] }),
  'a table is gone': ({ platform }) => platform.deleteTable(table),
  'a job has ended': ({ platform }) => platform.queue.run(),
  'the branch has another name': ({ platform }) => {
    platform.project.branches[0]!.name = 'Renamed';
  },
  'the branch is gone': ({ platform }) => {
    platform.project.branches[0]!.id = 9_999;
  },
  'a change waits': (mirror) => mirror.accept(mirror.platform.change(orders)),
  'what was read was forgotten': ({ stream }) =>
    db.deleteFrom('snapshots').where('stream', '=', stream).execute(),
  'the platform does not answer': ({ platform }) => platform.disturb({ status: 503 }),
  'the queue of jobs does not answer': ({ platform }) =>
    platform.disturb({ endpoint: 'jobs', status: 503 }),
  'everything was to be rendered': (mirror) => mirror.mark('adopt'),
};

it.each(Object.entries(differences))('a mirror compares itself if %s', async (_what, make) => {
  const mirror = await quietMirror();
  await make(mirror);
  expect(await catchUp(mirror)).toEqual(asksFor(mirror));
});

it('a table that was loaded is no difference, unless the mirror shows what loads change', async () => {
  const mirror = await quietMirror();
  mirror.platform.importTable(table);
  expect(await catchUp(mirror)).toEqual(allQuiet);
  await mirror.put({ policy: { jobs, storage: { volatile: true } } });
  await mirror.deliver();
  mirror.platform.importTable(table);
  expect(await catchUp(mirror)).toEqual(asksFor(mirror));
});

const anHour = 3_600_000;

const now = performance.now.bind(performance);
let ahead = 0;
afterEach(() => {
  ahead = 0;
  vi.restoreAllMocks();
});

/** Whatever is remembered for a time has been for so many milliseconds more. */
function letPass(ms: number): void {
  ahead += ms;
  vi.spyOn(performance, 'now').mockImplementation(() => now() + ahead);
}

it.each<[what: string, make: (mirror: Mirror) => Promise<unknown>]>([
  ['is gone', ({ repository }) => repository.git(['update-ref', '-d', 'refs/heads/main'])],
  ['was moved on', ({ repository }) => repository.commit({ files: { 'THEIRS.md': 'Theirs\n' } })],
])('a mirror compares itself within an hour if its Git branch %s', async (_what, make) => {
  const mirror = await quietMirror();
  await make(mirror);
  letPass(anHour - 60_000);
  expect(await catchUp(mirror)).toEqual(allQuiet);
  letPass(60_000);
  expect(await catchUp(mirror)).toEqual(asksFor(mirror));
});

it('what others pushed is looked at once', async () => {
  const mirror = await quietMirror();
  for (const words of ['Theirs', 'More of theirs']) {
    await mirror.repository.commit({ files: { 'THEIRS.md': words } });
    letPass(anHour);
    expect(await catchUp(mirror)).toEqual(asksFor(mirror));
    await mirror.window({ catchUp: true });
    await mirror.deliver();
    expect(await catchUp(mirror)).toEqual(allQuiet);
  }
});

it('only the mirrors of a project that may differ are asked, and a repository is asked once for all of them', async () => {
  const mirror = await quietMirror();
  mirror.platform.createBranch(2_000, 'Next');
  const next = await mirror.ofBranch('2000');
  await next.deliver();
  under.server.requests.length = 0;
  expect(await catchUp(mirror)).toEqual({ asked: 0, unchanged: 2, signals: [] });
  expect(under.server.requests.filter(({ path }) => path.includes('info/refs'))).toHaveLength(1);
  mirror.platform.change({ ...orders, branchId: 2_000 });
  expect(await catchUp(mirror)).toEqual({ ...asksFor(next), unchanged: 1 });
});

it('what a catch-up of its own found is not looked for again', async () => {
  const mirror = await quietMirror();
  mirror.platform.change(orders);
  mirror.platform.queue.run();
  expect(await catchUp(mirror)).toEqual(asksFor(mirror));
  expect(await mirror.window({ catchUp: true })).toMatchObject({ files: expect.any(Number) });
  expect(await catchUp(mirror)).toEqual(asksFor(mirror));
  await mirror.deliver();
  expect(await catchUp(mirror)).toEqual(allQuiet);
});

it('a paused mirror is left alone', async () => {
  const mirror = await quietMirror();
  mirror.platform.change(orders);
  await mirror.mark('pause');
  expect(await catchUp(mirror)).toEqual({ asked: 0, unchanged: 0, signals: [] });
});
