import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from 'vitest';
import { createAskModel } from '../../../../hosts/models/ask-model.ts';
import { createAddressPolicy } from '../../../../network/address-policy.ts';
import { createDispatcher } from '../../../../network/dispatcher.ts';
import { runCheck } from '../../../support/knowledge/run-check.ts';
import { ModelServer } from '../../../support/models/model-server.ts';
import { spaceWithHistory } from './space-with-history.ts';

const key = 'sk-the-key-of-the-customer';
const { api, push } = await spaceWithHistory();
const model = await ModelServer.start(key);
const dispatcher = createDispatcher(
  createAddressPolicy({ allowPrivateNetwork: true, allowFileRepositories: false }),
);
const parts = {
  ...{ db: api.db, sealer: api.sealer },
  askModel: createAskModel({ dispatcher, pause: () => Promise.resolve() }),
};
afterAll(async () => {
  await model.close();
  await dispatcher.close();
});

const space = '/v1/spaces/sales';

/** A run as the API shows it. */
interface Run {
  id: string;
  state: string;
  version: string;
  blob: string;
  commit: string | null;
  results: {
    name: string;
    variant: string | null;
    verdict: string;
    reason: string;
    answer: string;
  }[];
}

const checksOf = (prompt: string) => `${space}/prompts/${prompt}/checks`;
const start = (prompt: string, body: object = {}, token?: string) =>
  api.call('POST', checksOf(prompt), body, token);
const shown = async (prompt: string, id: string): Promise<Run> =>
  (await api.call('GET', `${checksOf(prompt)}/${id}`)).body as Run;

/** Starts a run, runs it, and returns what the API shows of it. */
async function ran(prompt: string, body: object = {}): Promise<Run> {
  const answer = await start(prompt, body);
  const [status, begun] = [answer.status, answer.body as Run];
  expect([status, begun.state], JSON.stringify(begun)).toEqual([202, 'waiting']);
  await runCheck(parts, begun.id);
  return shown(prompt, begun.id);
}
const verdicts = ({
  results,
}: {
  results: { name: string; variant: string | null; verdict: string }[];
}) => results.map(({ name, variant, verdict }) => [name, variant, verdict]);

const prompt = (id: string, fields: string, text: string) =>
  `---\nid: ${id}\nname: ${id}\n${fields}---\n${text}\n`;
const example = (name: string, more: string) => `### ${name}\n\n${more}\n\n`;
const values = 'Values:\n\n```yaml\ncustomer: Acme\n```\n\n';

beforeAll(async () => {
  await push({
    'prompts/blocks/tone.md': '---\nid: tone\nname: Tone\n---\nBe brief.\n',
    'prompts/system/call.md': prompt(
      'call',
      'variables:\n  customer: Whom\n',
      `You call {{customer}}.\n\n## Examples\n\n${example('Greets', `${values}Input: Hello!\n\nExpected:\n\n- contains: Acme`)}${example('Polite', `${values}Expected:\n\n- not contains: Bye\n- It is polite.`)}${example('Wrong', 'Expected: contains: x')}`,
    ),
    'prompts/system/short.md': prompt(
      'short',
      'variants: [one, two]\nblocks: []\n',
      `# One\n\nFirst.\n\n## Examples\n\n${example('Own', 'Expected: contains: o')}# Two\n\nSecond.\n\n# Examples\n\n${example('Both', 'Input: x\n\nExpected:\n\n```json\n{"type": "array"}\n```')}`,
    ),
    'prompts/system/none.md': prompt('none', '', 'Nothing.\n\n## Examples\n\nJust words.'),
    'prompts/system/broken.md': prompt(
      'broken',
      '',
      'Text.\n\n## Examples\n\n### A\n\nExpected:\n',
    ),
  });
});

/** What an admin sets. */
async function set(checks: object | null) {
  const { status, body } = await api.call('PATCH', space, { checks });
  expect(status, JSON.stringify(body)).toBe(200);
  return body.checks as object | null;
}
let credentialId = '';
beforeEach(async () => {
  model.said.length = 0;
  model.violations.length = 0;
  model.reply = () => 'Hello Acme.';
  if (credentialId === '') {
    const body = { name: 'model', origin: model.origin, token: key };
    credentialId = (await api.call('POST', '/v1/credentials', body)).body.id as string;
  }
});

describe('the model of a space', () => {
  it('is none, until an admin names one', async () => {
    expect((await api.call('GET', space)).body.checks).toBeNull();
    const { status, body } = await start('call');
    expect([status, body.code]).toEqual([409, 'checks_off']);
    const editor = await api.token({ role: 'operator' });
    const checks = { address: model.address, model: 'small-1' };
    expect((await api.call('PATCH', space, { checks }, editor)).status).toBe(403);
    expect(await set({ ...checks, address: `${model.address}/`, credentialId })).toEqual({
      ...{ address: model.address, model: 'small-1', credentialId, timeout: 60, maxExamples: 50 },
    });
    // What is not given stays.
    expect((await api.call('PATCH', space, { name: 'Sales' })).body.checks.model).toBe('small-1');
  });

  it.each([
    ['at an address that is refused', { address: 'https://private.example/v1' }, '/checks/address'],
    ['with a query', { address: 'https://api.example/v1?key=1' }, '/checks/address'],
    ['with a credential of another origin', { address: 'https://api.example/v1' }, '/checks/credentialId'], // prettier-ignore
  ])('%s is refused', async (_what, given, pointer) => {
    const checks = { model: 'm', credentialId, ...given };
    const { status, body } = await api.call('PATCH', space, { checks });
    expect(status).toBe(422);
    expect(body.errors[0].pointer).toBe(pointer);
  });

  it('keeps its credential from being removed', async () => {
    const { status, body } = await api.call('DELETE', `/v1/credentials/${credentialId}`);
    expect([status, body.code]).toEqual([409, 'credential_in_use']);
    expect(body.detail).toContain('space/sales');
    const { body: uses } = await api.call('GET', '/v1/credentials');
    expect(JSON.stringify(uses)).toContain('space/sales');
  });
});

describe('the examples of a prompt', () => {
  it('are run with its blocks and their values, without what they expect, and are judged', async () => {
    const run = await ran('call');
    expect(verdicts(run)).toEqual([
      ['Greets', null, 'passed'],
      ['Polite', null, 'needs_person'],
      ['Wrong', null, 'failed'],
    ]);
    expect(model.violations).toEqual([]);
    const text = 'You call Acme.\n\nBe brief.\n';
    expect(model.said).toEqual([
      { model: 'small-1', messages: [{ role: 'system', content: text }, { role: 'user', content: 'Hello!' }] }, // prettier-ignore
      { model: 'small-1', messages: [{ role: 'user', content: text }] },
    ]);
    expect(run).toMatchObject({
      ...{ state: 'done', passed: false, variant: null, environment: null, by: 'admin' },
      ...{ model: 'small-1', origin: model.origin, sources: [{ space: 'sales', id: 'tone' }] },
      examples: { passed: 1, needs_person: 1, failed: 1 },
    });
    expect(run.results[0]).toMatchObject({
      ...{ input: 'Hello!', expected: ['contains: Acme'], answer: 'Hello Acme.', reason: '' },
    });
    expect(run.results[2]?.reason).toContain('/values/customer is missing');
    const { body: entry } = await api.call('GET', `${space}/prompts/call`);
    expect([run.blob, run.commit]).toEqual([entry.blob, entry.commit]);
  });

  it('are run for each variant that they are for, or for one', async () => {
    const all = await ran('short');
    expect(verdicts(all)).toEqual([
      ['Own', 'one', 'passed'],
      ['Both', 'one', 'failed'],
      ['Both', 'two', 'failed'],
    ]);
    expect(model.said.map(({ messages }) => messages[0]?.content)).toEqual(['First.\n', 'First.\n', 'Second.\n']); // prettier-ignore
    model.reply = () => '[]';
    const two = await ran('short', { variant: 'Two' });
    expect(two).toMatchObject({ variant: 'two', passed: true, version: all.version });
    expect((await start('short', { variant: 'three' })).body.code).toBe('variant_not_found');
  });

  it.each([
    ['none', 'examples_missing', 'has no examples that can be run'],
    ['broken', 'examples_broken', 'it expects nothing'],
    ['nosuch', 'entry_not_found', ''],
    ['tone', 'entry_not_found', ''],
  ])('of %s are not run: %s', async (id, code, words) => {
    const { body } = await start(id);
    expect(body.code).toBe(code);
    expect(body.detail).toContain(words);
  });

  it('are not more than the space allows', async () => {
    await set({ address: model.address, model: 'small-1', credentialId, maxExamples: 2 });
    expect((await start('short')).body.code).toBe('too_many_examples');
    expect((await start('short', { variant: 'two' })).status).toBe(202);
    await set({ address: model.address, model: 'small-1', credentialId });
  });

  it('are run once at a time', async () => {
    const [one, other] = [await start('call'), await start('call')];
    expect(other.body.id).toBe(one.body.id);
    await runCheck(parts, one.body.id as string);
    const again = await start('call');
    expect(again.body.id).not.toBe(one.body.id);
    const { body } = await api.call('GET', `${checksOf('call')}?limit=1`);
    expect(body.items).toMatchObject([{ id: again.body.id, state: 'waiting', examples: { waiting: 2, failed: 1 } }]); // prettier-ignore
    await api.call('POST', `${space}/operations/${again.body.id}/actions/cancel`, {});
    await runCheck(parts, again.body.id as string);
    expect(await shown('call', again.body.id as string)).toMatchObject({ state: 'cancelled', passed: false }); // prettier-ignore
  });

  it('are run by editors, and shown to readers', async () => {
    const reader = await api.token({ role: 'reader' });
    const { body } = await start('call', {}, reader);
    expect(body.code).toBe('role_insufficient');
    const limited = await api.token({ role: 'editor', spaces: [{ space: 'sales', kinds: ['skill'], role: 'editor' }] }); // prettier-ignore
    expect((await start('call', {}, limited)).status).toBe(403);
    expect((await api.call('GET', checksOf('call'), undefined, limited)).status).toBe(404);
    expect((await api.call('GET', checksOf('call'), undefined, reader)).status).toBe(200);
  });
});

describe('a host that has a hiccup', () => {
  test('is an error of the examples, and not a failed check', async () => {
    model.reply = () => ({ status: 503, body: 'busy' });
    const run = await ran('call');
    expect(verdicts(run)).toEqual([['Greets', null, 'error'], ['Polite', null, 'error'], ['Wrong', null, 'failed']]); // prettier-ignore
    expect(run.results[0]?.reason).toContain('is busy (503)');
    // Each three times.
    expect(model.said).toHaveLength(6);
    const { body } = await api.call('GET', `${space}/operations/${run.id}`);
    expect(body).toMatchObject({ type: 'check', state: 'done', counts: { error: 2, failed: 1 } });
    expect(body.errors).toHaveLength(3);
  });

  test('that takes the key no more is asked once', async () => {
    const { body } = await start('call');
    const rotated = { token: 'sk-another', origin: model.origin };
    await api.call('PUT', `/v1/credentials/${credentialId}/secret`, rotated);
    await runCheck(parts, body.id as string);
    const run = await shown('call', body.id as string);
    expect(verdicts(run)).toEqual([['Greets', null, 'error'], ['Polite', null, 'error'], ['Wrong', null, 'failed']]); // prettier-ignore
    expect(run.results[1]?.reason).toContain('does not take the key (401)');
    expect(run.results[1]?.reason).not.toContain('sk-another');
    await api.call('PUT', `/v1/credentials/${credentialId}/secret`, { token: key, origin: model.origin }); // prettier-ignore
  });

  it.each<[string, object | null, string]>([
    ['switched off', null, 'no model for checks any more'],
    ['another one', { address: '', model: 'large-1' }, 'another model'],
  ])('is not asked if the model is %s meanwhile', async (_what, checks, reason) => {
    const { body } = await start('call');
    await set(checks && { ...checks, address: model.address, credentialId });
    await runCheck(parts, body.id as string);
    expect((await shown('call', body.id as string)).results[0]?.reason).toContain(reason);
    expect(model.said).toEqual([]);
    await set({ address: model.address, model: 'small-1', credentialId });
  });
});

describe('a person', () => {
  it('says whether an answer is as expected, and who said it is kept', async () => {
    const { id } = await ran('call');
    const judge = (body: object, token?: string) =>
      api.call('POST', `${checksOf('call')}/${id}/actions/judge`, body, token);
    expect((await judge({ example: 2, passed: true })).body.code).toBe('person_required');
    const eva = await api.token({ role: 'editor', kind: 'person', name: 'Eva' });
    const reader = await api.token({ role: 'reader', kind: 'person', name: 'Rob' });
    expect((await judge({ example: 2, passed: true }, reader)).status).toBe(403);
    for (const other of [1, 3, 4])
      expect((await judge({ example: other, passed: true }, eva)).body.code).toBe('not_to_judge');
    const { body } = await judge({ example: 2, passed: false, note: 'Too dry.' }, eva);
    expect(body.results[1]).toMatchObject({
      verdict: 'failed',
      judged: { by: 'Eva', note: 'Too dry.' },
    });
    expect((await judge({ example: 2, passed: true }, eva)).body.results[1].verdict).toBe('passed');
  });
});

test('neither the key nor an answer is in a log, nor in an operation', async () => {
  model.reply = () => `The secret of this answer, and ${key}.`;
  const run = await ran('call');
  expect(run.results[0]?.answer).toBe('The secret of this answer, and ….');
  expect(api.log()).not.toContain(key);
  expect(api.log()).not.toContain('The secret of this answer');
  const { text } = await api.call('GET', `${space}/operations/${run.id}?items=all`);
  expect(text).not.toContain('The secret of this answer');
  expect(JSON.stringify(await api.db.selectFrom('operationItems').selectAll().execute())).not.toContain('You call'); // prettier-ignore
});
