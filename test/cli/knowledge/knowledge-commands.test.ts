import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Answer, Item } from '../../../cli/client/answers.ts';
import { recordedApi } from './recorded-api.ts';

const { asked, answers, answer, knowledge } = await recordedApi();
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gitward-knowledge-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function write(files: Record<string, string>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(join(folder, name, '..'), { recursive: true });
    await writeFile(join(folder, name), content);
  }
}

const time = '2026-03-01T12:00:00Z';
const operation: Answer<'GET /v1/spaces/:space/operations/:operation'> = {
  id: 'o1',
  space: 'sales',
  type: 'import',
  dryRun: false,
  state: 'waiting',
  ...{ percent: 0, total: 2, done: 0, counts: {}, current: null },
  ...{ by: 'Eva', startedAt: time, endedAt: null, failure: null, errors: [] },
};
const entry: Answer<'GET /v1/spaces/:space/entries/:entry'> = {
  ...{ id: 'acme', kind: 'customer', path: 'knowledge/customers/acme.md', title: 'Acme' },
  ...{ fields: {}, body: '\u001b[31mred\n', text: '---\nid: acme\n---\n\u001b[31mred\n' },
  syncStatus: 'pending',
  ...{ blob: 'b1', commit: null, gitCommitSha: null, lastSyncedAt: null },
  ...{ updatedAt: time, updatedBy: 'Eva', problems: [], hints: [], failure: null },
};
const entryUrl = '/v1/spaces/sales/entries/acme';

describe('bulk operations', () => {
  test('are followed to the end: progress on standard error, items that failed at the end', async () => {
    await write({
      'customers/acme.md': 'one',
      'customers/emea/beta.md': 'two',
      'categories/metadata.json': '{}',
      '.index/customers.json': '[]',
      'photo.png': 'x',
    });
    answer('POST /v1/spaces/sales/actions/import', operation);
    answer(
      'GET /v1/spaces/sales/operations/o1',
      { ...operation, state: 'running', percent: 50, counts: { created: 1 }, current: 'beta' },
      {
        ...{ ...operation, state: 'done', percent: 100, counts: { created: 1, failed: 1 } },
        errors: [
          { name: 'customers/emea/beta.md', place: null, outcome: 'failed', message: 'line 2: no' },
        ],
      },
    );
    const ran = await knowledge(['import', 'sales', folder]);
    expect(asked[0]?.body).toEqual({
      dryRun: false,
      update: true,
      items: [
        { name: 'categories/metadata.json', content: '{}' },
        { name: 'customers/acme.md', content: 'one' },
        { name: 'customers/emea/beta.md', content: 'two' },
      ],
    });
    expect(ran.error).toContain(' 50 %  created 1  beta\n');
    expect(ran.out).toContain('Done: created 1, failed 1.');
    expect(ran.out).toMatch(/customers\/emea\/beta.md +failed +line 2: no/);
    expect(ran.code).toBe(1);
  });

  test('of a table take its kind, and nothing is read that is not UTF-8', async () => {
    await write({ 'customers.csv': '\ufeffid,name\n1,A\n' });
    const csv = join(folder, 'customers.csv');
    expect(await knowledge(['import', 'sales', csv])).toMatchObject({
      code: 2,
      error: expect.stringContaining('--kind'),
    });
    answer('POST /v1/spaces/sales/actions/import', { ...operation, state: 'done', percent: 100 });
    const options = ['--kind', 'customer', '--no-update', '--dry-run'];
    expect((await knowledge(['import', 'sales', csv, ...options])).code).toBe(0);
    expect(asked[0]?.body).toEqual({
      ...{ kind: 'customer', dryRun: true, update: false, format: 'csv' },
      content: '\ufeffid,name\n1,A\n',
    });
    const columns = ['--column', 'a=b=name', '--column', 'Notes='];
    expect((await knowledge(['import', 'sales', csv, '--kind', 'customer', ...columns])).code).toBe(
      0,
    );
    expect(asked.at(-1)?.body).toMatchObject({ columns: { 'a=b': 'name', Notes: null } });
    for (const [given, said] of [
      [['--column', 'Notes'], '"Notes" is not column=field.'],
      [['--column', '=name'], '"=name" is not column=field.'],
      [['--column', 'a=name', '--column', 'a='], 'Say only once with --column where a goes.'],
    ] as const)
      expect(
        await knowledge(['import', 'sales', csv, '--kind', 'customer', ...given]),
      ).toMatchObject({ code: 2, error: expect.stringContaining(said) });
    await writeFile(join(folder, 'bad.md'), Buffer.from([0x80]));
    expect((await knowledge(['import', 'sales', folder])).error).toContain('bad.md is not UTF-8');
    expect((await knowledge(['import', 'sales', join(folder, 'none')])).code).toBe(2);
  });

  test('on a whole space say why they could not be done', async () => {
    const failure = { code: 'space_paused', message: 'Space sales is paused. Resume it.' };
    answer('POST /v1/spaces/sales/actions/sync', { ...operation, type: 'sync' });
    answer('GET /v1/spaces/sales/operations/o1', { ...operation, state: 'failed', failure });
    expect(await knowledge(['sync', 'sales'])).toMatchObject({
      code: 1,
      out: 'It failed: nothing to do.\nSpace sales is paused. Resume it. (space_paused)\n',
    });
    answer('POST /v1/spaces/sales/actions/export', { ...operation, state: 'done', dryRun: true });
    const ran = await knowledge(['export', 'sales', '--dry-run', '--json']);
    expect({ code: ran.code, state: JSON.parse(ran.out).state }).toEqual({
      code: 0,
      state: 'done',
    });
    expect(asked.at(-1)?.body).toEqual({ dryRun: true });
  });
});

describe('spaces', () => {
  const space: Answer<'GET /v1/spaces/:space'> = {
    ...{ id: 'sales', name: 'sales', root: 'knowledge' },
    state: 'pending',
    ...{ waitingSaves: 1, openConflicts: 0, entries: {}, kinds: [] },
    repository: { url: 'https://git.example/k.git', branch: 'main', credentialId: null },
    ...{ lastSyncedAt: null, syncedCommit: null, lastCommit: null, outage: null, visibility: null },
    problems: { count: 102, first: [{ path: 'x.json', message: 'no\u001b[2J' }] },
    heldKinds: null,
    heldRules: null,
    webhook: { scheme: 'github', secrets: 1 },
    checks: null,
    rules: {
      ...{ publicKinds: [], index: true, notify: { emails: [], channels: [] }, mostReviews: 500 },
      commits: { committer: null, subjectPrefix: '', subjectSuffix: '', pushOptions: [] },
      ...{ secretsInText: 'mask', allowedSecrets: { paths: [], fingerprints: [] } },
    },
    ...{ createdAt: time, updatedAt: time, pausedAt: null, endedAt: null },
  };

  test('are added with the secret from standard input, and changed in what is given', async () => {
    answer('POST /v1/spaces', space);
    answer('GET /v1/credentials?limit=200', {
      items: [{ id: 'c1', name: 'bot' }],
      nextCursor: null,
    });
    const repository = 'https://git.example/k.git';
    const ran = await knowledge(
      [
        ...['spaces', 'add', 'sales', '--repository', repository, '--branch', 'main'],
        ...['--root', 'knowledge', '--credential', 'bot', '--webhook', 'github'],
      ],
      'the-secret\n',
    );
    expect(ran).toMatchObject({ code: 0, out: expect.stringContaining('waiting     1 save(s)') });
    expect(ran.out).toContain('! x.json: no [2J');
    expect(ran.out).not.toContain('the-secret');
    expect(asked.at(-1)?.body).toEqual({
      ...{ id: 'sales', name: 'sales', root: 'knowledge' },
      repository: { url: repository, branch: 'main', credentialId: 'c1' },
      webhook: { scheme: 'github', secrets: ['the-secret'] },
    });
    answer('PATCH /v1/spaces/sales', space);
    await knowledge(['spaces', 'set', 'sales', '--name', 'Sales', '--no-index']);
    expect(asked.at(-1)?.body).toEqual({ name: 'Sales', rules: { index: false } });
  });

  test('get rules of review from a file, whose lines are named if it is wrong', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'gitward-rules-'));
    const file = join(folder, 'rules.yml');
    await writeFile(file, 'review:\n  - name: Legal\n    paths: [documents/*]\n');
    answer('PATCH /v1/spaces/sales', space);
    await knowledge(['spaces', 'set', 'sales', '--review-rules', file]);
    expect(asked.at(-1)?.body).toEqual({
      rules: { review: [{ name: 'Legal', paths: ['documents/*'], approvals: 1, author: false }] },
    });
    await writeFile(file, 'review:\n  - name: Legal\n    path: [documents/*]\n');
    const ran = await knowledge(['spaces', 'set', 'sales', '--review-rules', file]);
    expect(ran).toMatchObject({
      code: 2,
      error: expect.stringContaining(`${file}:3: A rule has no key "path"`),
    });
    const none = await knowledge([
      'spaces',
      'set',
      'sales',
      '--review-rules',
      join(folder, 'none'),
    ]);
    expect(none).toMatchObject({ code: 2, error: expect.stringContaining('cannot be read') });
  });

  test('are listed, shown, told and ended', async () => {
    answer('GET /v1/spaces?limit=200', { items: [space], nextCursor: null });
    expect((await knowledge(['spaces', 'list'])).out).toMatch(/^ID .*\nsales +pending +1 +0 /);
    answer('GET /v1/spaces/sales', space);
    expect((await knowledge(['spaces', 'show', 'sales'])).code).toBe(0);
    for (const verb of ['pause', 'resume', 'retry', 'refresh', 'approve']) {
      answer(`POST /v1/spaces/sales/actions/${verb}`, space);
      expect((await knowledge(['spaces', verb, 'sales'])).code).toBe(0);
    }
    const heldKinds = 'a'.repeat(64);
    answer('GET /v1/spaces/sales', { ...space, heldKinds });
    expect((await knowledge(['spaces', 'show', 'sales'])).out).toContain(
      `to accept   ${heldKinds}`,
    );
    answer('POST /v1/spaces/sales/actions/accept-kinds', space);
    expect((await knowledge(['spaces', 'accept-kinds', 'sales', heldKinds])).code).toBe(0);
    expect(asked.at(-1)?.body).toEqual({ heldKinds });
    const heldRules = 'b'.repeat(64);
    answer('GET /v1/spaces/sales', { ...space, heldRules });
    expect((await knowledge(['spaces', 'show', 'sales'])).out).toContain(
      `rules to accept  ${heldRules}`,
    );
    answer('POST /v1/spaces/sales/actions/accept-rules', space);
    expect((await knowledge(['spaces', 'accept-rules', 'sales', heldRules])).code).toBe(0);
    expect(asked.at(-1)?.body).toEqual({ heldRules });
    answer('DELETE /v1/spaces/sales?force=true', null);
    expect((await knowledge(['spaces', 'end', 'sales', '--force'])).out).toBe(
      'Ended space sales.\n',
    );
  });
});

describe('rules of review', () => {
  const prices = { name: 'Prices\u001b[2J', kinds: ['skill'], approvals: 2, author: true };
  const legal = {
    ...{ name: 'Legal', paths: ['documents/*'], fields: ['body'], authors: ['role:editor'] },
    ...{ approvals: 1, approvers: ['eva@example.com', 'role:publisher'], author: false },
  };
  const everything = { name: 'All', approvals: 1, author: false };

  test('are shown with where they are from, and what waits with how to accept it', async () => {
    const rules = {
      rules: [
        { ...prices, from: 'repository' },
        { ...legal, from: 'settings' },
      ],
    };
    answer('GET /v1/spaces/sales/review-rules', { ...rules, waiting: null });
    expect((await knowledge(['rules', 'sales'])).out).toBe(
      [
        'RULE        FROM        CHANGES OF                            APPROVALS',
        'Prices [2J  repository  skill                                 2 persons; authors count, but not alone',
        'Legal       settings    documents/*; in body; by role:editor  1 of eva@example.com, role:publisher',
        '',
      ].join('\n'),
    );
    const digest = 'a'.repeat(64);
    answer('GET /v1/spaces/sales/review-rules', {
      ...rules,
      waiting: { digest, rules: [everything] },
    });
    const { out } = await knowledge(['rules', 'sales']);
    expect(out).toMatch(/\nAll +everything +1 person\n/);
    expect(out).toContain(`\n\ngitward knowledge spaces accept-rules sales ${digest}\n`);
    answer('GET /v1/spaces/sales/review-rules', { rules: [], waiting: null });
    expect((await knowledge(['rules', 'sales'])).out).toMatch(/^No rules\./);
  });
});

describe('entries', () => {
  test('are searched and shown, without characters that would control a terminal', async () => {
    answer('GET /v1/spaces/sales/entries?kind=customer&q=acme inc&limit=50', {
      items: [entry],
      nextCursor: null,
    });
    const listed = await knowledge(['entries', 'sales', '--kind', 'customer', '-q', 'acme inc']);
    expect(listed.out).toMatch(/acme +customer +Acme +pending/);
    answer(`GET ${entryUrl}`, entry);
    const shown = await knowledge(['show', 'sales', 'acme']);
    expect(shown.out).toContain('base    b1');
    expect(shown.out).toContain('\n---\nid: acme\n---\n [31mred\n');
    const hints = [{ line: 2, pointer: '/tier', message: 'Write it in quotes.' }];
    answer(`GET ${entryUrl}`, { ...entry, hints });
    expect((await knowledge(['show', 'sales', 'acme'])).out).toContain(
      '\nhint: line 2: /tier: Write it in quotes.\n',
    );
  });

  test('are edited from what they are now: fields as JSON or text, a body, a message', async () => {
    await write({ body: '# New\n' });
    answer(`GET ${entryUrl}`, entry);
    answer('GET /v1/spaces/sales', { kinds: [] });
    answer(`PUT ${entryUrl}?wait=commit`, entry);
    const ran = await knowledge([
      ...['edit', 'sales', 'acme', '--set', 'region=EMEA', '--set', 'employeeCount=12'],
      ...['--set', 'owners=["a","b"]', '--set', 'tier=null', '--set', 'note=a=b'],
      ...['--body-file', join(folder, 'body'), '-m', 'As they said', '--wait'],
    ]);
    expect(ran.code).toBe(0);
    expect(asked.at(-1)?.body).toEqual({
      base: 'b1',
      fields: { region: 'EMEA', employeeCount: 12, owners: ['a', 'b'], tier: null, note: 'a=b' },
      body: '# New\n',
      message: 'As they said',
    });
    expect((await knowledge(['edit', 'sales', 'acme'])).code).toBe(2);
    expect((await knowledge(['edit', 'sales', 'acme', '--set', 'region'])).code).toBe(2);
  });

  test('keep a text that looks like a number where the schema or the present value is one', async () => {
    const kind = { name: 'customer', titleField: 'name' };
    const properties = { version: { type: 'string' }, count: { type: 'number' } };
    answer('GET /v1/spaces/sales', { kinds: [{ ...kind, schema: { properties } }] });
    answer(`GET ${entryUrl}`, { ...entry, fields: { plan: '1.9' } });
    answer(`PUT ${entryUrl}`, entry);
    const sets = ['version=1.10', 'count=1.10', 'plan=1.10'].flatMap((set) => ['--set', set]);
    await knowledge(['edit', 'sales', 'acme', ...sets]);
    expect(asked.at(-1)?.body).toMatchObject({
      fields: { version: '1.10', count: 1.1, plan: '1.10' },
    });
    const exact = ['--set-text', 'count=12', '--set-json', 'version=[1]'];
    await knowledge(['edit', 'sales', 'acme', ...exact]);
    expect(asked.at(-1)?.body).toMatchObject({ fields: { count: '12', version: [1] } });
    const bad = await knowledge(['edit', 'sales', 'acme', '--set-json', 'version={']);
    expect(bad).toMatchObject({ code: 2, error: expect.stringContaining('is not JSON') });
  });

  test('are edited from the version that was shown, whole if need be, and from standard input', async () => {
    answer(`PUT ${entryUrl}`, entry);
    const body = await knowledge(
      ['edit', 'sales', 'acme', '--base', 'b1b1', '--body-file', '-'],
      'Typed.\n',
    );
    expect(body.code).toBe(0);
    // The entry is not asked for: what it is now could be something else than what was shown.
    expect(asked).toEqual([{ what: `PUT ${entryUrl}`, body: { base: 'b1b1', body: 'Typed.\n' } }]);
    await knowledge(['edit', 'sales', 'acme', '--base', 'b1b1', '--file', '-'], '---\nid: a\n');
    expect(asked.at(-1)?.body).toEqual({ base: 'b1b1', text: '---\nid: a\n' });
    const both = ['edit', 'sales', 'acme', '--file', '-', '--set', 'a=b'];
    expect(await knowledge(both)).toMatchObject({ code: 2 });
    answer(`DELETE ${entryUrl}?base=b1b1`, null);
    expect((await knowledge(['remove', 'sales', 'acme', '--base', 'b1b1'])).code).toBe(0);
    answer(`POST ${entryUrl}/actions/restore`, entry);
    await knowledge(['restore', 'sales', 'acme', 'abcd', '--base', 'b1b1']);
    expect(asked.at(-1)?.body).toEqual({ commit: 'abcd', base: 'b1b1' });
  });

  test('are moved to another name, or to a path', async () => {
    answer(`GET ${entryUrl}`, entry);
    answer(`POST ${entryUrl}/actions/move`, entry);
    expect((await knowledge(['move', 'sales', 'acme', 'acme-inc.md', '-m', 'Why'])).code).toBe(0);
    expect(asked.at(-1)?.body).toEqual({ base: 'b1', slug: 'acme-inc.md', message: 'Why' });
    await knowledge(['move', 'sales', 'acme', 'knowledge/customers/eu/acme.md', '--base', 'b2b2']);
    expect(asked.at(-1)?.body).toEqual({ base: 'b2b2', path: 'knowledge/customers/eu/acme.md' });
  });

  test('are added with a title in the field of their kind', async () => {
    const kind = {
      ...{ name: 'customer', titleField: 'name' },
      schema: { properties: { phone: { type: 'string' }, employeeCount: { type: 'number' } } },
    };
    answer('GET /v1/spaces/sales', { kinds: [kind] });
    answer('POST /v1/spaces/sales/entries?wait=commit', entry);
    const ran = await knowledge(
      [
        ...['add', 'sales', 'customer', '--title', 'Acme', '--slug', 'acme-inc'],
        ...['--set', 'phone=123', '--set', 'employeeCount=12', '--body-file', '-', '--wait'],
      ],
      'About them.\n',
    );
    expect(ran).toMatchObject({ code: 0, out: expect.stringContaining('entry   acme') });
    expect(asked.at(-1)?.body).toEqual({
      ...{ kind: 'customer', slug: 'acme-inc', body: 'About them.\n' },
      fields: { name: 'Acme', phone: '123', employeeCount: 12 },
    });
  });

  test('are refused in the words of the command', async () => {
    answers.set('GET /v1/spaces/sales/entries?limit=200', [
      {
        status: 400,
        body: {
          ...{
            code: 'invalid_request',
            detail: 'The querystring is not valid: /limit must be <= 200.',
          },
          errors: [{ pointer: '/limit', message: 'must be <= 200' }],
        },
      },
    ]);
    expect(await knowledge(['entries', 'sales', '--limit', '500'])).toMatchObject({
      code: 1,
      error: 'gitward: --limit must be <= 200. (invalid_request)\n',
    });
    answer('GET /v1/spaces/sales', { kinds: [] });
    answers.set('POST /v1/spaces/sales/entries', [
      {
        status: 422,
        body: {
          ...{ code: 'invalid_request', detail: '/fields/id: is not an id' },
          errors: [
            { pointer: '/fields/id', message: 'is not an id' },
            { pointer: '/slug', message: 'must not be empty' },
            { pointer: '/kind', message: 'is missing' },
          ],
        },
      },
    ]);
    const ran = await knowledge(['add', 'sales', 'customer', '--set', 'id=~']);
    expect(ran.error).toBe(
      [
        'gitward: The command line is not right:',
        '  --set id is not an id',
        '  --slug must not be empty',
        '  <kind> is missing (invalid_request)',
        '',
      ].join('\n'),
    );
  });

  test('that somebody else saved meanwhile are shown from both sides, with what to do', async () => {
    answer(`GET ${entryUrl}`, entry);
    answers.set(`PUT ${entryUrl}`, [
      {
        status: 409,
        body: {
          ...{ code: 'base_stale', detail: 'acme was changed by Jan meanwhile.' },
          ...{ theirs: 'region: LATAM\n', yours: 'region: APAC\n' },
        },
      },
    ]);
    const ran = await knowledge(['edit', 'sales', 'acme', '--set', 'region=APAC']);
    expect(ran.code).toBe(1);
    expect(ran.out).toContain('As it is now:\nregion: LATAM\n');
    expect(ran.out).toContain('What you wanted to save:\nregion: APAC\n');
    expect(ran.out).toContain('run the command again');
    answers
      .get(`PUT ${entryUrl}`)
      ?.forEach(({ body }) => Object.assign(body as object, { blob: 'b2' }));
    const named = ['edit', 'sales', 'acme', '--set', 'region=APAC', '--base', 'b1b1'];
    expect(await knowledge(named)).toMatchObject({
      code: 1,
      out: expect.stringContaining('run the command again with --base b2:'),
    });
  });

  test('are removed and restored', async () => {
    answer(`GET ${entryUrl}`, entry);
    answer(`DELETE ${entryUrl}?base=b1&wait=commit`, null);
    expect((await knowledge(['remove', 'sales', 'acme', '--wait'])).out).toBe('Removed acme.\n');
    answer(`POST ${entryUrl}/actions/restore`, { ...entry, blob: 'b2' });
    const restored = await knowledge(['restore', 'sales', 'acme', 'abc123']);
    expect(restored.out).toContain('b2');
    expect(asked.at(-1)?.body).toEqual({ commit: 'abc123', base: 'b1' });
    answers.delete(`GET ${entryUrl}`);
    await knowledge(['restore', 'sales', 'acme', 'abc123']);
    expect(asked.at(-1)?.body).toEqual({ commit: 'abc123' });
  });
});

describe('conflicts', () => {
  const conflict: Answer<'GET /v1/spaces/:space/conflicts/:conflict'> = {
    ...{ id: 'k1', entryId: 'acme', kind: 'customer', path: 'knowledge/customers/acme.md' },
    cause: 'clash',
    createdAt: time,
    mine: { by: 'Eva', at: time },
    git: { by: 'Jan', at: time, commit: 'abc' },
    settled: null,
    blob: 'b1',
    parts: [
      {
        ...{ id: 'field:/region', what: 'field', pointer: '/region' },
        ...{ base: 'EMEA', git: 'LATAM', mine: 'APAC\nand more' },
      },
    ],
    texts: { base: null, git: null, mine: null },
  };
  const list = '/v1/spaces/sales/conflicts';

  test('are listed, looked at and settled, one or all', async () => {
    answer(`GET ${list}?limit=200`, { items: [conflict], nextCursor: null });
    expect((await knowledge(['conflicts', 'sales'])).out).toMatch(/\nk1 +clash +acme +customer/);
    answer(`GET ${list}/k1`, conflict);
    const shown = (await knowledge(['conflicts', 'sales', 'k1'])).out;
    expect(shown).toContain('field:/region\n  before  EMEA\n  git     LATAM\n  mine    APAC\n');
    answer(`POST ${list}/k1/actions/settle`, conflict);
    expect((await knowledge(['conflicts', 'sales', 'k1', '--take', 'mine'])).out).toBe(
      'Settled k1.\n',
    );
    expect(asked.at(-1)?.body).toEqual({ take: 'mine' });
    answer(`POST ${list}/actions/settle`, {
      results: [
        { id: 'k1', outcome: 'settled', detail: null },
        { id: 'k2', outcome: 'refused', detail: 'It moved.' },
      ],
    });
    expect(await knowledge(['conflicts', 'sales', '--all', '--take', 'git'])).toMatchObject({
      code: 1,
      out: 'Settled k1.\nk2: It moved.\n',
    });
    expect(asked.at(-1)?.body).toEqual({ ids: ['k1'], take: 'git' });
  });

  test('are settled part by part: a side, a new value, and a side for all others', async () => {
    const parts = [
      ...conflict.parts,
      { ...conflict.parts[0]!, ...{ id: 'field:/a=b', pointer: '/a=b' } },
      { ...conflict.parts[0]!, ...{ id: 'field:/plan', pointer: '/plan' } },
      {
        id: 'body:1',
        what: 'paragraph',
        pointer: '',
        base: 'A.\n\n',
        git: 'B.\n\n',
        mine: 'C.\n\n',
      },
    ];
    answer(`GET ${list}/k1`, { ...conflict, parts });
    answer(`POST ${list}/k1/actions/settle`, conflict);
    const settle = ['conflicts', 'sales', 'k1'];
    const ran = await knowledge(
      [
        ...[...settle, '--take', 'mine', '--part', 'field:/region=git'],
        ...['--value', 'field:/a=b=1.10', '--value-file', 'body:1=-'],
      ],
      'Both.\n',
    );
    expect(ran).toMatchObject({ code: 0, out: 'Settled k1.\n' });
    expect(asked.at(-1)?.body).toEqual({
      parts: {
        'field:/region': 'git',
        'field:/a=b': { value: '1.10' },
        'field:/plan': 'mine',
        'body:1': { value: 'Both.\n\n' },
      },
      blob: 'b1',
    });
    await knowledge([...settle, '--file', '-'], '---\nid: acme\n---\n');
    expect(asked.at(-1)?.body).toEqual({ text: '---\nid: acme\n---\n' });

    asked.length = 0;
    for (const [options, message] of [
      [['--part', 'field:/region=git'], "Choose for field:/a=b too (--part 'field:/a=b=git')"],
      [['--part', 'field:/none=git'], 'Its parts are field:/region, field:/a=b,'],
      [['--part', 'field:/region=theirs'], 'takes neither git nor mine'],
      [['--part', 'field:/plan=git', '--value', 'field:/plan=1'], 'two choices for field:/plan'],
      [['--file', '-', '--take', 'git'], '--file is the whole text'],
    ] as const)
      expect(await knowledge([...settle, ...options])).toMatchObject({
        code: 2,
        error: expect.stringContaining(message),
      });
    expect(await knowledge(['conflicts', 'sales', '--part', 'a=git'])).toMatchObject({ code: 2 });
    expect(asked.filter(({ what }) => what.startsWith('POST'))).toEqual([]);
  });

  test.each([[['--all']], [['--take', 'git']], [['k1', '--all', '--take', 'git']]])(
    'are not settled by guessing: %j',
    async (options) => {
      expect((await knowledge(['conflicts', 'sales', ...options])).code).toBe(2);
      expect(asked).toEqual([]);
    },
  );
});

describe('history', () => {
  const version: Item<'GET /v1/spaces/:space/entries/:entry/versions'> = {
    ...{ commit: 'a'.repeat(40), at: time, author: { name: 'Eva', email: 'eva@example.com' } },
    via: 'api',
    ...{ subject: 'Change the region', path: 'p', previousPath: null, blob: 'b1', removed: false },
  };

  test('of a space, of an entry, and what changed', async () => {
    const one = { ...version, entryId: 'acme', kind: 'customer' };
    answer('GET /v1/spaces/sales/changes?kind=customer&limit=20', {
      items: [one],
      nextCursor: null,
    });
    expect((await knowledge(['log', 'sales', '--kind', 'customer'])).out).toMatch(
      /\na{12} +2026.* Eva +api +customer +acme +Change the region/,
    );
    const log = {
      ...{ at: time, direction: 'to_git', outcome: 'committed' },
      ...{ actor: null, message: 'It was committed.' },
    };
    answer(`GET ${entryUrl}/sync-logs?limit=20`, { items: [log], nextCursor: null });
    answer(`GET ${entryUrl}/versions?limit=20`, { items: [version], nextCursor: null });
    const both = (await knowledge(['log', 'sales', 'acme'])).out;
    expect(both).toMatch(/to git +committed +- +It was committed/);
    expect(both).toContain('Change the region');
    expect((await knowledge(['history', 'sales', 'acme'])).out).toMatch(
      /\na{12} +2026.* Eva +api +Change the region/,
    );
    answer(`GET ${entryUrl}/blame?at=aaaa`, {
      ...{ commit: version.commit, path: 'p', waiting: true },
      lines: [
        { line: 1, commit: 'b'.repeat(40), author: version.author, at: time, text: '# \u001b[31m' },
      ],
    });
    expect((await knowledge(['blame', 'sales', 'acme', '--at', 'aaaa'])).out).toBe(
      `p in ${'a'.repeat(12)}\n\n${'b'.repeat(12)}  Eva  2026-03-01  1) #  [31m\n\n` +
        'There are saves that are not in Git yet: these lines do not have them.\n',
    );
    answer(`GET ${entryUrl}?at=1m`, entry);
    expect((await knowledge(['show', 'sales', 'acme', '--at', '1m'])).code).toBe(0);
    answer(`GET ${entryUrl}/diff?from=6m&to=1w`, {
      fields: [{ field: 'region', from: 'EMEA' }],
      body: '@@ -1 +1 @@\n-a\n+b\n',
    });
    expect((await knowledge(['diff', 'sales', 'acme', '--from', '6m', '--to', '1w'])).out).toBe(
      'region: "EMEA" → (not there)\n\n@@ -1 +1 @@\n-a\n+b\n',
    );
    expect((await knowledge(['diff', 'sales', 'acme'])).code).toBe(2);
  });
});

describe('an entry with includes', () => {
  const url = `${entryUrl}/rendered`;

  test('is printed with the texts that it includes', async () => {
    const from = { space: 'sales', id: 'acme', kind: 'customer', blob: 'b1', commit: null };
    const rendered: Answer<'GET /v1/spaces/:space/entries/:entry/rendered'> = {
      ...{ ...from, body: 'One\n\u001b[31mtwo\n', includes: [{ ...from, id: 'two' }] },
    };
    answer(`GET ${url}`, rendered);
    const ran = await knowledge(['render', 'sales', 'acme']);
    expect(ran).toEqual({ code: 0, out: 'One\n [31mtwo\n', error: '' });
    const { out } = await knowledge(['render', 'sales', 'acme', '--json']);
    expect(JSON.parse(out)).toEqual(rendered);
  });

  test('says what is broken', async () => {
    const detail = 'Entry acme of space sales cannot be rendered. line 5, {{> x}}: None.';
    answers.set(`GET ${url}`, [{ status: 422, body: { code: 'includes_broken', detail } }]);
    const { code, out, error } = await knowledge(['render', 'sales', 'acme']);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(error).toContain('line 5, {{> x}}: None.');
  });
});
