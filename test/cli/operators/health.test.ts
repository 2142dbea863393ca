import { Command } from 'commander';
import { expect, test } from 'vitest';
import type { ClientIo } from '../../../cli/client/client-command.ts';
import { registerHealth } from '../../../cli/commands/operators/health.ts';
import { inserting } from '../../support/telemetry/inserting.ts';
import { adminToken, apiUnderTest } from '../../api/api-under-test.ts';

const api = await apiUnderTest();
const url = await api.app.listen({ port: 0, host: '127.0.0.1' });
const { project, mirror, batch, change, outage, failed } = inserting(api.db);

async function health(args: string[] = [], token = adminToken) {
  const ran = { code: 0, out: '', error: '' };
  const io: ClientIo = {
    env: { GITWARD_URL: url, GITWARD_TOKEN: token },
    out: (text) => void (ran.out += text),
    error: (text) => void (ran.error += text),
    setExitCode: (code) => void (ran.code = code),
    readInput: () => Promise.resolve(''),
    readSecret: () => Promise.resolve(''),
  };
  const program = new Command('gitward').exitOverride();
  registerHealth(program, io);
  await program.parseAsync(['health', ...args], { from: 'user' });
  return ran;
}

test('an empty installation is well', async () => {
  const { code, out } = await health();
  expect(code).toBe(0);
  expect(out).toContain('  Deliveries to Git succeed. In the last hour, 100 % of the attempts');
  expect(out).toContain('No mirror or space fails');
  expect(out).toMatch(/Projects with Git sync +No projects yet/);
  expect(out).toContain('Nothing was done.');
  expect(out).toContain('Readings of repositories by agents: not shown.');
});

test('what is wrong comes first, with what to do, and decides the exit code', async () => {
  await project('shop', { planTier: 'gold\u001b[31m' });
  await mirror('shop');
  await batch('mirror/shop/main');
  await failed('mirror/shop/main', 0.5);
  await change('shop', 'main', { minutes: 20 });
  await outage('mirror/shop/main', { began: 1 });
  const { code, out } = await health();
  expect(code).toBe(1);
  expect(out).toMatch(/^! Deliveries to Git fail\. In the last hour, 50 % of the attempts/m);
  expect(out).toContain('    More: docs/runbook.md#git_export_success_drop');
  expect(out).toMatch(/^mirror\/shop\/main +retrying +1 /m);
  expect(out).toMatch(/Success of the last hour +50 % +\(at least 98 %: MISSED\)/);
  expect(out).not.toContain('\u001b');
  const json = await health(['--json']);
  expect(json.code).toBe(1);
  const answer = await api.call('GET', '/v1/installation/health');
  expect(Object.keys(JSON.parse(json.out) as object)).toEqual(Object.keys(answer.body as object));
});

test('who may see only some projects is told so', async () => {
  const token = await api.token({ role: 'admin', projects: ['shop'] });
  const { code, error } = await health([], token);
  expect([code, error]).toEqual([1, expect.stringContaining('about all projects and spaces')]);
});
