import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeEach, describe, expect, it, test } from 'vitest';
import { createAskModel } from '../../../hosts/models/ask-model.ts';
import type { Model } from '../../../hosts/models/types.ts';
import { createAddressPolicy } from '../../../network/address-policy.ts';
import { createDispatcher } from '../../../network/dispatcher.ts';
import { ModelServer, type Reply } from '../../support/models/model-server.ts';

const key = 'sk-the-key-of-this-test';
const server = await ModelServer.start(key);
const dispatcherFor = (allowPrivateNetwork: boolean) =>
  createDispatcher(createAddressPolicy({ allowPrivateNetwork, allowFileRepositories: false }));
const dispatcher = dispatcherFor(true);
const paused: number[] = [];
const pause = (milliseconds: number) => Promise.resolve(void paused.push(milliseconds));
const askModel = createAskModel({ dispatcher, pause });

afterAll(async () => {
  await server.close();
  await dispatcher.close();
});
beforeEach(() => {
  server.said.length = 0;
  server.violations.length = 0;
  paused.length = 0;
});

const messages = [
  { role: 'system', content: 'You greet.' },
  { role: 'user', content: 'I am Eva.' },
] as const;

function ask(other: Partial<Model> = {}, signal = new AbortController().signal) {
  const model = { address: server.address, name: 'small-1', key, timeout: 5_000, ...other };
  return askModel(model, messages, { signal });
}

/** Answers with these in turn, and then with the last of them. */
function replies(...all: [Reply, ...Reply[]]) {
  let next = 0;
  server.reply = () => all[Math.min(next++, all.length - 1)] ?? all[0];
}

describe('a model', () => {
  it('is asked as OpenAI publishes it, with the key as a bearer', async () => {
    replies('Hello Eva!');
    expect(await ask()).toEqual({ kind: 'answered', text: 'Hello Eva!' });
    expect(server.said).toEqual([{ model: 'small-1', messages }]);
    expect(server.violations).toEqual([]);
  });

  const choice = (finish_reason: string, message: object) => ({
    choice: { finish_reason, message: { role: 'assistant', refusal: null, ...message } },
  });

  it.each<[string, Reply, string]>([
    ['refuses', choice('stop', { content: null, refusal: 'I cannot\nhelp.' }), 'refuses to answer: I cannot help.'], // prettier-ignore
    ['asks for a tool', choice('tool_calls', { content: null, tool_calls: [{ id: 'x' }] }), 'call a tool'], // prettier-ignore
    ['says too much', choice('length', { content: 'Hello E' }), 'was cut'],
    ['is filtered', choice('content_filter', { content: '' }), 'filter'],
    ['says nothing', '', 'empty'],
    ['was asked too much', { status: 400, body: '{"error": {"message": "maximum context length\\u0007"}}' }, '(400). It said: maximum context length'], // prettier-ignore
    ['was sent too much', { status: 413, body: '<html>' }, '(413)'],
  ])('that %s has declined', async (_what, reply, reason) => {
    replies(reply);
    const answer = await ask();
    expect(answer).toMatchObject({ kind: 'declined' });
    expect('reason' in answer && answer.reason).toContain(reason);
    expect(server.said).toHaveLength(1);
  });
});

describe('a host of a model', () => {
  it.each<[string, Reply, string, boolean]>([
    ['answers no JSON', { status: 200, body: '<html>Sign in' }, 'something else than a chat completion', false], // prettier-ignore
    ['answers another JSON', { status: 200, body: '{"choices": [{}]}' }, 'something else', false],
    ['answers no choice', { choices: [] }, 'without any choice', false],
    ['answers without end', { fault: 'endless' }, 'more than 1 MiB', false],
    ['never answers', { fault: 'hang' }, 'did not answer within 0.3 s', false],
    ['sends elsewhere', { status: 307, headers: { location: 'https://other.example/v1' } }, 'look elsewhere (307)', true], // prettier-ignore
    ['does not know the model', { status: 404, body: '{"error": {"message": "No model small-1"}}' }, '(404). It said: No model small-1', true], // prettier-ignore
    ['takes no money', { status: 402, body: '{"error": "Pay first"}' }, '(402). It said: Pay first', true], // prettier-ignore
  ])('that %s cannot be asked', async (_what, reply, reason, isForAll) => {
    replies(reply);
    const answer = await ask({
      timeout: isDeepStrictEqual(reply, { fault: 'hang' }) ? 300 : 5_000,
    });
    expect(answer).toMatchObject({ kind: 'error', isForAll });
    expect('reason' in answer && answer.reason).toContain(reason);
    expect(server.said).toHaveLength(1);
  });

  it.each<[string, Reply, number]>([
    ['limits requests, and says for how long', { status: 429, headers: { 'retry-after': '2' } }, 2_000], // prettier-ignore
    ['limits requests', { status: 429 }, 1_000],
    ['fails', { status: 500, body: 'oops' }, 1_000],
    ['is overloaded', { status: 529, headers: { 'retry-after': 'soon' } }, 1_000],
    ['breaks the connection', { fault: 'break' }, 1_000],
  ])('that %s is asked again', async (_what, reply, wait) => {
    replies(reply, 'Hello.');
    expect(await ask()).toEqual({ kind: 'answered', text: 'Hello.' });
    expect(paused).toEqual([wait]);
    replies(reply);
    expect(await ask()).toMatchObject({ kind: 'error', isForAll: false });
    expect(server.said).toHaveLength(5);
  });

  it('that wants to be left alone for long is not waited for', async () => {
    replies({ status: 429, headers: { 'retry-after': '3600' } });
    expect(await ask()).toMatchObject({ kind: 'error', isForAll: true });
    expect(server.said).toHaveLength(1);
    expect(paused).toEqual([]);
  });

  it('at an address that is not allowed, or where nothing is, is an error that says so', async () => {
    const strict = dispatcherFor(false);
    const model = { address: server.address, name: 'small-1', key, timeout: 5_000 };
    const asked = createAskModel({ dispatcher: strict, pause })(model, messages, { signal: new AbortController().signal }); // prettier-ignore
    expect(await asked).toMatchObject({ kind: 'error', isForAll: true, reason: expect.stringContaining('GITWARD_ALLOW_PRIVATE_NETWORK') }); // prettier-ignore
    expect(server.said).toEqual([]);
    await strict.close();
    expect(await ask({ address: 'http://127.0.0.1:1/v1' })).toMatchObject({ kind: 'error', reason: '127.0.0.1:1 cannot be reached (ECONNREFUSED).' }); // prettier-ignore
  });
});

describe('the key', () => {
  test('is repeated in no message and in no answer', async () => {
    expect(await ask({ key: 'sk-wrong' })).toEqual({
      ...{ kind: 'error', isForAll: true },
      reason: `${new URL(server.origin).host} does not take the key (401). It said: Incorrect API key provided: Bearer ….`,
    });
    replies(`Your key is ${key}.`);
    expect(await ask()).toEqual({ kind: 'answered', text: 'Your key is ….' });
  });

  test('is not needed', async () => {
    expect(await ask({ key: null })).toMatchObject({ kind: 'error', reason: expect.stringContaining('none') }); // prettier-ignore
  });
});

test('a question that nobody waits for any more is given up', async () => {
  replies({ fault: 'hang' });
  const gone = new AbortController();
  const asked = ask({}, gone.signal);
  await expect.poll(() => server.said.length).toBe(1);
  gone.abort(new Error('Gone.'));
  await expect(asked).rejects.toThrow('Gone.');
});
