import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAskModel } from '../../../hosts/models/ask-model.ts';
import { createAddressPolicy } from '../../../network/address-policy.ts';
import { createDispatcher } from '../../../network/dispatcher.ts';
import { spaceWithHistory } from '../../api/knowledge/prompts/space-with-history.ts';
import { runCheck } from '../../support/knowledge/run-check.ts';
import { ModelServer } from '../../support/models/model-server.ts';
import { adminToken } from '../../api/api-under-test.ts';
import { runKnowledge } from './run-knowledge.ts';

const { api, push, deliver } = await spaceWithHistory();
await api.app.listen({ port: 0, host: '127.0.0.1' });
const { port } = api.app.server.address() as AddressInfo;
const env = { GITWARD_URL: `http://127.0.0.1:${port}`, GITWARD_TOKEN: adminToken };
const run = (...args: string[]) => runKnowledge(args, env);
const model = await ModelServer.start('sk-the-key');
const dispatcher = createDispatcher(
  createAddressPolicy({ allowPrivateNetwork: true, allowFileRepositories: false }),
);
const parts = { db: api.db, sealer: api.sealer, askModel: createAskModel({ dispatcher }) };
afterAll(async () => {
  await model.close();
  await dispatcher.close();
});

/** Runs what waits, as a worker does, while a command waits for it. */
async function whileWorking<T>(command: Promise<T>): Promise<T> {
  const state = { isDone: false };
  const ended = command.finally(() => {
    state.isDone = true;
  });
  while (!state.isDone) {
    const waiting = await api.db.selectFrom('operations').select('id').where('state', '=', 'waiting').execute(); // prettier-ignore
    for (const { id } of waiting) await runCheck(parts, id);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return ended;
}

const prompt = (text: string) =>
  `---\nid: call\nname: Call\n---\n${text}\n\n## Examples\n\n### Agrees\n\nExpected:\n\n- contains: yes\n\n### Polite\n\nExpected: It is polite.\n`;
let old = '';
let newer = '';
beforeAll(async () => {
  old = await push({ 'prompts/system/call.md': prompt('Old.') }, 9);
  newer = await push({ 'prompts/system/call.md': prompt('New.') }, 3);
  const token = { name: 'model', origin: model.origin, token: 'sk-the-key' };
  await api.call('POST', '/v1/credentials', token);
});

describe('checks', () => {
  it('are off until an admin names a model', async () => {
    const { code, error } = await run('prompts', 'check', 'sales', 'call');
    expect([code, error.includes('has no model to run examples against')]).toEqual([1, true]);
    const set = ['spaces', 'set', 'sales', '--checks-address', model.address];
    expect((await run(...set)).error).toContain(
      'Give --checks-address and --checks-model together.',
    );
    const { out } = await run(...set, '--checks-model', 'small-1', '--checks-credential', 'model');
    expect(out).toContain(`small-1 at ${model.address}`);
  });

  it('are run, judged, and let a promotion through', async () => {
    const made = ['environments', 'create', 'sales', 'production', '--commit', old];
    expect((await run(...made, '--require-checks')).code).toBe(0);
    await deliver();
    expect((await run('environments', 'show', 'sales', 'production')).out).toMatch(/requires checks +yes/); // prettier-ignore
    const promote = ['environments', 'promote', 'sales', 'production', '--entry', 'call', '--from', newer]; // prettier-ignore
    const refused = await run(...promote);
    expect([refused.code, refused.error.includes('its examples were not run')]).toEqual([1, true]);

    model.reply = () => 'yes';
    const check = ['prompts', 'check', 'sales', 'call', '--env', 'production', '--entry', 'call', '--from', newer, '--wait']; // prettier-ignore
    const checked = await whileWorking(run(...check));
    expect(checked.code).toBe(1);
    expect(checked.out).toMatch(/1 +Agrees +passed +- +yes/);
    expect(checked.out).toMatch(/2 +Polite +needs_person/);
    const id = /^run +(\S+)/m.exec(checked.out)?.[1] ?? '';

    const judge = ['prompts', 'judge', 'sales', 'call', id, '2'];
    expect((await run(...judge, 'perhaps')).error).toContain('neither passed nor failed');
    const eva = await api.token({ role: 'editor', kind: 'person', name: 'Eva' });
    const judged = await runKnowledge([...judge, 'passed', '-m', 'Very'], { ...env, GITWARD_TOKEN: eva }); // prettier-ignore
    expect(judged.out).toMatch(/2 +Polite +passed +Eva: Very/);
    expect((await run('prompts', 'checks', 'sales', 'call')).out).toContain('passed 2');
    expect((await run('prompts', 'checks', 'sales', 'call', id)).out).toMatch(/passed +yes/);
    expect((await run(...promote)).code).toBe(0);
  });

  it('say what they need, and can be switched off', async () => {
    expect((await run('prompts', 'check', 'sales', 'call', '--from', newer)).error).toContain('say with --env into which environment'); // prettier-ignore
    const begun = await run('prompts', 'check', 'sales', 'call', '--at', newer);
    expect(begun.out).toContain('has begun');
    expect((await run('spaces', 'set', 'sales', '--no-checks')).code).toBe(0);
    expect((await api.call('GET', '/v1/spaces/sales')).body.checks).toBeNull();
  });
});
