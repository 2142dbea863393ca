import { expect, test } from 'vitest';
import { previewChange } from '../../../activities/mirror/preview-change.ts';
import { Snapshots } from '../../../activities/mirror/window/snapshots.ts';
import { noDevelopmentBranches } from '../../../model/mirror/branches.ts';
import type { ChangePreview } from '../../../model/mirror/change-preview.ts';
import type { MirrorRepository } from '../../../model/mirror/mirror.ts';
import { defaultSamples } from '../../../model/mirror/samples.ts';
import { activitiesUnderTest, type MirrorChoices } from '../activities-under-test.ts';

const under = await activitiesUnderTest();
const snapshots = new Snapshots(under.db, under.sealer);
const { signal } = new AbortController();
type Mirror = Awaited<ReturnType<typeof under.mirror>>;

const jobs = { enabled: true, retainDays: 30, include: 'all', backfillDays: 7 } as const;

async function preview(
  mirror: Mirror,
  policy: MirrorChoices['policy'] = {},
  place: Partial<MirrorRepository> = {},
): Promise<ChangePreview> {
  const row = await mirror.row();
  const repository = {
    url: row.repositoryUrl,
    branch: row.repositoryBranch,
    subdirectory: row.subdirectory,
    credentialId: row.credentialId,
    ...place,
  };
  const request = {
    ...{ ...mirror.key, repository, adopt: false, developmentBranches: noDevelopmentBranches },
    policy: { ...row.policy, ...policy },
  };
  return previewChange({ ...under, snapshots }, request, { signal });
}

/** The paths that a commit touched, as the preview has them. */
async function touched(mirror: Mirror, before: string | null, after: string | null) {
  const [was, is] = await Promise.all([filesAt(mirror, before), filesAt(mirror, after)]);
  const paths = [...is.keys()];
  return {
    adds: paths.filter((path) => !was.has(path)).sort(),
    replaces: paths.filter((path) => was.has(path) && was.get(path) !== is.get(path)).sort(),
    removes: [...was.keys()].filter((path) => !is.has(path)).sort(),
  };
}

async function filesAt({ repository }: Mirror, sha: string | null): Promise<Map<string, string>> {
  return new Map(Object.entries(sha === null ? {} : await repository.blobIds(sha)));
}

function counts({
  adds,
  replaces,
  removes,
}: {
  adds: string[];
  replaces: string[];
  removes: string[];
}) {
  return [adds.length, replaces.length, removes.length];
}

function counted({ commit }: ChangePreview) {
  return commit && [commit.adds.count, commit.replaces.count, commit.removes.count];
}

/** A table, and three runs: today's, one that failed, and an old one. */
function runJobs({ platform }: Mirror): void {
  const { queue } = platform;
  platform.putTable('in.c-crm.people', { columns: ['id'], preview: [['1']] });
  const ago = (days: number) => new Date(Date.now() - days * 86_400_000);
  queue.run({ endsAt: ago(0) });
  queue.run({ endsAt: ago(2), status: 'error', result: { message: 'No such table.' } });
  queue.run({ endsAt: ago(6) });
}

type Policy = NonNullable<MirrorChoices['policy']>;
const cases: [what: string, before: Policy, after: Policy][] = [
  ['secrets are left out', {}, { secrets: 'omitted' }],
  ['volatile storage is written', {}, { storage: { volatile: true } }],
  ['job runs are written', {}, { jobs }],
  ['job runs are no longer written', { jobs }, { jobs: { ...jobs, enabled: false } }],
  ['only failed runs are kept', { jobs }, { jobs: { ...jobs, include: 'failures' } }],
  ['old runs are removed', { jobs }, { jobs: { ...jobs, retainDays: 4 } }],
  ['secrets are left out, and job runs stay', { jobs }, { jobs, secrets: 'omitted' }],
];

test.each(cases)('what is said is what the commit does: %s', async (_what, before, after) => {
  const mirror = await under.mirror({ policy: before });
  runJobs(mirror);
  await mirror.deliver();
  const sha = await mirror.repository.tip();
  const said = await preview(mirror, after);
  expect(said).toMatchObject({
    ...{ resync: 'policy', moves: false, repository: null, adoptionNeeded: false },
  });
  expect(await mirror.repository.tip()).toBe(sha);
  await mirror.put({ policy: { ...before, ...after } });
  await mirror.deliver();
  const made = await touched(mirror, sha, await mirror.repository.tip());
  expect(counts(made)).not.toEqual([0, 0, 0]);
  expect(counted(said)).toEqual(counts(made));
  expect(said.commit!.replaces.first).toEqual(made.replaces.slice(0, 100));
});

test('it says how many of the removed files are runs', async () => {
  const mirror = await under.mirror({ policy: { jobs } });
  runJobs(mirror);
  await mirror.deliver();
  const { commit } = await preview(mirror, { jobs: { ...jobs, include: 'failures' } });
  expect([commit!.removedRuns, commit!.removes.count]).toEqual([2, 2]);
});

test('nothing happens if only notices change, and nothing is read', async () => {
  const mirror = await under.settledMirror();
  mirror.platform.resetCalls();
  const said = await preview(mirror, { notify: { emails: ['new@example.com'] } });
  expect(said).toMatchObject({ resync: null, moves: false, repository: null, commit: null });
  expect(Object.values(mirror.platform.calls).every((calls) => calls === 0)).toBe(true);
});

test('samples are counted by the tables that are read, and are not read for that', async () => {
  const mirror = await under.settledMirror();
  mirror.platform.putTable('in.c-crm.people', { columns: ['id'], preview: [['1']] });
  mirror.platform.resetCalls();
  const samples = { ...defaultSamples, enabled: true };
  const said = await preview(mirror, { samples });
  expect(said.resync).toBe('samples');
  expect(said.sampledTables).toBeGreaterThan(0);
  expect(mirror.platform.calls['data-preview']).toBe(0);
  await mirror.put({ policy: { samples } });
  await mirror.deliver();
  expect(mirror.platform.calls['data-preview']).toBe(said.sampledTables);
  const off = await preview(mirror, { samples: defaultSamples });
  expect(off.commit!.removedSamples).toBeGreaterThan(0);
});

test('a new place gets everything, and what is in the way is said', async () => {
  const mirror = await under.settledMirror();
  const all = Object.keys(await mirror.repository.files()).length;
  const other = await preview(mirror, {}, { branch: 'other', subdirectory: 'here' });
  expect(other).toMatchObject({ resync: 'initial', moves: true, adoptionNeeded: false });
  expect(other.repository).toMatchObject({ reachable: true, tip: null });
  expect(counted(other)).toEqual([all, 0, 0]);
  await mirror.repository.commit({ files: { 'there/configs/mine.txt': 'Mine.' } });
  const taken = await preview(mirror, {}, { subdirectory: 'there' });
  expect(taken.adoptionNeeded).toBe(true);
  expect(counted(taken)).toEqual([all, 0, 1]);
  expect(taken.commit!.removes.first).toEqual(['configs/mine.txt']);
});

test('a source that cannot be read is a warning', async () => {
  const mirror = await under.settledMirror();
  mirror.platform.disturb({ status: 503 });
  const said = await preview(mirror, { secrets: 'omitted' });
  expect(said).toMatchObject({ resync: 'policy', commit: null, warnings: { count: 1 } });
});
