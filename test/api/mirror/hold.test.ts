import { beforeEach, describe, expect, test } from 'vitest';
import { findHeldRemoval, putHeldRemoval } from '../../../db/streams/held-removals.ts';
import { recordFailure } from '../../../db/streams/outages.ts';
import { replaceRenderedFiles } from '../../../db/mirror/rendered-files.ts';
import { mirrorStream } from '../../../model/mirror/ids.ts';
import type { FailureCode } from '../../../model/streams/errors.ts';
import { config, project } from '../../platforms/keboola/platform-project.ts';
import { branchId, readingUnderTest, type MirrorUnderTest } from './reading/reading-under-test.ts';

const { api, server, mirror } = await readingUnderTest();
const shop = project([config('1', 'Orders', { description: 'First' })]);
const orders = 'configs/main/extractor/ex-generic-v2/orders';
const nothing = { count: 0, first: [] };

let one: MirrorUnderTest;
let ours: string;
let number = 0;

async function hold(code: FailureCode, message = 'Look.'): Promise<void> {
  const stream = mirrorStream({ projectId: one.projectId, branchId });
  await recordFailure(api.db, {
    ...{ stream, lane: 'repository', code, message },
    attemptStartedAt: new Date().toISOString(),
    nextAttemptAt: new Date().toISOString(),
  });
}

/** Notes what is at a commit as the rendered state of the mirror. */
async function noteRendered(): Promise<void> {
  const ids = Object.entries(await one.repository.blobIds());
  const entries = ids.map(([path, blobId]) => ({
    ...{ path: path.slice('mirror/'.length), blobId },
    owner: 'branch/1000' as const,
  }));
  await api.db
    .transaction()
    .execute((trx) =>
      replaceRenderedFiles(trx, mirrorStream({ projectId: one.projectId, branchId }), entries),
    );
  await api.db
    .updateTable('mirrors')
    .set({ initializedAt: new Date(), deliveredAt: new Date('2026-03-01T12:00:00Z') })
    .where('projectId', '=', one.projectId)
    .execute();
}

function approve(body?: object | null) {
  return api.call(
    'POST',
    `/v1/projects/${one.projectId}/mirrors/${branchId}/actions/approve`,
    body,
  );
}

async function reason(): Promise<string | null> {
  const path = `/v1/projects/${one.projectId}/mirrors/${branchId}`;
  return (await api.call('GET', path)).body.resyncReason as string | null;
}

beforeEach(async () => {
  number += 1;
  one = await mirror(`shop${number}`);
  ours = await one.deliver(shop);
  await noteRendered();
  await api.db
    .updateTable('mirrors')
    .set({ resyncReason: null })
    .where('projectId', '=', one.projectId)
    .execute();
});

describe('what a held mirror found', () => {
  test('after a rewrite: the commits that replaced ours, and the files that approving changes', async () => {
    await one.repository.commit({
      orphan: true,
      message: 'Begin again\n\nWithout what was there.',
      author: { name: 'Eve', email: 'eve@example.com' },
      files: { [`mirror/${orders}/description.md`]: 'Mine', 'mirror/configs/notes.txt': 'Notes' },
    });
    const tip = await one.repository.commit({ files: { 'readme.md': 'Outside' } });
    await hold('history_lost', 'The history was rewritten.');
    const { status, body } = await one.get('hold');
    expect(status, JSON.stringify(body)).toBe(200);
    expect(body).toMatchObject({
      code: 'history_lost',
      message: 'The history was rewritten.',
      tip: { sha: tip },
      lastCommit: { sha: ours, committedAt: '2026-03-01T12:00:00.000Z', isReachable: false },
      commits: {
        items: [
          { sha: tip, subject: 'Somebody else' },
          { subject: 'Begin again', author: { name: 'Eve', email: 'eve@example.com' } },
        ],
        hasMore: false,
      },
    });
    expect(body.files).toMatchObject({
      replaces: { count: 1, first: [`${orders}/description.md`] },
      removes: { count: 1, first: ['configs/notes.txt'] },
      unjudged: nothing,
    });
    expect(body.files.adds.first).toContain(`${orders}/config.json`);
    expect(body.files.adds.first).not.toContain(`${orders}/description.md`);
  });

  test('on top of our last commit: only the commits since, at most 20', async () => {
    await one.repository.commitAll(
      Array.from({ length: 25 }, (_, at) => ({ files: { 'a.txt': `${at}` }, message: `No ${at}` })),
    );
    await hold('foreign_installation');
    const { body } = await one.get('hold');
    expect(body.lastCommit).toMatchObject({ sha: ours, isReachable: true });
    expect(body.commits.items).toHaveLength(20);
    expect(body.commits.items[0].subject).toBe('No 24');
    expect(body.commits.hasMore).toBe(true);
    expect(body.files).toEqual({
      ...{ adds: nothing, replaces: nothing, removes: nothing, unjudged: nothing },
    });
  });

  test('when the branch is gone: no tip, and every file is written again', async () => {
    const files = Object.keys(await one.repository.blobIds());
    await one.repository.deleteBranch();
    await hold('branch_gone');
    const { body } = await one.get('hold');
    expect(body).toMatchObject({ tip: null, commits: { items: [], hasMore: false } });
    expect(body.lastCommit.isReachable).toBe(false);
    expect(body.files.adds.count).toBe(files.length);
  });

  test('before a first commit: the files in its folders, which only the preview can judge', async () => {
    await api.db
      .updateTable('mirrors')
      .set({ initializedAt: null, deliveredSha: null, deliveredAt: null })
      .where('projectId', '=', one.projectId)
      .execute();
    await one.repository.commit({
      orphan: true,
      files: { 'mirror/configs/notes.txt': 'Notes', 'configs/outside.txt': 'Outside' },
    });
    await hold('not_adopted');
    const { body } = await one.get('hold');
    expect(body.lastCommit).toBeNull();
    expect(body.files).toMatchObject({
      ...{ adds: nothing, replaces: nothing, removes: nothing },
      unjudged: { count: 1, first: ['configs/notes.txt'] },
    });
  });

  test('is refused if there is nothing to approve', async () => {
    const synced = await one.get('hold');
    expect([synced.status, synced.body.code]).toEqual([409, 'not_held']);
    await hold('too_many_files', 'There are too many files.');
    const large = await one.get('hold');
    expect([large.status, large.body.code]).toEqual([409, 'not_held']);
    expect(large.body.detail).toContain('There are too many files.');
  });

  test('is not what was fetched before, if the remote cannot be asked', async () => {
    await hold('history_lost');
    expect((await one.get('hold')).status).toBe(200);
    await server.goAway();
    const { status, body } = await one.get('hold');
    await server.comeBack();
    expect([status, body.code]).toEqual([422, 'repository_unreachable']);
  });
});

describe('approving', () => {
  test('what was looked at marks the mirror', async () => {
    await hold('history_lost');
    expect((await approve({ tip: ours })).status).toBe(200);
    expect(await reason()).toBe('adopt');
  });

  test('something else than what is there now is refused, and nothing is approved', async () => {
    const tip = await one.repository.commit({ files: { 'a.txt': 'a' } });
    await hold('history_lost');
    const { status, body } = await approve({ tip: ours });
    expect([status, body.code]).toEqual([409, 'changed_since']);
    expect(body.detail).toContain(tip);
    expect(await reason()).toBeNull();
    expect((await approve({ tip: null })).body.code).toBe('changed_since');
    await one.repository.deleteBranch();
    expect((await approve({ tip })).body.code).toBe('changed_since');
    expect(await reason()).toBeNull();
    expect((await approve({ tip: null })).status).toBe(200);
    expect(await reason()).toBe('adopt');
  });

  test('without a body takes what is there, and other bodies are refused', async () => {
    await hold('history_lost');
    for (const body of [{ tip: 'main' }, { tip: 1 }, { sha: ours }])
      expect((await approve(body)).body.code).toBe('invalid_request');
    expect(await reason()).toBeNull();
    expect((await approve()).status).toBe(200);
    expect(await reason()).toBe('adopt');
  });
});

describe('a mirror that would remove too much', () => {
  const removal = {
    digest: 'd'.repeat(64),
    listed: { count: 120, first: ['configs/a.json'] },
    total: 300,
  };
  const stream = () => mirrorStream({ projectId: one.projectId, branchId });

  beforeEach(async () => {
    await hold('mass_removal', 'Many files would go.');
    await putHeldRemoval(api.db, stream(), removal);
  });

  test('shows what would go, without asking the repository', async () => {
    const asked = server.requests.length;
    const { status, body } = await one.get('hold');
    expect(server.requests).toHaveLength(asked);
    expect(status, JSON.stringify(body)).toBe(200);
    expect(body).toMatchObject({
      ...{ code: 'mass_removal', tip: null },
      removal: { id: removal.digest, total: 300 },
      files: { removes: removal.listed, replaces: nothing },
    });
  });

  test('removes exactly what was looked at, and nothing in its place is overwritten', async () => {
    const other = await approve({ removal: 'e'.repeat(64) });
    expect(other).toMatchObject({ status: 409, body: { code: 'changed_since' } });
    expect(await findHeldRemoval(api.db, stream())).toMatchObject({ approvedAt: null });
    expect((await approve({ removal: removal.digest })).status).toBe(200);
    expect((await findHeldRemoval(api.db, stream()))?.approvedAt).toBeInstanceOf(Date);
    expect(await reason()).toBeNull();
  });

  test('without a removal in the request, it is the one that is held now', async () => {
    expect((await approve()).status).toBe(200);
    expect((await findHeldRemoval(api.db, stream()))?.approvedAt).toBeInstanceOf(Date);
  });
});
