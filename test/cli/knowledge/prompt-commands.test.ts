import type { AddressInfo } from 'node:net';
import { beforeAll, describe, expect, it } from 'vitest';
import { adminToken } from '../../api/api-under-test.ts';
import { spaceWithHistory } from '../../api/knowledge/prompts/space-with-history.ts';
import { runKnowledge, workingCopy } from './run-knowledge.ts';

const { api, push, deliver } = await spaceWithHistory();
await api.app.listen({ port: 0, host: '127.0.0.1' });
const { port } = api.app.server.address() as AddressInfo;
const env = { GITWARD_URL: `http://127.0.0.1:${port}`, GITWARD_TOKEN: adminToken };
const run = (...args: string[]) => runKnowledge(args, env);

const prompt = (text: string) =>
  `---\nid: call\nname: Call\nvariants: [short]\nvariables:\n  customer: Whom\n  seats: { type: number, default: 1 }\n---\n${text}\n\n## Short\n\n{{seats}} for {{customer}}\n`;
let old = '';
let newer = '';

beforeAll(async () => {
  old = await push({ 'prompts/system/call.md': prompt('Old.') }, 9);
  newer = await push(
    {
      'prompts/system/call.md': prompt('New.'),
      'templates/documents/offer.md':
        '---\nid: offer\nname: Offer\nvariables: { version: x, items: { type: list } }\n---\n{{version}}:{{#items}} {{.}}{{/items}}\n',
    },
    3,
  );
});

describe('prompts and templates', () => {
  it('are shown, rendered and filled', async () => {
    expect((await run('prompts', 'show', 'sales', 'call', '--variant', 'short')).out).toBe(
      '{{seats}} for {{customer}}\n',
    );
    expect((await run('prompts', 'show', 'sales', 'call', '--at', old)).out).toContain('Old.');
    const args = ['prompts', 'render', 'sales', 'call', '--variant', 'short'];
    expect((await run(...args, '--set', 'customer=42', '--set', 'seats=2')).out).toBe('2 for 42\n');
    // `1.10` is a text because the template declares one.
    const fill = ['templates', 'fill', 'sales', 'offer', '--set', 'version=1.10'];
    expect((await run(...fill, '--set', 'items=["a", 2]')).out).toBe('1.10: a 2\n');
    const folder = await workingCopy({ 'values.json': '{"version": "x", "items": ["b"]}' });
    expect((await run(...fill, '--values', `${folder}/values.json`)).out).toBe('1.10: b\n');
  });

  it('say what is wrong', async () => {
    const { code, error } = await run('prompts', 'render', 'sales', 'call', '--set', 'seats=x');
    expect(code).toBe(1);
    expect(error).toContain('/values/customer is missing (Whom). /values/seats must be a number.');
    expect((await run('prompts', 'render', 'sales', 'call', '--set', 'x')).error).toContain('"x" is not name=value.'); // prettier-ignore
    const folder = await workingCopy({ 'values.json': '[]' });
    const file = `${folder}/values.json`;
    expect((await run('templates', 'fill', 'sales', 'offer', '--values', file)).error).toContain('is not a JSON object'); // prettier-ignore
  });
});

describe('scores', () => {
  it('are given and compared', async () => {
    const score = ['prompts', 'score', 'sales', 'call'];
    expect((await run(...score, '--value', '0.5', '--commit', old)).out).toMatch(/^helpful of [0-9a-f]{12}: 0.5\n$/); // prettier-ignore
    await run(...score, '--value', '1', '--commit', old);
    await run(...score, '--label', 'good', '--name', 'tone', '--env', 'latest');
    const { out } = await run('prompts', 'scores', 'sales', 'call');
    expect(out).toMatch(/latest +tone +1 +good: 1/);
    expect(out).toMatch(new RegExp(`${old.slice(0, 12)} +helpful +2 +0.75 +0.5 +1`));
    expect((await run(...score, '--value', 'x')).error).toContain('"x" is no number');
    expect((await run(...score)).error).toContain('give either `value` or `label`');
  });
});

describe('environments', () => {
  it('are made, listed, promoted and rolled back', async () => {
    const made = await run('environments', 'create', 'sales', 'production', '--commit', old);
    expect(made.out).toContain('Made production.');
    await deliver();
    expect((await run('prompts', 'show', 'sales', 'call', '--env', 'production')).out).toContain('Old.'); // prettier-ignore
    const promoted = await run('environments', 'promote', 'sales', 'production', '--entry', 'call');
    expect(promoted.out).toBe(`call in production: no commit of its own → ${newer}\n`);
    expect((await run('prompts', 'show', 'sales', 'call', '--env', 'production')).out).toContain('New.'); // prettier-ignore
    const shown = await run('environments', 'show', 'sales', 'production');
    expect(shown.out).toContain(old);
    expect(shown.out).toContain(newer);
    const back = ['environments', 'rollback', 'sales', 'production', '--entry', 'call'];
    expect((await run(...back)).out).toBe(`call in production: ${newer} → no commit of its own\n`);
    const { out } = await run('environments', 'list', 'sales');
    expect(out).toContain('latest');
    expect(out).toContain(old);
    await deliver();
    const listed = ['entries', 'sales', '--kind', 'system-prompt', '--env', 'production'];
    expect((await run(...listed)).out).toContain('call');
    expect((await run('show', 'sales', 'call', '--env', 'production')).out).toContain('Old.');
  });

  it('that follow a branch or are protected say so, and the whole of one is promoted', async () => {
    await run('environments', 'create', 'sales', 'staging', '--ref', 'main');
    await run('environments', 'create', 'sales', 'guarded', '--commit', old, '--protected');
    await deliver();
    expect((await run('environments', 'list', 'sales')).out).toMatch(/staging +follows main/);
    const whole = await run('environments', 'promote', 'sales', 'production', '--from', newer);
    expect(whole.out).toBe(`production: ${old} → ${newer}\n`);
    await deliver();
    const back = await run('environments', 'rollback', 'sales', 'production', '--to', old.slice(0, 8)); // prettier-ignore
    expect(back.out).toBe(`production: ${newer} → ${old}\n`);
    const guarded = await run('environments', 'promote', 'sales', 'guarded', '--from', newer);
    expect(guarded.out).toBe(`guarded: ${old} → ${newer}\nOnce review 1 is approved and merged.\n`);
  });
});
