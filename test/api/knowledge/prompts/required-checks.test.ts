import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { insertConflict } from '../../../../db/knowledge/conflicts.ts';
import { createAskModel } from '../../../../hosts/models/ask-model.ts';
import { createAddressPolicy } from '../../../../network/address-policy.ts';
import { createDispatcher } from '../../../../network/dispatcher.ts';
import { runCheck } from '../../../support/knowledge/run-check.ts';
import { ModelServer } from '../../../support/models/model-server.ts';
import { spaceWithHistory } from './space-with-history.ts';

const { api, push, deliver } = await spaceWithHistory();
const model = await ModelServer.start('sk-the-key');
const dispatcher = createDispatcher(
  createAddressPolicy({ allowPrivateNetwork: true, allowFileRepositories: false }),
);
const parts = { db: api.db, sealer: api.sealer, askModel: createAskModel({ dispatcher }) };
afterAll(async () => {
  await model.close();
  await dispatcher.close();
});

const call = (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown, token?: string) =>
  api.call(method, `/v1/spaces/sales/${path}`, body, token); // prettier-ignore
const act = (path: string, body: object = {}) =>
  call('POST', `environments/${path.replace(' ', '/actions/')}`, body);

/** Runs the examples of a prompt, to which the model answers this, and returns the run. */
async function check(prompt: string, body: object, answer = 'yes') {
  model.reply = () => answer;
  const { body: begun } = await call('POST', `prompts/${prompt}/checks`, body);
  expect(begun.state, JSON.stringify(begun)).toBe('waiting');
  await runCheck(parts, begun.id as string);
  return (await call('GET', `prompts/${prompt}/checks/${begun.id}`)).body as { id: string };
}

const expects = '\n\n## Examples\n\n### It agrees\n\nExpected: contains: yes\n';
const prompt = (id: string, text: string, more = expects) =>
  `---\nid: ${id}\nname: ${id}\n---\n${text}${more}`;
const block = (text: string) => `---\nid: tone\nname: Tone\n---\n${text}\n`;
const environment = (name: string, more: string) => `---\nid: ${name}\nname: ${name}\n${more}---\n`;

let [first, second, third] = ['', '', ''];
beforeAll(async () => {
  const files = (text: string) => ({
    'prompts/system/call.md': prompt('call', `${text} call.`),
    'prompts/system/mail.md': prompt('mail', `${text} mail.`, ''),
  });
  first = await push({ ...files('First'), 'prompts/blocks/tone.md': block('First.') }, 9);
  second = await push(files('Second'), 8);
  third = await push({ ...files('Third'), 'prompts/blocks/tone.md': block('Third.') }, 7);
  await push(
    {
      'environments/production.md': environment('production', `requireChecks: true\ncommit: ${first}\n`), // prettier-ignore
    },
    6,
  );
  const token = { name: 'model', origin: model.origin, token: 'sk-the-key' };
  const { body } = await api.call('POST', '/v1/credentials', token);
  const checks = { address: model.address, model: 'small-1', credentialId: body.id as string };
  expect((await api.call('PATCH', '/v1/spaces/sales', { checks })).status).toBe(200);
});

const needed = async (answer: ReturnType<typeof call>) => {
  const { status, body } = await answer;
  expect([status, body.code], JSON.stringify(body)).toEqual([409, 'checks_needed']);
  return String(body.detail);
};
const textIn = async () =>
  (await call('POST', 'prompts/call/render?env=production', {})).body.body as string;

describe('a promotion into an environment that requires checks', () => {
  it('is refused until the newest run of exactly that version has passed', async () => {
    const promote = () => act('production promote', { entry: 'call', from: second });
    expect(await needed(promote())).toContain('call: its examples were not run.');
    // With the blocks that it has now, and not with those that it would have there.
    await check('call', { at: third });
    await needed(promote());
    const failed = await check('call', { env: 'production', promote: { entry: 'call', from: second } }, 'no'); // prettier-ignore
    expect(await needed(promote())).toContain(`call: the newest run, ${failed.id}, has 1 failed.`);
    const passed = await check('call', { env: 'production', promote: { entry: 'call', from: second } }); // prettier-ignore
    expect(passed).toMatchObject({ passed: true, environment: 'production', commit: second });
    expect((await promote()).status).toBe(200);
    expect(await textIn()).toContain('Second call.');
    // The newest one counts.
    await check('call', { env: 'production' }, 'no');
    expect((await call('GET', 'environments/production')).body.requireChecks).toBe(true);
    await deliver();
  });

  it('is refused for blocks that prompts would get with it, and not for prompts without examples', async () => {
    expect((await act('production promote', { entry: 'mail', from: second })).status).toBe(200);
    await deliver();
    const promote = () => act('production promote', { entry: 'tone', from: third });
    expect(await needed(promote())).toContain('call: its examples were not run.');
    await check('call', { env: 'production', promote: { entry: 'tone', from: third } });
    expect((await promote()).status).toBe(200);
    await deliver();
  });

  it('is refused while a run goes on, and until a person has judged', async () => {
    const promote = () => act('production promote', { from: third });
    const body = { env: 'production', promote: { from: third } };
    const { body: begun } = await call('POST', 'prompts/call/checks', body);
    expect(await needed(promote())).toContain('is waiting: 1 waiting.');
    model.reply = () => 'yes';
    await runCheck(parts, begun.id as string);
    await api.db.updateTable('promptCheckResults').set({ verdict: 'needs_person' }).where('checkId', '=', begun.id as string).execute(); // prettier-ignore
    expect(await needed(promote())).toContain('1 needs person.');
    const eva = await api.token({ role: 'editor', kind: 'person', name: 'Eva' });
    const judged = { example: 1, passed: true };
    await call('POST', `prompts/call/checks/${begun.id}/actions/judge`, judged, eva);
    expect((await promote()).status).toBe(200);
    await deliver();
  });
});

describe('a rollback', () => {
  it('to what was there needs no checks, by whatever name', async () => {
    const back = await act('production rollback');
    expect([back.status, back.body.after]).toEqual([200, first]);
    expect(await textIn()).toContain('Second call.');
    await deliver();
    expect((await act('production rollback', { to: third })).status).toBe(200);
    await deliver();
  });

  it('to what was never there is no way around', async () => {
    expect(await needed(act('production rollback', { to: second }))).toContain('call: ');
    const promotion = { entry: 'call', from: second };
    await check('call', { env: 'production', promote: promotion });
    expect((await act('production promote', promotion)).status).toBe(200);
    await deliver();
    const moved = await push({ 'prompts/system/call.md': prompt('call', 'Unchecked call.') }, 1);
    const { body } = await call('GET', 'entries/production');
    const text = String(body.text).replace(/^commit: .*$/m, `commit: ${moved}`);
    // The prompt has a commit of its own, so that this one changes nothing for it.
    const saved = await call('PUT', 'entries/production', { base: body.blob, text });
    expect(saved.status, JSON.stringify(saved.body)).toBe(200);
    await deliver();
    // Back to no commit of its own, but the rest has moved since.
    await needed(act('production rollback', { entry: 'call' }));
    expect(await textIn()).not.toContain('Unchecked');
  });
});

describe('no other way around is', () => {
  const edited = async (change: (text: string) => string) => {
    const { body } = await call('GET', 'entries/production');
    return { base: body.blob as string, text: change(String(body.text)) };
  };

  test.each<[string, (text: string) => string]>([
    ['an edit of the commit', (text) => text.replace(/^commit: .*$/m, `commit: ${second}`).replace(/^entries:\n(?: .*\n)+/m, '')], // prettier-ignore
    ['an edit that follows a branch', (text) => text.replace(/^commit: .*$/m, 'ref: main')],
    ['an edit that points nowhere', (text) => text.replace(/^commit: .*\n/m, '')],
    ['an experiment', (text) => text.replace(/---\n$/, `experiments:\n  call:\n    arms:\n      - { name: a, commit: ${first} }\n---\n`)], // prettier-ignore
    ['a move together with lifting', (text) => text.replace('requireChecks: true\n', '').replace(/^commit: .*$/m, `commit: ${second}`).replace(/^entries:\n(?: .*\n)+/m, '')], // prettier-ignore
  ])('%s', async (_what, change) => {
    await needed(call('PUT', 'entries/production', await edited(change)));
  });

  test('a draft, when it is published', async () => {
    const id = '8e0a1d53-6f5e-4d0b-9a3f-0d8f5a2f3b11';
    const { base, text } = await edited((before) => before.replace(/^commit: .*$/m, 'ref: main'));
    const draft = { entry: 'production', base, text };
    const put = await call('PUT', `drafts/${id}`, draft);
    expect(put.status, JSON.stringify(put.body)).toBeLessThan(300);
    await needed(call('POST', `drafts/${id}/actions/publish`, {}));
  });

  test('the settlement of a conflict', async () => {
    const { base, text } = await edited((before) => before.replace(/^commit: .*$/m, 'ref: main'));
    const git = (await call('GET', 'entries/production')).body.text as string;
    const conflict = await api.db.transaction().execute((trx) =>
      insertConflict(trx, {
        ...{ spaceId: 'sales', entryId: 'production', kind: 'environment' },
        ...{ path: 'knowledge/environments/production.md', baseText: git },
        git: { text: git, commit: null, author: null, at: null },
        mine: { text, authors: [], at: new Date() },
      }),
    );
    await needed(call('POST', `conflicts/${conflict}/actions/settle`, { take: 'mine' }));
    expect((await call('GET', 'entries/production')).body.blob).toBe(base);
    const taken = await call('POST', `conflicts/${conflict}/actions/settle`, { text: git });
    expect(taken.status, JSON.stringify(taken.body)).toBe(200);
  });

  test('lifting it, or removing the environment, which somebody else has to approve', async () => {
    const lifted = await edited((text) => text.replace('requireChecks: true\n', ''));
    const { status, body } = await call('PUT', 'entries/production', lifted);
    expect([status, body.review === null]).toEqual([202, false]);
    const removed = await call('DELETE', `entries/production?base=${lifted.base}`);
    expect(removed.status, JSON.stringify(removed.body)).toBe(202);
    expect(await textIn()).not.toContain('Unchecked');
  });

  test('a change of words needs nothing', async () => {
    const { base, text } = await edited((before) => before.replace('name: production', 'name: Live')); // prettier-ignore
    expect((await call('PUT', 'entries/production', { base, text })).status).toBe(200);
  });

  test('a right that the one who promotes does not have: the prompts are looked at all the same', async () => {
    const limited = await api.token({
      role: 'editor',
      spaces: [{ space: 'sales', kinds: ['environment'], role: 'editor' }],
    });
    const answer = call('PUT', 'entries/production', await edited((text) => text.replace(/^commit: .*$/m, `commit: ${second}`).replace(/^entries:\n(?: .*\n)+/m, '')), limited); // prettier-ignore
    expect(await needed(answer)).toContain('You may not read these prompts');
  });
});
