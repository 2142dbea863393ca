import { beforeAll, describe, expect, it, test } from 'vitest';
import { readSchemaFile } from '../../../knowledge/kinds/read-schema-file.ts';
import { jsonb } from '../../../db/storable.ts';
import { apiUnderTest } from '../api-under-test.ts';

const api = await apiUnderTest();
const call: typeof api.call = (...given) => api.call(...given);

/** Saves a new entry; returns its blob. */
async function save(space: string, kind: string, id: string, body: string): Promise<string> {
  const fields = { id, name: id, title: id };
  const made = await call('POST', `/v1/spaces/${space}/entries`, { kind, fields, body });
  if (made.status !== 201) throw new Error(made.text);
  return String(made.body.blob);
}

function rendered(place: string, token?: string) {
  const [space, id = ''] = place.split(':');
  const path = `/v1/spaces/${space}/entries/${encodeURIComponent(id)}/rendered`;
  return call('GET', path, undefined, token);
}

/** A token that may read these kinds (`null`: all) of these spaces. */
function reader(spaces: Record<string, string[] | null>): Promise<string> {
  const grants = Object.entries(spaces);
  return api.token({
    role: 'agent',
    spaces: grants.map(([space, kinds]) => ({ space, kinds, role: 'reader' as const })),
  });
}

const blobs: Record<string, string> = {};

beforeAll(async () => {
  for (const id of ['sales', 'brand', 'secret', 'ended']) {
    const repository = { url: `https://git.example/${id}.git`, branch: 'main' };
    const rules = { publicKinds: ['customer'] };
    await call('POST', '/v1/spaces', { id, name: id, repository, rules });
  }
  blobs.tone = await save('brand', 'prompt-block', 'tone', '\nPlain words.\n\n{{> sign-off}}\n');
  blobs['sign-off'] = await save('brand', 'prompt-block', 'sign-off', 'Yours, {{sender}}\n');
  await save('secret', 'prompt-block', 'plan', 'The plan.\n');
  await save('ended', 'prompt-block', 'old', 'Old.\n');
  await api.db
    .updateTable('spaces')
    .set({ endedAt: new Date() })
    .where('id', '=', 'ended')
    .execute();
  await save('sales', 'customer', 'acme', 'They buy through a partner.\n');
  blobs.offer = await save(
    ...(['sales', 'document-template', 'offer'] as const),
    '# An offer for {{customer}}\n\n{{> brand/tone}}\n',
  );
});

describe('an entry that includes one of another space', () => {
  it('is rendered with its text, and says what is in it', async () => {
    const { status, body } = await rendered('sales:offer');
    expect(status).toBe(200);
    expect(body).toEqual({
      ...{ space: 'sales', id: 'offer', kind: 'document-template', blob: blobs.offer },
      commit: null,
      body: '# An offer for {{customer}}\n\nPlain words.\n\nYours, {{sender}}\n',
      includes: ['tone', 'sign-off'].map((id) => ({
        ...{ space: 'brand', id, kind: 'prompt-block', blob: blobs[id], commit: null },
      })),
    });
  });

  it('keeps its line in the file, and in what the entry is shown as', async () => {
    const { body } = await call('GET', '/v1/spaces/sales/entries/offer');
    expect(body.body).toContain('{{> brand/tone}}');
    expect(body.text).toContain('{{> brand/tone}}');
  });

  it('is rendered with what was saved last, also before that is in Git', async () => {
    await save('brand', 'prompt-block', 'slogan', 'Old.\n');
    await save('sales', 'document-template', 'slogan-page', '{{> brand/slogan}}\n');
    const { body: old } = await call('GET', '/v1/spaces/brand/entries/slogan');
    const edit = { base: old.blob, body: 'New.\n' };
    const { body: now } = await call('PUT', '/v1/spaces/brand/entries/slogan', edit);
    const { body } = await rendered('sales:slogan-page');
    expect(body).toMatchObject({ body: 'New.\n', includes: [{ blob: now.blob }] });
    for (const waiting of [true, false]) {
      const commitSha = 'a'.repeat(40);
      const now = { waiting, commitSha };
      await api.db.updateTable('entries').set(now).where('id', '=', 'slogan').execute();
      const { body: again } = await rendered('sales:slogan-page');
      expect(again.includes[0].commit).toBe(waiting ? null : commitSha);
    }
  });
});

describe('who may see what', () => {
  it('is asked of who reads, for the kind and the space of each entry', async () => {
    const both = await reader({ sales: null, brand: ['prompt-block'] });
    expect((await rendered('sales:offer', both)).status).toBe(200);
    const otherKind = await reader({ sales: null, brand: ['skill'] });
    expect((await rendered('sales:offer', otherKind)).body.code).toBe('includes_broken');
    const unread = await reader({ sales: ['skill'], brand: null });
    expect((await rendered('sales:offer', unread)).status).toBe(404);
  });

  it('looks the same for what does not exist, has ended, was removed, or must not be read', async () => {
    const token = await reader({ sales: ['document-template'], brand: ['skill'] });
    const gone = await save('sales', 'document-template', 'gone', 'x');
    await call('DELETE', `/v1/spaces/sales/entries/gone?base=${gone}`);
    const hidden = [
      'nosuch/plan',
      'secret/plan',
      'secret/nosuch',
      'ended/old',
      'brand/tone',
      'brand/nosuch',
      'sales/acme',
      'sales/gone',
      'sales/nosuch',
    ];
    await save(
      ...(['sales', 'document-template', 'nosy'] as const),
      hidden.map((name) => `{{> ${name}}}\n`).join(''),
    );
    const { status, body } = await rendered('sales:nosy', token);
    expect([status, body.code]).toEqual([422, 'includes_broken']);
    const { body: shown } = await call('GET', '/v1/spaces/sales/entries/nosy');
    const lines = String(shown.text).split('\n');
    expect(body.broken).toEqual(
      hidden.map((name) => {
        const [space, id] = name.split('/');
        const include = `{{> ${name}}}`;
        return {
          ...{ space: 'sales', id: 'nosy', include, line: lines.indexOf(include) + 1 },
          code: 'include_not_found',
          message: `Space ${space} has no entry ${id} that you may read.`,
        };
      }),
    );
    // An admin sees what is there, and the same words for the rest.
    const { body: all } = await rendered('sales:nosy');
    expect(all.broken).toMatchObject(
      [
        'nosuch/plan',
        'secret/nosuch',
        'ended/old',
        'brand/nosuch',
        'sales/gone',
        'sales/nosuch',
      ].map((name) => ({ include: `{{> ${name}}}`, code: 'include_not_found' })),
    );
    expect(all.broken[0]).toEqual(body.broken[0]);
  });

  it('includes personal data for those who may read it', async () => {
    await save('sales', 'document-template', 'letter', 'Dear {{name}},\n{{> acme}}\n');
    const templates = await reader({ sales: ['document-template'] });
    expect((await rendered('sales:letter', templates)).text).not.toContain('partner');
    const all = await reader({ sales: ['document-template', 'customer'] });
    expect((await rendered('sales:letter', all)).body.body).toContain('through a partner');
  });
});

describe('an entry that cannot be rendered', () => {
  it('says all that is broken, also in words, of which there are never many', async () => {
    await save('sales', 'document-template', 'wrong', '{{> wrong}}\n{{> oops\n{{> brand/not}}\n');
    const { body } = await rendered('sales:wrong');
    const codes = (body.broken as { code: string }[]).map(({ code }) => code);
    expect(codes).toEqual(['include_circular', 'include_malformed', 'include_not_found']);
    expect(body.detail).toMatch(
      /^Entry wrong of space sales cannot be rendered\. line \d+, \{\{> wrong\}\}: This includes itself: sales\/wrong → sales\/wrong\. line \d+, \{\{> oops: This is no include.* line \d+, \{\{> brand\/not\}\}: Space brand has no entry not that you may read\.$/,
    );
    await save('sales', 'document-template', 'many', '{{> x}}\n{{> y\n'.repeat(80));
    const { body: many } = await rendered('sales:many');
    expect(many.broken).toHaveLength(160);
    expect(many.detail).toContain(' And 150 more.');
    expect(many.detail.length).toBeLessThan(5_000);
  });

  test('does not exist, or has no text', async () => {
    expect((await rendered('sales:nosuch')).status).toBe(404);
    const removed = await save('sales', 'document-template', 'removed', 'x');
    await call('DELETE', `/v1/spaces/sales/entries/removed?base=${removed}`);
    expect((await rendered('sales:removed')).body.code).toBe('entry_not_found');
    await save('sales', 'document-template', 'torn', 'x');
    await save('sales', 'document-template', 'with-torn', '{{> torn}}');
    await api.db.updateTable('entries').set({ headText: null }).where('id', '=', 'torn').execute();
    expect((await rendered('sales:torn')).body).toMatchObject({
      ...{ status: 422, code: 'entry_unreadable' },
      detail: 'The file of torn is not UTF-8 text of at most 1 MiB.',
    });
    expect((await rendered('sales:with-torn')).body.broken[0].code).toBe('include_unreadable');
  });
});

it('has includes in kinds that say so', async () => {
  const settings = (includes: boolean) =>
    JSON.stringify({ 'x-gitward': { folder: includes ? 'snippets' : 'notes', includes } });
  const own = (['snippet', 'note'] as const).map((name) => {
    const content = Buffer.from(settings(name === 'snippet'));
    const read = readSchemaFile(`knowledge/.schemas/${name}.json`, content);
    if ('problem' in read) throw new Error(read.problem);
    return read.kind;
  });
  await api.db
    .updateTable('spaces')
    .set({ kinds: jsonb(own) })
    .where('id', '=', 'sales')
    .execute();
  await save('sales', 'snippet', 'one', '{{> brand/sign-off}}\n');
  await save('sales', 'note', 'two', '{{> brand/sign-off}}\n');
  await save('sales', 'skill', 'three', '{{> brand/sign-off}}\n');
  expect((await rendered('sales:one')).body.body).toBe('Yours, {{sender}}\n');
  for (const id of ['two', 'three'])
    expect((await rendered(`sales:${id}`)).body).toMatchObject({
      ...{ body: '{{> brand/sign-off}}\n', includes: [] },
    });
});
