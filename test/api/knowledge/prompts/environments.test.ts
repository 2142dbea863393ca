import { beforeAll, describe, expect, it, test } from 'vitest';
import { spaceWithHistory } from './space-with-history.ts';

const { api, push, deliver, repository } = await spaceWithHistory();
const call = (
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  body?: unknown,
  token?: string,
) =>
  // prettier-ignore
  api.call(method, `/v1/spaces/sales/${path}`, body, token);
const get = (path: string) => call('GET', path);
const act = (path: string, body: object = {}, token?: string) =>
  call('POST', `environments/${path.replace(' ', '/actions/')}`, body, token);

const file = (name: string, more: string) => `---\nid: ${name}\nname: ${name}\n${more}---\n`;
const prompt = (id: string, text: string) => `---\nid: ${id}\nname: ${id}\n---\n${text}\n`;
const block = (text: string) => `---\nid: tone\nname: Tone\nsortOrder: 1\n---\n${text}\n`;

let old = '';
let newer = '';

beforeAll(async () => {
  old = await push(
    {
      'prompts/system/call.md': prompt('call', 'Old call.'),
      'prompts/system/mail.md': prompt('mail', 'Old mail.\n\n{{> tone}}'),
      'prompts/blocks/tone.md': block('Old tone.'),
    },
    9,
  );
  newer = await push(
    {
      'prompts/system/call.md': prompt('call', 'New call.'),
      'prompts/system/mail.md': prompt('mail', 'New mail.\n\n{{> tone}}'),
      'prompts/blocks/tone.md': block('New tone.'),
    },
    5,
  );
  await push(
    {
      'environments/production.md': file('production', `commit: ${old} # stable\n`),
      'environments/staging.md': file('staging', `ref: main\n`),
      'environments/guarded.md': file('guarded', `protected: true\ncommit: ${old}\n`),
    },
    4,
  );
});

const tag = (name: string, commit: string, ...options: string[]) =>
  repository.git([
    ...['-c', 'user.name=Eva', '-c', 'user.email=eva@example.com', 'tag', '-m', 'A release'],
    ...[...options, name, commit],
  ]);
const onBranch = (branch: string, files: Record<string, string | null>, orphan?: true) =>
  repository.commit({
    branch,
    files: Object.fromEntries(
      Object.entries(files).map(([path, text]) => [`knowledge/${path}`, text]),
    ),
    ...(orphan && { orphan }),
  });

const textIn = async (id: string, query: string) => {
  const { status, body } = await call('POST', `prompts/${id}/render?${query}`, {});
  return status === 200 ? String(body.body) : String(body.detail);
};

describe('staging and production at different refs', () => {
  it('give different texts, with what belongs to each', async () => {
    expect(await textIn('call', 'env=production')).toBe('Old call.\n\nOld tone.\n');
    expect(await textIn('call', 'label=staging')).toBe('New call.\n\nNew tone.\n');
    expect(await textIn('call', 'env=latest')).toBe('New call.\n\nNew tone.\n');
    expect(await textIn('mail', 'env=production')).toBe('Old mail.\n\nOld tone.\n');
    const { body } = await get('prompts/call?env=production');
    expect(body).toMatchObject({ body: 'Old call.\n', environment: 'production', commit: old });
    expect((await get('prompts/call')).body.environment).toBeNull();
  });

  it('show entries as well', async () => {
    const { body } = await get('entries/call?env=production');
    expect(body).toMatchObject({ body: 'Old call.\n', commit: old });
    expect((await get('entries/call?label=latest')).body.body).toBe('New call.\n');
    expect((await get(`entries/call?env=production&at=1w`)).status).toBe(422);
    const listed = await get('entries?env=production&kind=system-prompt&limit=1');
    expect(listed.body.items).toMatchObject([{ id: 'call', gitCommitSha: old, title: 'call' }]);
    const rest = await get(`entries?env=production&kind=system-prompt&cursor=${String(listed.body.nextCursor)}`); // prettier-ignore
    expect(rest.body).toMatchObject({ items: [{ id: 'mail' }], nextCursor: null });
    const detail = async (query: string) => (await get(`entries?${query}`)).body.detail as string;
    expect(await detail('env=production')).toContain('is needed to list an environment');
    expect(await detail('env=production&kind=system-prompt&q=call')).toContain(
      'searches are about the present',
    );
  });

  test('are named once', async () => {
    expect((await get('prompts/call?env=production&label=staging')).status).toBe(422);
    expect((await get('prompts/call?env=production&at=1w')).status).toBe(422);
    expect((await get('prompts/call?env=production&label=production')).status).toBe(200);
  });

  it('are listed, after the one that every space has', async () => {
    const { body } = await get('environments');
    const items = body.items as Record<string, unknown>[];
    expect(items.map(({ name, commit, ref }) => [name, commit, ref])).toEqual([
      ['latest', null, null],
      ['guarded', old, null],
      ['production', old, null],
      ['staging', null, 'main'],
    ]); // prettier-ignore
    expect((await get('environments/nosuch')).body.code).toBe('environment_not_found');
    expect((await get('environments/call')).body.code).toBe('environment_not_found');
    expect((await get('prompts/call?env=nosuch')).body.code).toBe('environment_not_found');
  });
});

describe('a promotion', () => {
  it('of one entry moves only that, keeps the rest of the file, and is in the history', async () => {
    const { status, body } = await act('production promote', { entry: 'call', from: 'staging' });
    expect(status).toBe(200);
    expect(body).toMatchObject({ entry: 'call', before: null, after: newer });
    expect(await textIn('call', 'env=production')).toBe('New call.\n\nOld tone.\n');
    expect(await textIn('mail', 'env=production')).toBe('Old mail.\n\nOld tone.\n');
    const { body: shown } = await get('entries/production');
    expect(shown.text).toContain(`commit: ${old} # stable\n`);
    await deliver();
    const { body: versions } = await get('entries/production/versions');
    expect(versions.items).toHaveLength(2);
    const save = await api.db
      .selectFrom('saves')
      .select(['message', 'person'])
      .orderBy('sequence', 'desc')
      .executeTakeFirst();
    expect(save?.message).toBe(
      `Promote call in production: no commit of its own to ${newer.slice(0, 12)}`,
    );
  });

  it('of the whole takes everything, and a rollback is one call', async () => {
    const { body } = await act('production promote', { from: newer });
    expect(body).toMatchObject({ entry: null, before: old, after: newer });
    expect(body.environment).toMatchObject({ commit: newer, entries: {}, updatedBy: 'admin' });
    expect(await textIn('mail', 'env=production')).toBe('New mail.\n\nNew tone.\n');
    const earlier = await get('environments/production/earlier');
    expect(earlier.body).toEqual({
      earlier: { commit: old, ref: null, entries: { call: newer } },
    });
    // Before the promotion is in Git.
    const { body: back } = await act('production rollback');
    expect(back).toMatchObject({ before: newer, after: old });
    expect(back.environment.entries).toEqual({ call: newer });
    expect(await textIn('mail', 'env=production')).toBe('Old mail.\n\nOld tone.\n');
    await deliver();
    const { body: one } = await act('production rollback', { entry: 'call' });
    expect(one).toMatchObject({ before: newer, after: null });
    expect(await textIn('call', 'env=production')).toBe('Old call.\n\nOld tone.\n');
    await deliver();
    const { body: to } = await act('production rollback', { to: newer.slice(0, 10) });
    expect(to.environment.commit).toBe(newer);
    await deliver();
    expect((await act('production rollback', { entry: 'mail' })).body.code).toBe('nothing_before');
    const before = async (path: string) =>
      ((await get(`environments/${path}`)).body as { earlier: unknown }).earlier;
    expect(await before('production/earlier?entry=mail')).toBeNull();
    expect(await before('production/earlier?entry=call')).toMatchObject({ commit: newer });
    expect(await before('latest/earlier')).toBeNull();
    const limited = await api.token({
      ...{ role: 'reader', spaces: [{ space: 'sales', kinds: ['system-prompt'], role: 'reader' }] },
    });
    const unseen = await call('GET', 'environments/production/earlier', undefined, limited);
    expect(unseen.status).toBe(404);
  });

  it('from the present names the commit that has it, which must be in Git', async () => {
    const { body: now } = await get('entries/call');
    await call('PUT', 'entries/call', { base: now.blob, body: 'Newest call.\n' });
    expect(await textIn('call', 'env=latest')).toBe('Newest call.\n\nNew tone.\n');
    for (const asked of [{ entry: 'call' }, {}])
      expect((await act('staging promote', asked)).body).toMatchObject({
        ...{ status: 409, code: 'saves_waiting' },
      });
    const sha = await deliver();
    const { body } = await act('staging promote', {});
    expect(body).toMatchObject({ before: null, after: sha, environment: { ref: null } });
    expect(await textIn('call', 'env=staging')).toBe('Newest call.\n\nNew tone.\n');
    await deliver();
  });

  it('is refused if somebody else has moved it meanwhile', async () => {
    const { body: seen } = await get('environments/production');
    const base = seen.blob;
    expect((await act('production promote', { from: old, base })).status).toBe(200);
    const { body } = await act('production promote', { from: newer, base });
    expect(body).toMatchObject({ status: 409, code: 'base_stale' });
    const both = await Promise.all([newer, old].map((from) => act('production promote', { from })));
    expect(both.map(({ status }) => status).filter((status) => status !== 200 && status !== 409)).toEqual([]); // prettier-ignore
    await deliver();
  });

  it('names what does not exist', async () => {
    const code = async (body: object) => String((await act('production promote', body)).body.code);
    expect(await code({ from: 'nosuch' })).toBe('environment_not_found');
    expect(await code({ from: '0'.repeat(40) })).toBe('version_not_found');
    expect(await code({ entry: 'nosuch', from: old })).toBe('entry_not_found');
    expect((await act('latest promote', {})).body.code).toBe('environment_broken');
    expect((await act('latest rollback', {})).body.code).toBe('environment_broken');
  });
});

describe('a protected environment', () => {
  it('is only changed after somebody else has approved it, in whatever way', async () => {
    const editor = await api.token({ role: 'editor', name: 'Ed' });
    const { body: shown } = await get('entries/guarded');
    const base = String(shown.blob);
    const unguarded = { base, fields: { protected: false } };
    for (const { status, body } of [
      await act('guarded promote', { from: newer }, editor),
      await act('guarded rollback', { to: newer }, editor),
      await call('PUT', 'entries/guarded', unguarded, editor),
      await call('DELETE', `entries/guarded?base=${base}`, undefined, editor),
      await call('POST', 'entries/guarded/actions/move', { base, slug: 'x' }, editor),
      await act('guarded promote', { from: newer }),
    ])
      expect([status, body.review]).toEqual([202, expect.objectContaining({ state: 'opening' })]);
    expect((await get('entries/guarded')).body).toMatchObject({
      blob: base,
      syncStatus: 'in_review',
    });
    const review = await get('reviews/1');
    expect(review.body).toMatchObject({
      satisfied: false,
      needs: [{ name: 'Protected environments', approvals: 1 }],
      items: [{ entry: 'guarded', kind: 'environment' }],
    });
    expect((await act('production promote', { from: newer }, editor)).status).toBe(200);
    await deliver();
  });
});

describe('who reads', () => {
  it('needs no right to the file, and does not learn what is in it', async () => {
    const spaces = [{ space: 'sales', kinds: ['system-prompt'], role: 'reader' as const }];
    const token = await api.token({ role: 'agent', spaces });
    expect((await call('GET', 'prompts/call?env=guarded', undefined, token)).status).toBe(200);
    const { body: listed } = await call('GET', 'environments', undefined, token);
    expect(listed.items).toMatchObject([{ name: 'latest' }]);
    expect((await call('GET', 'environments/guarded', undefined, token)).status).toBe(404);
    expect((await call('GET', 'environments/latest', undefined, token)).status).toBe(200);
    expect((await act('guarded promote', {}, token)).status).toBe(403);
    await push({
      'environments/wrong.md': file('wrong', 'commit: main\nentries: { secret: x }\n'),
    });
    const { body } = await call('GET', 'prompts/call?env=wrong', undefined, token);
    expect(body).toMatchObject({ status: 422, code: 'environment_broken' });
    expect(body.detail).not.toContain('secret');
    expect((await get('prompts/call?env=wrong')).body.detail).toContain(
      '/commit must be a commit: 40 hex digits. /entries/secret must be a commit: 40 hex digits.',
    );
  });
});

describe('an environment that points at nothing', () => {
  const point = async (more: string) => {
    await push({ 'environments/lost.md': file('lost', more) });
    return (await get('prompts/call?env=lost')).body as { code: string; detail: string };
  };

  it('names the commit or the branch', async () => {
    const gone = 'd'.repeat(40);
    expect(await point(`commit: ${gone}\n`)).toMatchObject({ code: 'environment_broken' });
    expect((await point(`commit: ${gone}\n`)).detail).toContain(`points at the commit ${gone}`);
    expect((await point(`entries: { call: ${gone} }\n`)).detail).toContain(`its entry call points at the commit ${gone}`); // prettier-ignore
    expect((await point('ref: nosuch\n')).detail).toContain('has no branch or tag nosuch');
    expect((await point('ref: "x^{}"\n')).detail).toContain('has no branch or tag x^{}');
    expect((await point('ref: refs/pull/1/head\n')).detail).toContain('has no branch or tag refs');
    const other = await repository.commit({
      files: { 'x.md': 'x' },
      branch: 'other',
      orphan: true,
    });
    expect((await point(`commit: ${other}\n`)).detail).toContain(`has no commit ${other}`);
    await tag('lost', other, '-a');
    expect((await point('ref: lost\n')).detail).toContain(`has no commit ${other}`);
    expect((await point(`ref: other\ncommit: ${other}\n`)).detail).toContain('remove one of them');
  });

  it('may follow a branch that is behind', async () => {
    await repository.git(['update-ref', 'refs/heads/stable', old]);
    const body = await point('ref: stable\n');
    expect(body).toMatchObject({ body: 'Old call.\n', commit: old });
  });
});

describe('an environment that follows a branch of its own', () => {
  const follow = async (name: string, ref: string) => {
    await push({ [`environments/${name}.md`]: file(name, `ref: ${ref}\n`) });
  };
  const idsIn = async (env: string) => {
    const { body } = await call('POST', `prompts/call/render?env=${env}`, {});
    return (body.blocks as { id: string }[]).map(({ id }) => id);
  };
  let tip = '';

  beforeAll(async () => {
    await push({
      'prompts/system/call.md': prompt('call', 'Main call.'),
      'prompts/system/mail.md': prompt('mail', 'Main mail.'),
      'prompts/system/away.md': prompt('away', 'Main away.'),
      'prompts/blocks/tone.md': block('Main tone.'),
    });
    await repository.git(['update-ref', 'refs/heads/preview', 'refs/heads/main']);
    tip = await onBranch('preview', {
      'prompts/system/call.md': prompt('call', 'Previewed call.'),
      'prompts/system/moved/mail.md': prompt('mail', 'Previewed mail.'),
      'prompts/system/mail.md': null,
      'prompts/system/away.md': null,
      'prompts/system/fresh.md': prompt('fresh', 'Fresh.'),
      'prompts/blocks/extra.md': '---\nid: extra\nname: Extra\nsortOrder: 2\n---\nExtra.\n',
      'prompts/system/wrong.md': '---\nid: [\n---\nWrong.\n',
      'elsewhere/x.bin': 'no entry',
    });
    // Meanwhile, the space's own branch goes on.
    await push({ 'prompts/system/mail.md': prompt('mail', 'Later mail.') });
    await follow('preview', 'preview');
  });

  it('reads what that branch has otherwise, and the rest as it was where they parted', async () => {
    expect(await textIn('call', 'env=preview')).toBe('Previewed call.\n\nMain tone.\n\nExtra.\n');
    expect(await idsIn('preview')).toEqual(['tone', 'extra']);
    expect((await get('prompts/mail?env=preview')).body).toMatchObject({
      ...{ body: 'Previewed mail.\n', commit: tip },
    });
    expect((await get('entries/mail?env=preview')).body.path).toBe(
      'knowledge/prompts/system/moved/mail.md',
    );
    const { body } = await get('entries?env=preview&kind=system-prompt');
    expect((body.items as { id: string }[]).map(({ id }) => id)).toEqual(
      expect.arrayContaining(['call', 'fresh', 'mail']),
    );
    expect((await get('prompts/fresh?env=preview')).body.body).toBe('Fresh.\n');
    expect((await get('prompts/away?env=preview')).body.code).toBe('entry_not_found');
    expect((await get('prompts/fresh')).body.code).toBe('entry_not_found');
    expect((await get('prompts/mail')).body.body).toBe('Later mail.\n');
  });

  it('follows it when it moves, and when it is merged', async () => {
    const next = await onBranch('preview', {
      'prompts/system/call.md': prompt('call', 'Previewed again.'),
    });
    expect((await get('prompts/call?env=preview')).body).toMatchObject({ body: 'Previewed again.\n', commit: next }); // prettier-ignore
    await repository.git(['update-ref', 'refs/heads/preview', 'refs/heads/main']);
    expect((await get('prompts/call?env=preview')).body.body).toBe('Main call.\n');
    await repository.git(['update-ref', 'refs/heads/preview', next]);
  });

  it('gives only what the caller may read', async () => {
    const spaces = [{ space: 'sales', kinds: ['prompt-block'], role: 'reader' as const }];
    const token = await api.token({ role: 'agent', spaces });
    expect((await call('GET', 'entries/extra?env=preview', undefined, token)).status).toBe(200);
    expect((await call('GET', 'prompts/call?env=preview', undefined, token)).body.code).toBe('entry_not_found'); // prettier-ignore
  });

  it('is nothing to promote from before it is merged; what it shares is', async () => {
    for (const asked of [{ from: 'preview' }, { from: 'preview', entry: 'call' }])
      expect((await act('production promote', asked)).body).toMatchObject({
        ...{ status: 409, code: 'not_merged' },
      });
    const { status } = await act('production promote', { from: 'preview', entry: 'tone' });
    expect(status).toBe(200);
  });

  it('may have no commit in common, and not differ in more than can be compared', async () => {
    await onBranch('apart', { 'prompts/system/call.md': prompt('call', 'Apart.') }, true);
    await follow('apart', 'apart');
    expect(await textIn('call', 'env=apart')).toBe('Apart.\n');
    expect((await get('prompts/mail?env=apart')).body.code).toBe('entry_not_found');
    const many = Array.from({ length: 2_001 }, (_, at) => [`prompts/system/n${at}.md`, prompt(`n${at}`, 'N')]); // prettier-ignore
    await onBranch('apart', Object.fromEntries(many) as Record<string, string>);
    const { body } = await get('prompts/call?env=apart');
    expect(body).toMatchObject({ status: 422, code: 'environment_broken' });
    expect(body.detail).toContain('in more than 2,000 files: make a space of its branch instead');
  });
});

describe('an environment that follows a tag', () => {
  it.each([
    ['light', []],
    ['annotated', ['-a']],
  ])('reads its commit (%s)', async (name, options) => {
    await tag(name, old, ...options);
    for (const ref of [name, `tags/${name}`, `refs/tags/${name}`]) {
      await push({ 'environments/tagged.md': file('tagged', `ref: ${ref}\n`) });
      expect((await get('prompts/call?env=tagged')).body).toMatchObject({ body: 'Old call.\n', commit: old }); // prettier-ignore
    }
  });

  it('takes a branch of the same name for it, unless it says which', async () => {
    await tag('v2', old);
    await repository.git(['update-ref', 'refs/heads/v2', newer]);
    await push({ 'environments/tagged.md': file('tagged', 'ref: v2\n') });
    expect((await get('prompts/call?env=tagged')).body.body).toBe('New call.\n');
    await push({ 'environments/tagged.md': file('tagged', 'ref: tags/v2\n') });
    expect((await get('prompts/call?env=tagged')).body.body).toBe('Old call.\n');
  });
});
