import { afterAll, expect, it } from 'vitest';
import { TestGitward } from '../support/gitward.ts';

const gitward = await TestGitward.start({ GITWARD_POLL_INTERVAL: '1h' });
afterAll(() => gitward.stop());
const { db } = gitward.database;

const names = (count: number, name: string) =>
  Array.from({ length: count }, (_, index) => `${name}-${index + 1}`);
const spaces = names(20, 'space');
const projects = names(50, 'project');
const operations = 24;

/** A mirror of a sample project, with a waiting change. */
async function addMirror(projectId: string, credentialId: string): Promise<void> {
  await gitward.git.createRepository(projectId);
  await gitward.call('POST', '/v1/projects', { id: projectId, source: { kind: 'sample' } });
  const repository = { url: gitward.git.url(projectId), branch: 'main', credentialId };
  await gitward.call('PUT', `/v1/projects/${projectId}/mirrors/default`, { repository });
  const event = await gitward.call<object>('POST', `/v1/projects/${projectId}/sample-changes`, {
    ...{ componentId: 'keboola.ex-db-mysql', configId: '1001' },
    ...{ author: 'ada@example.com', description: 'More rows' },
  });
  expect(await gitward.send([event])).toMatchObject({ accepted: 1 });
}

/** A space with a waiting save. */
async function addSpace(id: string): Promise<void> {
  await gitward.createSpace(id, { 'README.md': 'Ours.\n' });
  await gitward.call('POST', `/v1/spaces/${id}/entries`, {
    kind: 'customer',
    fields: { id: 'acme', name: 'Acme' },
  });
}

/** When the work of each kind was done; unfinished work is left out. */
const ended: Record<string, () => Promise<Date[]>> = {
  async mirrors() {
    const rows = await db
      .selectFrom('changeEvents')
      .select('deliveredAt')
      .where('deliveredAt', 'is not', null)
      .execute();
    return rows.flatMap(({ deliveredAt }) => deliveredAt ?? []);
  },
  async spaces() {
    const rows = await db
      .selectFrom('saves')
      .select('deliveredAt')
      .where('deliveredAt', 'is not', null)
      .execute();
    return rows.flatMap(({ deliveredAt }) => deliveredAt ?? []);
  },
  async operations() {
    const rows = await db
      .selectFrom('operations')
      .select('endedAt')
      .where('state', '=', 'done')
      .execute();
    return rows.flatMap(({ endedAt }) => endedAt ?? []);
  },
};

const wanted = { mirrors: projects.length, spaces: spaces.length, operations };

it('24 operations, 50 mirrors and 20 spaces that waited for a worker are handled side by side', async () => {
  await gitward.kill('worker');
  for (const id of spaces) await addSpace(id);
  for (const index of names(operations, '').keys()) {
    const space = spaces[index % spaces.length] ?? '';
    await gitward.call('POST', `/v1/spaces/${space}/actions/export`, {});
  }
  const { username, password } = gitward.git.credential ?? { username: '', password: '' };
  const { id } = await gitward.call<{ id: string }>('POST', '/v1/credentials', {
    ...{ name: 'mirrors', username, token: password },
    origin: gitward.git.url('mirror'),
  });
  for (const projectId of projects) await addMirror(projectId, id);

  const started = Date.now();
  await gitward.startWorker();
  const times = await untilAllEnded(started + 240_000);
  // The first of each kind is done before the last of any other, so no kind waits for all of
  // another.
  const first = Object.entries(times).map(([kind, ends]) => ({ kind, at: Math.min(...ends) }));
  const last = Object.entries(times).map(([kind, ends]) => ({ kind, at: Math.max(...ends) }));
  for (const begin of first)
    for (const end of last)
      if (begin.kind !== end.kind)
        expect(begin.at, `the first of ${begin.kind} waits for all ${end.kind}`).toBeLessThan(
          end.at,
        );
}, 360_000);

/** Waits until all work is done; returns when it was done, in milliseconds. */
async function untilAllEnded(deadline: number): Promise<Record<string, number[]>> {
  for (;;) {
    const times: Record<string, number[]> = {};
    for (const [kind, list] of Object.entries(ended))
      times[kind] = (await list()).map((at) => at.getTime());
    const counts = Object.fromEntries(
      Object.entries(times).map(([kind, ends]) => [kind, ends.length]),
    );
    if (JSON.stringify(counts) === JSON.stringify(wanted)) return times;
    if (Date.now() > deadline)
      throw new Error(`Not done: ${JSON.stringify(counts)}\n${gitward.warnings()}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
