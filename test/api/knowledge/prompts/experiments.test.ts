import { beforeAll, describe, expect, it, test } from 'vitest';
import { spaceWithHistory } from './space-with-history.ts';

const { api, push } = await spaceWithHistory();
const call = (method: 'GET' | 'POST', path: string, body?: unknown, token?: string) =>
  api.call(method, `/v1/spaces/sales/${path}`, body, token);

const prompt = (text: string) =>
  `---\nid: call\nname: Call\nvariants: [short]\n---\n${text}\n\n# Short\n\nShort.\n`;
const file = (more: string) => `---\nid: production\nname: Production\n${more}---\n`;
let first = '';
let second = '';

beforeAll(async () => {
  first = await push({ 'prompts/system/call.md': prompt('One.'), 'skills/sql.md': '---\nid: sql\ntitle: S\n---\n' }, 9); // prettier-ignore
  second = await push({ 'prompts/system/call.md': prompt('Two.') }, 5);
  const arms = `[{ name: a, weight: 70 }, { name: b, commit: ${second}, weight: 30 }, { name: c, variant: short, weight: 20 }]`;
  await push({
    'environments/production.md': file(
      `commit: ${first}\nexperiments: { call: { arms: ${arms} } }\n`,
    ),
  });
});

describe('two versions side by side', () => {
  it('give each key the same one, and say which', async () => {
    const seen: Record<string, string> = {};
    for (let number = 0; number < 30; number += 1) {
      const path = `prompts/call?env=production&key=user-${number}`;
      const { body } = await call('GET', path);
      const { arm, commit, variant } = body as Record<string, string | null>;
      seen[String(arm)] = `${commit} ${variant} ${String(body.body).slice(0, 4)}`;
      expect((await call('GET', path)).body.arm).toBe(arm);
      const { body: rendered } = await call('POST', `prompts/call/render?label=production&key=user-${number}`, {}); // prettier-ignore
      expect(rendered).toMatchObject({ arm, commit, variant });
    }
    expect(seen).toEqual({
      a: `${first} null One.`,
      b: `${second} null Two.`,
      c: `${first} short Shor`,
    });
  });

  test('are not chosen between without a key, in another environment, or for a variant', async () => {
    const shown = async (query: string) =>
      (await call('GET', `prompts/call?${query}`)).body as Record<string, unknown>;
    expect(await shown('env=production')).toMatchObject({ arm: null, commit: first });
    expect(await shown('env=latest&key=x')).toMatchObject({ arm: null, commit: second });
    for (let number = 0; number < 20; number += 1) {
      const one = await shown(`env=production&key=user-${number}&variant=short`);
      expect(one).toMatchObject({ variant: 'short' });
      expect(one.arm).not.toBe('c');
    }
  });
});

describe('scores', () => {
  const score = (body: object, token?: string) => call('POST', 'prompts/call/scores', body, token);
  const at = '2026-03-01T08:00:00.000Z';

  it('belong to a version, which is named in one of several ways', async () => {
    const { body: shown } = await call('GET', `prompts/call?at=${first}`);
    for (const named of [{ blob: shown.blob }, { commit: first }, { env: 'production' }]) {
      const { status, body } = await score({ value: 1, name: 'way', ...named });
      expect(status).toBe(200);
      expect(body).toMatchObject({ name: 'way', value: 1, blob: shown.blob, commit: first, by: 'admin' }); // prettier-ignore
    }
    expect((await score({ value: 1, name: 'way' })).body.commit).toBe(second);
    expect((await score({ value: 1, blob: '0'.repeat(40) })).body.detail).toContain('no version');
    expect((await score({ value: 1, commit: '0'.repeat(40) })).status).toBe(404);
    expect((await score({ value: 1, env: 'nosuch' })).status).toBe(404);
  });

  it('are stored once for each id', async () => {
    const one = { id: 'run-1', label: 'good', by: 'Eva', at, key: 'user-1', comment: 'Fine.' };
    const { body } = await score(one);
    expect(body).toMatchObject({ ...one, value: null, name: 'helpful' });
    expect((await score(one)).body).toEqual(body);
    const again = { ...one, at: undefined };
    expect((await score(again)).body).toEqual(body);
    expect((await score({ ...one, label: 'bad' })).body.code).toBe('score_exists');
    const stored = await api.db.selectFrom('promptScores').select('id').where('id', '=', 'run-1').execute(); // prettier-ignore
    expect(stored).toHaveLength(1);
  });

  it('are a number or a label, within bounds', async () => {
    for (const wrong of [{}, { value: 1, label: 'x' }])
      expect((await score(wrong)).status).toBe(422);
    for (const wrong of [
      { value: 1e7 },
      { value: 'x' },
      { label: '' },
      { label: 'a\u0000' },
      { value: 1, at: 'now' },
    ])
      // prettier-ignore
      expect((await score(wrong)).status, JSON.stringify(wrong)).toBe(400);
  });

  it('may come from whoever may read the prompt, and only of a prompt', async () => {
    const grant = (kinds: string[]) => [{ space: 'sales', kinds, role: 'reader' as const }];
    const agent = await api.token({ role: 'agent', name: 'Bot', spaces: grant(['system-prompt']) });
    expect((await score({ value: 0, name: 'bot' }, agent)).body.by).toBe('Bot');
    const other = await api.token({ role: 'agent', spaces: grant(['skill']) });
    expect((await score({ value: 0 }, other)).status).toBe(404);
    expect((await call('GET', 'prompts/call/scores', undefined, other)).status).toBe(404);
    expect((await call('POST', 'prompts/sql/scores', { value: 1 })).status).toBe(404);
  });

  it('are compared by version and arm, newest version first', async () => {
    for (const [arm, commit, values] of [
      ['a', first, [1, 2, 3, 4]],
      ['b', second, [5]],
    ] as const)
      for (const value of values)
        await score({ name: 'quality', value, commit, arm, env: 'production' });
    for (const label of ['good', 'good', 'bad'])
      await score({ name: 'tone', label, commit: first });
    const { body } = await call('GET', 'prompts/call/scores');
    const items = (body.items as Record<string, unknown>[]).filter(({ name }) =>
      ['quality', 'tone'].includes(String(name)),
    );
    const number = { name: 'quality', environment: 'production', labels: {} };
    expect(items).toMatchObject([
      { ...number, commit: second, arm: 'b', count: 1, mean: 5, deviation: null, min: 5, max: 5 },
      { commit: first, arm: null, name: 'tone', count: 3, mean: null, labels: { good: 2, bad: 1 } },
      { ...number, commit: first, arm: 'a', count: 4, mean: 2.5, min: 1, max: 4 },
    ]);
    expect(items[2]?.deviation).toBeCloseTo(Math.sqrt(5 / 3), 10);
    expect(items[2]?.at).toEqual(expect.stringMatching(/Z$/));
  });
});
