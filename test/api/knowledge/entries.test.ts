import { EventEmitter, once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lockSpace } from '../../../db/knowledge/spaces.ts';
import { jsonb } from '../../../db/storable.ts';
import { createGitTextTools } from '../../../git/clones/text-tools.ts';
import { textBlobId } from '../../../knowledge/entries/blob-id.ts';
import { builtInKinds } from '../../../knowledge/kinds/kinds.ts';
import { readEntry } from '../../../knowledge/entries/read-entry.ts';
import { apiUnderTest } from '../api-under-test.ts';
import { insertSalesSpace } from './sales-space.ts';

const directory = await mkdtemp(join(tmpdir(), 'entries-test-'));
afterAll(() => rm(directory, { recursive: true, force: true }));
const visibility = { result: 'private' as 'private' | 'public' | 'unknown' };
const api = await apiUnderTest({
  texts: createGitTextTools({ directory }),
  checkSpaceVisibility: () => Promise.resolve({ result: visibility.result, reason: 'So it is.' }),
});

const { db, told } = api;
const call: typeof api.call = (...given) => api.call(...given);

/** What tests look at in an item of a list. */
interface Item {
  id: string;
  kind: string;
}

const acme = [
  '---',
  'id: acme',
  'name: "Acme, Inc."   # as on the contract',
  'region: EMEA',
  'tier: gold',
  '---',
  '# Acme',
  '',
].join('\n');

beforeAll(() => insertSalesSpace(db));

/** Stores an entry as if it had been read from Git. */
async function entry(id: string, text: string, kindName = 'customer'): Promise<string> {
  const kind = builtInKinds.find(({ name }) => name === kindName)!;
  const { fields, title, problems } = readEntry(text, kind);
  const blob = textBlobId(text);
  await db
    .insertInto('entries')
    .values({
      spaceId: 'sales',
      id,
      kind: kindName,
      path: `knowledge/${kind.folder}/${id}.md`,
      declaredId: id,
      title,
      fields: jsonb(fields),
      problems: jsonb(problems),
      headBlob: blob,
      headText: text,
      gitBlob: blob,
      commitSha: 'a'.repeat(40),
      syncedAt: new Date(),
      updatedAt: new Date('2026-01-01T00:00:00Z'),
    })
    .execute();
  return blob;
}

const entries = '/v1/spaces/sales/entries';

describe('an entry', () => {
  it('is shown with its fields in the order of its file, and with its status', async () => {
    const blob = await entry('shown', acme.replace('id: acme', 'id: shown'));
    const { status, body } = await call('GET', `${entries}/shown`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      id: 'shown',
      kind: 'customer',
      path: 'knowledge/customers/shown.md',
      blob,
      body: '# Acme\n',
      syncStatus: 'synced',
      gitCommitSha: 'a'.repeat(40),
      commit: 'a'.repeat(40),
    });
    expect(Object.keys(body.fields as object)).toEqual(['id', 'name', 'region', 'tier']);
  });

  it('is changed in one line, waits to be sent, and rings the doorbell once', async () => {
    const text = acme.replace('id: acme', 'id: edited');
    const base = await entry('edited', text);
    told.length = 0;
    const { status, body } = await call('PUT', `${entries}/edited`, {
      base,
      fields: { tier: 'iron' },
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      text: text.replace('tier: gold', 'tier: iron'),
      syncStatus: 'pending',
      commit: null,
    });
    await call('PUT', `${entries}/edited`, { base: body.blob, body: '# Other\n' });
    expect(told).toEqual(['doorbell space/sales']);
    const [save] = await db
      .selectFrom('saves')
      .selectAll()
      .where('entryId', '=', 'edited')
      .orderBy('sequence')
      .execute();
    expect(save).toMatchObject({ action: 'edit', via: 'api', baseText: text, state: 'waiting' });
  });

  it('is changed from a version that its first digits name, unless they name several', async () => {
    const text = acme.replace('id: acme', 'id: short');
    const base = await entry('short', text);
    const put = (body: object) => call('PUT', `${entries}/short`, body);
    const { status, body } = await put({ base: base.slice(0, 7), fields: { tier: 'iron' } });
    expect([status, body.syncStatus]).toEqual([200, 'pending']);
    // It has changed since: the digits still name the version that was seen.
    const stale = await put({ base: base.slice(0, 7), fields: { tier: 'tin' } });
    expect(stale.body).toMatchObject({ code: 'base_stale', base: text, blob: body.blob });
    const removed = await call('DELETE', `${entries}/short?base=${base.slice(0, 7)}`);
    expect(removed.body).toMatchObject({ code: 'base_stale' });
    await db
      .insertInto('entryVersions')
      .values({
        ...{ spaceId: 'sales', entryId: 'short', position: 1, kind: 'customer', path: 'p' },
        blobId: `${base.slice(0, 39)}${base.endsWith('0') ? '1' : '0'}`,
      })
      .execute();
    for (const [digits, words] of [
      [base.slice(0, 12), 'several versions'],
      ['0000', 'not the beginning of a version'],
      ['abc', 'at least the first 4'],
      ['HEAD', 'hex digits'],
    ] as const)
      expect((await put({ base: digits, fields: { tier: 'tin' } })).body).toMatchObject({
        status: 422,
        errors: [{ pointer: '/base', message: expect.stringContaining(words) as string }],
      });
    expect((await put({ base: body.blob, fields: { tier: 'tin' } })).status).toBe(200);
  });

  it('gets the date of the save where its kind says so, and shows what should have quotes', async () => {
    const text = acme.replace('tier: gold', "region2: x\nindustry: 007\nupdated: '2026-01-15'");
    const base = await entry('dated', text.replace('id: acme', 'id: dated'));
    const day = () => new Date().toISOString().slice(0, 10);
    const first = day();
    const saved = await call('PUT', `${entries}/dated`, { base, fields: { region: 'APAC' } });
    const { updated } = saved.body.fields;
    expect([first, day()]).toContain(updated);
    expect(saved.body.text).toBe(
      text
        .replace('id: acme', 'id: dated')
        .replace('EMEA', 'APAC')
        .replace("'2026-01-15'", `'${updated}'`),
    );
    expect(saved.body.hints).toMatchObject([{ line: 6, pointer: '/industry' }]);
    const same = await call('PUT', `${entries}/dated`, {
      base: saved.body.blob,
      fields: saved.body.fields,
    });
    expect(same.body.blob).toBe(saved.body.blob);
    const own = await call('PUT', `${entries}/dated`, {
      base: saved.body.blob,
      fields: { region: 'EMEA', updated: '2026-02-01' },
    });
    expect(own.body.fields.updated).toBe('2026-02-01');
    const whole = await call('PUT', `${entries}/dated`, {
      base: own.body.blob,
      text: (own.body.text as string).replace('# Acme', '# Acme!'),
    });
    expect([first, day()]).toContain(whole.body.fields.updated);
    const bad = await call('PUT', `${entries}/dated`, {
      base: whole.body.blob,
      fields: { updated: '2026-02-30' },
    });
    expect([bad.status, bad.body.errors[0].pointer]).toEqual([422, '/updated']);
  });

  it('that is saved unchanged makes no save', async () => {
    const base = await entry('same', acme.replace('id: acme', 'id: same'));
    const { status, body } = await call('PUT', `${entries}/same`, {
      base,
      fields: { tier: 'gold' },
    });
    expect([status, body.syncStatus, body.blob]).toEqual([200, 'synced', base]);
  });

  it('is never overwritten: a stale base is answered with all sides and their merge', async () => {
    const text = acme.replace('id: acme', 'id: stale');
    const base = await entry('stale', text);
    await call('PUT', `${entries}/stale`, { base, fields: { tier: 'iron' } });
    const other = await call('PUT', `${entries}/stale`, { base, fields: { region: 'APAC' } });
    expect(other.status).toBe(409);
    expect(other.body).toMatchObject({
      code: 'base_stale',
      base: text,
      theirs: text.replace('tier: gold', 'tier: iron'),
      yours: text.replace('EMEA', 'APAC'),
      merge: {
        kind: 'clean',
        text: text.replace('tier: gold', 'tier: iron').replace('EMEA', 'APAC'),
      },
    });
    const clash = await call('PUT', `${entries}/stale`, { base, fields: { tier: 'steel' } });
    expect(clash.body.merge).toMatchObject({
      kind: 'conflict',
      parts: [{ id: 'field:/tier', base: 'gold', git: 'iron', mine: 'steel' }],
    });
    const { text: merged } = other.body.merge;
    const blob = other.body.blob as string;
    expect((await call('PUT', `${entries}/stale`, { base: blob, text: merged })).status).toBe(200);
  });

  it('is not saved if the schema refuses it, which names the line, or if it cannot be edited safely', async () => {
    const base = await entry('checked', acme.replace('id: acme', 'id: checked'));
    const bad = await call('PUT', `${entries}/checked`, { base, fields: { owners: 'nobody' } });
    expect([bad.status, bad.body.code]).toEqual([422, 'entry_invalid']);
    expect(bad.body.errors[0]).toMatchObject({ pointer: '/owners' });
    const renamed = await call('PUT', `${entries}/checked`, { base, fields: { id: 'other' } });
    expect([renamed.status, renamed.body.code]).toEqual([422, 'entry_invalid']);
    const half = await call('PUT', `${entries}/checked`, { base, body: 'half \ud83d' });
    expect(half.status).toBe(422);

    const anchored = acme
      .replace('id: acme', 'id: anchored')
      .replace('tier: gold', 'tier: &tier gold\nlevel: *tier');
    const anchoredBase = await entry('anchored', anchored);
    const refused = await call('PUT', `${entries}/anchored`, {
      base: anchoredBase,
      fields: { tier: 'iron' },
    });
    expect([refused.status, refused.body.code]).toEqual([422, 'edit_refused']);
    expect(refused.body.errors[0].message).toContain('line 5');
    expect(
      (
        await call('PUT', `${entries}/anchored`, {
          base: anchoredBase,
          text: anchored.replace('&tier gold', 'iron').replace('*tier', 'iron'),
        })
      ).status,
    ).toBe(200);
  });

  it('that was invalid before can be saved without fixing all of it', async () => {
    const text = acme.replace('id: acme', 'id: wrong').replace('tier: gold', 'owners: nobody');
    const base = await entry('wrong', text);
    const { status, body } = await call('PUT', `${entries}/wrong`, {
      base,
      fields: { region: 'US' },
    });
    expect([status, body.problems.length > 0]).toEqual([200, true]);
  });

  it('is created with an id, dates and a file of its own, and can be removed', async () => {
    const today = () => new Date().toISOString().slice(0, 10);
    const before = today();
    const made = await call('POST', entries, {
      kind: 'customer',
      fields: { name: 'Škoda & Söhne' },
      body: '# Škoda\n',
    });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ syncStatus: 'pending', kind: 'customer' });
    expect(made.body.path).toMatch(/^knowledge\/customers\/skoda-sohne\.md$/);
    expect([before, today()]).toContain(made.body.fields.created);
    const twin = await call('POST', entries, {
      kind: 'customer',
      fields: { name: 'Škoda & Söhne' },
    });
    expect(twin.body.path).toBe('knowledge/customers/skoda-sohne-2.md');
    const again = await call('POST', entries, {
      kind: 'customer',
      fields: { id: made.body.id, name: 'Again' },
    });
    expect([again.status, again.body.code]).toEqual([409, 'entry_exists']);

    const { id, blob } = made.body;
    expect((await call('DELETE', `${entries}/${id}?base=${'0'.repeat(40)}`)).status).toBe(409);
    expect((await call('DELETE', `${entries}/${id}?base=${blob}`)).status).toBe(204);
    expect((await call('GET', `${entries}/${id}`)).status).toBe(404);
  });

  it.each([
    ['a/b', 'not a path'],
    ['..', 'begins with'],
    ['con', 'device'],
  ])(
    'is refused with a slug that is no name of a file, %j, and says what to do',
    async (slug, why) => {
      const made = await call('POST', entries, { kind: 'skill', slug, fields: { title: 'Slugs' } });
      expect([made.status, made.body.errors[0].pointer]).toEqual([422, '/slug']);
      expect(made.body.errors[0].message).toContain(why);
    },
  );

  it.each([
    ['Zażółć', 'zazolc'],
    ['Ærøskøbing', 'aeroskobing'],
    ['日本語', '日本語'],
    ['🚀', 'rocket'],
  ])('with the title %s has the file %s.md', async (title, name) => {
    const made = await call('POST', entries, { kind: 'skill', fields: { title } });
    expect(made.body.path).toBe(`knowledge/skills/${name}.md`);
  });

  it('goes beside a folder of other entries that has its name, and beside any number of others', async () => {
    const names = ['guide.md/part', 'guide-2', 'guide-3', 'guide-10', 'guide-x'];
    for (const name of names) await entry(name, `---\nid: ${name}\ntitle: X\n---\n`, 'skill');
    const made = await call('POST', entries, { kind: 'skill', fields: { title: 'Guide' } });
    expect(made.body.path).toBe('knowledge/skills/guide-4.md');
  });

  it('is answered with 503 and when to try again if the space is locked for too long', async () => {
    const base = await entry('locked', acme.replace('id: acme', 'id: locked'));
    const release = new EventEmitter();
    const released = once(release, 'now');
    const locked = new EventEmitter();
    const isLocked = once(locked, 'now');
    const holding = db.transaction().execute(async (trx) => {
      await lockSpace(trx, 'sales');
      locked.emit('now');
      await released;
    });
    await isLocked;
    const began = performance.now();
    const answer = await call('PUT', `${entries}/locked`, { base, fields: { tier: 'x' } });
    const waited = performance.now() - began;
    release.emit('now');
    await holding;
    expect(answer).toMatchObject({ status: 503, body: { code: 'busy' } });
    expect(answer.headers['retry-after']).toBe('1');
    expect(waited).toBeGreaterThan(4_000);
    const again = await call('PUT', `${entries}/locked`, { base, fields: { tier: 'x' } });
    expect(again.status).toBe(200);
  });

  it('about a person is refused if the repository is public or its visibility is unknown', async () => {
    const base = await entry('private', acme.replace('id: acme', 'id: private'));
    for (const result of ['public', 'unknown'] as const) {
      visibility.result = result;
      const refused = await call('PUT', `${entries}/private`, { base, fields: { tier: 'x' } });
      expect([refused.status, refused.body.code]).toEqual([422, 'public_repository']);
    }
    visibility.result = 'private';
  });
});

describe('access', () => {
  it('is granted by space and kind, and hides everything else', async () => {
    const base = await entry('guarded', acme.replace('id: acme', 'id: guarded'));
    await entry('sql', '---\nid: sql\ntitle: SQL\n---\n', 'skill');
    const skills = await api.token({
      role: 'editor',
      projects: null,
      spaces: [{ space: 'sales', kinds: ['skill'], role: 'editor' }],
    });
    const none = await api.token({ role: 'editor', projects: null, spaces: [] });
    expect((await call('GET', `${entries}/guarded`, undefined, skills)).status).toBe(404);
    expect((await call('GET', `${entries}/sql`, undefined, skills)).status).toBe(200);
    expect((await call('GET', `${entries}/sql`, undefined, none)).status).toBe(404);
    const denied = await call('PUT', `${entries}/guarded`, { base, fields: { tier: 'x' } }, skills);
    expect(denied.status).toBe(404);
    const probe = { kind: 'skill', fields: { id: 'guarded', title: 'Probe' } };
    const taken = await call('POST', entries, probe, skills);
    expect([taken.status, taken.body.code]).toEqual([409, 'entry_exists']);
    expect(taken.text).not.toContain('Acme');
    expect(taken.text).not.toContain(base);
    const listed = await call('GET', entries, undefined, skills);
    expect(new Set((listed.body.items as Item[]).map(({ kind }) => kind))).toEqual(
      new Set(['skill']),
    );
    const reader = await api.token({ role: 'reader', projects: null, spaces: null });
    const edit = { base, fields: { tier: 'x' } };
    expect((await call('PUT', `${entries}/guarded`, edit, reader)).status).toBe(403);
  });
});

describe('lists of entries', () => {
  beforeAll(async () => {
    for (const [id, region, tier] of [
      ['list-a', 'EMEA', 'gold'],
      ['list-b', 'APAC', 'silver'],
      ['list-c', 'EMEA', 'silver'],
    ] as const)
      await entry(
        id,
        `---\nid: ${id}\nname: Listed ${id}\nregion: ${region}\ntier: ${tier}\nowners:\n  - name: Eva\ntags: [x, ${tier}]\n---\nUnmistakable ${region}\n`,
      );
  });

  async function ids(query: string): Promise<string[]> {
    const { status, body } = await call('GET', `${entries}?${query}`);
    expect(status).toBe(200);
    return (body.items as Item[]).map(({ id }) => id);
  }

  it.each([
    ['q=unmistakable', ['list-a', 'list-b', 'list-c']],
    ['q=unmist', ['list-a', 'list-b', 'list-c']],
    ['q=unmistakable%20region:EMEA', ['list-a', 'list-c']],
    ['q=listed%20tags:silver%20region:%22APAC%22', ['list-b']],
    ['q=unmistakable%20emea', ['list-a', 'list-c']],
    ['q=unmistakable&sort=-title', ['list-c', 'list-b', 'list-a']],
    ['q=unmistakable&sort=region', ['list-b', 'list-a', 'list-c']],
    ['q=unmistakable&kind=skill', []],
    ["q=unmistakable'%20%26%20!()", ['list-a', 'list-b', 'list-c']],
  ])('%s', async (query, expected) => {
    expect(await ids(query)).toEqual(expected);
  });

  it('come in pages, whatever they are sorted by', async () => {
    for (const sort of ['title', '-updated', 'region', '-tier', 'nothing']) {
      const seen: string[] = [];
      let cursor = '';
      do {
        const { body } = await call(
          'GET',
          `${entries}?q=unmistakable&limit=2&sort=${sort}${cursor}`,
        );
        seen.push(...(body.items as Item[]).map(({ id }) => id));
        cursor = body.nextCursor === null ? '' : `&cursor=${body.nextCursor}`;
      } while (cursor !== '');
      expect([...seen].sort()).toEqual(['list-a', 'list-b', 'list-c']);
    }
  });

  it('can be filtered by sync status', async () => {
    expect(await ids('status=pending')).not.toContain('list-a');
    expect(await ids('status=synced&q=unmistakable')).toEqual(['list-a', 'list-b', 'list-c']);
  });

  it('say of each what is wrong with its file, and why it cannot be sent', async () => {
    await db
      .updateTable('entries')
      .set({
        problems: jsonb([
          { code: 'schema', line: 3, pointer: '/tier', message: 'must be text' },
          { code: 'schema', line: 7, pointer: '/size', message: 'must be a number' },
        ]),
        failure: jsonb({ code: 'path_blocked', message: 'A folder is in the way.' }),
      })
      .where('id', '=', 'list-b')
      .execute();
    const { body } = await api.call('GET', `${entries}?q=unmistakable`);
    expect(body.items).toMatchObject([
      { id: 'list-a', problem: null, failure: null },
      {
        ...{ id: 'list-b', problem: { line: 3, message: 'must be text' }, syncStatus: 'error' },
        failure: { code: 'path_blocked', message: 'A folder is in the way.' },
      },
      { id: 'list-c', problem: null, failure: null },
    ]);
  });

  it('refuse a cursor of another list', async () => {
    const cursor = Buffer.from('["a"]').toString('base64url');
    expect((await call('GET', `${entries}?cursor=${cursor}`)).status).toBe(422);
  });
});

describe('values that cannot be stored', () => {
  const deep = JSON.parse('['.repeat(900) + ']'.repeat(900)) as unknown;

  it.each([
    ['NUL in a field', '/fields/region', { fields: { region: 'a\0b' } }],
    ['half a character in a list', '/fields/x~1y/1', { fields: { 'x/y': ['a', '\ud800'] } }],
    ['half a character in a field name', '/fields', { fields: { 'x\udc00': 'a' } }],
    ['NUL in the body', '/body', { body: 'a\0b' }],
    ['half a character in the body', '/body', { body: 'a\ud800b' }],
    ['NUL in the text', '/text', { text: '---\nid: hostile\nname: a\0\n---\n' }],
    ['half a character in the message', '/message', { message: '\udc00', body: 'x' }],
    ['a value nested too deep', `/fields/region${'/0'.repeat(62)}`, { fields: { region: deep } }],
  ])('are refused: %s', async (what, pointer, edit) => {
    const id = what.replaceAll(' ', '-');
    const base = await entry(id, acme.replace('id: acme', `id: ${id}`));
    const { status, body } = await call('PUT', `${entries}/${id}`, { base, ...edit });
    expect([status, body.errors?.[0]?.pointer]).toEqual([422, pointer]);
    expect((await call('GET', `${entries}/${id}`)).body.blob).toBe(base);
    if ('text' in edit) return;
    const made = await call('POST', entries, { kind: 'customer', fields: {}, ...edit });
    expect([made.status, made.body.errors?.[0]?.pointer]).toEqual([422, pointer]);
  });

  it.each([
    'kind=a%00b',
    'cursor=x',
    `cursor=${Buffer.from('["a\\u0000","b"]').toString('base64url')}`,
    `sort=updated&cursor=${Buffer.from('["no time","b"]').toString('base64url')}`,
    `sort=tier&cursor=${Buffer.from('["no JSON","b"]').toString('base64url')}`,
  ])("are refused in a list's query: %s", async (query) => {
    const { status, body } = await call('GET', `${entries}?${query}`);
    expect(body.code).toBe('invalid_request');
    expect(status).toBeLessThan(500);
  });

  it('are ignored in a search', async () => {
    expect((await call('GET', `${entries}?q=a%00b%20x:%00`)).status).toBe(200);
  });
});

it('an entry keeps its line ends, its byte order mark and its last line, whatever an editor sends', async () => {
  const text = `\ufeff${acme.replace('id: acme', 'id: windows').replaceAll('\n', '\r\n')}One`;
  const base = await entry('windows', text);
  const save = async (asked: object) => {
    const answer = await call('PUT', `${entries}/windows`, { base, ...asked });
    expect(answer.status).toBe(200);
    return answer.body as object;
  };
  const plain = text.slice(1).replaceAll('\r\n', '\n');
  const unchanged = [
    { body: '# Acme\nOne\n' },
    { body: '\ufeff# Acme\rOne' },
    { text: plain },
    { text: `${text}\r\n` },
    { fields: { tier: 'gold' }, body: '# Acme\nOne\n\n' },
  ];
  for (const asked of unchanged) {
    expect(await save(asked)).toMatchObject({ blob: base, syncStatus: 'synced' });
  }
  const wanted = text.replace('tier: gold', 'tier: iron');
  expect(await save({ text: `${plain.replace('tier: gold', 'tier: iron')}\n` })).toMatchObject({
    ...{ text: wanted, syncStatus: 'pending' },
  });
});

it('a file that is stored with Git LFS is shown as such, and cannot be changed, only removed', async () => {
  const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${'a'.repeat(64)}\nsize 1\n`;
  const base = await entry('large', pointer);
  const shown = await call('GET', `${entries}/large`);
  expect(shown.body).toMatchObject({
    ...{ body: '', syncStatus: 'invalid', problems: [{ code: 'lfs_pointer' }] },
  });
  const plain = acme.replace('id: acme', 'id: large');
  for (const asked of [{ text: plain }, { body: 'New' }, { fields: { tier: 'iron' } }]) {
    const { status, body } = await call('PUT', `${entries}/large`, { base, ...asked });
    expect([status, body.code]).toEqual([422, 'edit_refused']);
    expect(body.detail).toContain('Git LFS');
  }
  // Nor does a text become a pointer.
  const other = await entry('small', acme.replace('id: acme', 'id: small'));
  const made = await call('PUT', `${entries}/small`, { base: other, text: pointer });
  expect([made.status, made.body.code]).toEqual([422, 'entry_invalid']);
  expect((await call('DELETE', `${entries}/large?base=${base}`)).status).toBe(204);
});

describe('a move of a file', () => {
  const move = (id: string, body: object) => call('POST', `${entries}/${id}/actions/move`, body);

  it('is a save: it waits, and the entry says where its file will be', async () => {
    const base = await entry('mover', acme.replace('id: acme', 'id: mover'));
    const { status, body } = await move('mover', { base: base.slice(0, 8), slug: 'Acme Inc' });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      ...{ path: 'knowledge/customers/Acme Inc.md', syncStatus: 'pending', blob: base },
    });
    const listed = await call('GET', `${entries}?q=name:"Acme, Inc."&sort=id&limit=200`);
    expect(listed.body.items).toContainEqual(
      expect.objectContaining({ id: 'mover', path: 'knowledge/customers/Acme Inc.md' }),
    );
    const [save] = await db
      .selectFrom('saves')
      .selectAll()
      .where('entryId', '=', 'mover')
      .execute();
    expect(save).toMatchObject({
      ...{ action: 'move', moveTo: 'knowledge/customers/Acme Inc.md', state: 'waiting' },
    });
    // An edit from the same version goes on: the text is still the same.
    expect((await call('PUT', `${entries}/mover`, { base, fields: { tier: 'tin' } })).status).toBe(
      200,
    );
    const stale = await move('mover', { base, slug: 'other' });
    expect(stale.body).toMatchObject({
      ...{ code: 'base_stale', yours: acme.replace('id: acme', 'id: mover') },
      theirs: expect.stringContaining('tier: tin') as string,
    });
  });

  it.each([
    [{ slug: 'a/b' }, '/slug', 'must be a name'],
    [{ slug: '.hidden' }, '/slug', 'begins with "."'],
    [{ slug: '_draft' }, '/slug', 'begins with'],
    [{ slug: 'README' }, '/slug', 'is the name of a file for people'],
    [{ slug: 'con' }, '/slug', 'is the name of a device'],
    [{ path: 'knowledge/customers/readme.markdown' }, '/path', 'is the name of a file for people'],
    [{ path: 'knowledge/customers/../skills/x.md' }, '/path', 'begins with "."'],
    [{ path: '/knowledge/customers/x.md' }, '/path', 'must be a path in the repository'],
    [{ path: 'knowledge/customers//x.md' }, '/path', 'must be a path in the repository'],
    [{ path: 'knowledge/customers/x.txt' }, '/path', 'must end like that of'],
    [{ path: 'knowledge/customers/.md' }, '/path', 'is no name'],
    [{ path: 'knowledge/customers/_x/y.md' }, '/path', 'begins with "."'],
    [{ path: 'knowledge/skills/x.md' }, '/path', 'must be in knowledge/customers'],
    [{ path: 'customers/x.md' }, '/path', 'must be in knowledge/customers'],
    [{ path: `knowledge/customers/${'čč/'.repeat(300)}x.md` }, '/path', 'is longer than'],
    [{ path: 'knowledge/customers/fixed.md/x.md' }, '/path', 'cannot both be there'],
    [{ slug: 'x', path: 'knowledge/customers/x.md' }, '', 'either'],
    [{}, '', 'either'],
  ])('to a place where it cannot be is refused: %j', async (to, pointer, words) => {
    const known = await call('GET', `${entries}/fixed`);
    const base =
      known.status === 200
        ? (known.body.blob as string)
        : await entry('fixed', acme.replace('id: acme', 'id: fixed'));
    expect((await move('fixed', { base, ...to })).body).toMatchObject({
      status: 422,
      errors: [{ pointer, message: expect.stringContaining(words) as string }],
    });
  });

  it('to a folder below that of its kind, or to no other place at all, is fine', async () => {
    const base = await entry('deep', acme.replace('id: acme', 'id: deep'));
    const path = 'knowledge/customers/emea/česko/deep.markdown';
    expect((await move('deep', { base, path })).body).toMatchObject({ path });
    expect((await move('deep', { base, path })).status).toBe(200);
    expect((await move('deep', { base, slug: 'deep.markdown' })).body).toMatchObject({ path });
    const saves = await db.selectFrom('saves').select('id').where('entryId', '=', 'deep').execute();
    expect(saves).toHaveLength(1);
  });

  it('to the place of another entry is refused, without telling of those one may not read', async () => {
    const base = await entry('second', acme.replace('id: acme', 'id: second'));
    await entry('owner', acme.replace('id: acme', 'id: owner'));
    expect((await move('second', { base, slug: 'OWNER' })).body).toMatchObject({
      ...{ status: 409, code: 'entry_exists' },
      detail: expect.stringContaining('Give another name, or move that file first.') as string,
    });
  });

  it('needs the role editor for the kind, an id in the file, and text', async () => {
    const base = await entry('unmoved', acme.replace('id: acme', 'id: unmoved'));
    const reader = await api.token({ role: 'reader' });
    const url = `${entries}/unmoved/actions/move`;
    expect((await call('POST', url, { base, slug: 'x' }, reader)).status).toBe(403);
    await db.updateTable('entries').set({ declaredId: null }).where('id', '=', 'unmoved').execute();
    expect((await move('unmoved', { base, slug: 'x' })).body).toMatchObject({
      code: 'entry_invalid',
      detail: expect.stringContaining('has no id of its own') as string,
    });
    await db.updateTable('entries').set({ headText: null }).where('id', '=', 'unmoved').execute();
    expect((await move('unmoved', { base, slug: 'x' })).body).toMatchObject({
      code: 'entry_unreadable',
    });
  });
});
