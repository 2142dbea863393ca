import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { InstallationHealthView } from '../../api/overview/installation-health-schema.ts';
import { TestGitward } from '../support/gitward.ts';

let gitward: TestGitward;

beforeAll(async () => {
  // No disk has so much free space: they are all nearly full.
  gitward = await TestGitward.start({ GITWARD_MIN_FREE_MIB: '900000000' });
  await gitward.enableMirror();
  await gitward.until('synced');
});
afterAll(() => gitward.stop());

/** The repositories that any process keeps. */
async function kept(folder: string): Promise<string[]> {
  const directory = join(gitward.dataDirectory, folder);
  const owners = (await readdir(directory)).filter((name) => name.includes('@'));
  const found = await Promise.all(owners.map((name) => readdir(join(directory, name))));
  return found.flat().filter((name) => name.endsWith('.git'));
}

function health(): Promise<InstallationHealthView> {
  return gitward.call('GET', '/v1/installation/health');
}

it('while the disk is nearly full, changes reach Git, no cache is left, and everybody is told', async () => {
  const before = await gitward.repository.tip();
  await gitward.send([
    gitward.platform.change(
      { componentId: 'keboola.ex-db-mysql', configId: '7' },
      { name: 'Renamed' },
    ),
  ]);
  await gitward.until(({ state, pendingChanges }) => state === 'synced' && pendingChanges === 0);
  expect(await gitward.repository.tip()).not.toBe(before);
  await vi.waitFor(async () => expect(await kept('git-cache')).toEqual([]), 10_000);
  const { alerts } = await vi.waitFor(
    async () => {
      const found = await health();
      const alert = found.alerts.find(({ name }) => name === 'gitward_disk_nearly_full');
      expect(alert?.isWrong).toBe(true);
      return found;
    },
    { timeout: 40_000, interval: 1_000 },
  );
  expect(alerts.find(({ name }) => name === 'gitward_disk_nearly_full')?.now).toContain(
    gitward.dataDirectory,
  );
  // Each of the two processes tells of it once.
  expect(gitward.output.match(/The disk is nearly full/g)).toHaveLength(2);
  const doctor = await gitward.command('doctor', '--json');
  expect(doctor.out).toContain('is nearly full: no new caches and clones are kept there');
  expect(doctor.code).toBe(0);
});

it('the Schedule removes what is settled and old, and says so', async () => {
  const { db } = gitward.database;
  await sql`
    INSERT INTO audit_log (at, actor, action, target, detail)
    SELECT now() - n * interval '1 day', 'somebody', 'test.old', 'x', '{}' FROM generate_series(700, 799) n`.execute(
    db,
  );
  const schedule = gitward.temporal.client.schedule.getHandle('housekeeping');
  await vi.waitFor(() => schedule.describe(), { timeout: 30_000, interval: 500 });
  await schedule.trigger();
  await vi.waitFor(
    async () => {
      const { rows } = await sql<{ left: number }>`
        SELECT count(*) AS left FROM audit_log WHERE action = 'test.old'`.execute(db);
      expect(rows).toEqual([{ left: 30 }]);
      const { rows: runs } = await sql<{ outcome: string; removed: object }>`
        SELECT outcome, removed FROM housekeeping`.execute(db);
      expect(runs).toEqual([{ outcome: 'done', removed: { audit_log: 70 } }]);
    },
    { timeout: 60_000, interval: 500 },
  );
  // What the mirror delivered a moment ago is all there.
  expect((await gitward.status()).state).toBe('synced');
});
