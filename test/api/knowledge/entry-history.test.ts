import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readBranchCopy } from '../../../api/knowledge/history/read-branch-copy.ts';
import { insertCommits, type IndexedVersion } from '../../../db/knowledge/history/space-commits.ts';
import { findSpace } from '../../../db/knowledge/spaces.ts';
import { jsonb } from '../../../db/storable.ts';
import { recordSyncLog } from '../../../db/knowledge/sync-logs.ts';
import { createGitClones } from '../../../git/clones/clones.ts';
import { createGitTextTools } from '../../../git/clones/text-tools.ts';
import { textBlobId } from '../../../knowledge/entries/blob-id.ts';
import { createAddressPolicy } from '../../../network/address-policy.ts';
import type { GitRepository } from '../../support/git-repository.ts';
import { GitServer } from '../../../examples/git-server/git-server.ts';
import { apiUnderTest } from '../api-under-test.ts';

const server = await GitServer.start({ credential: null });
const directory = await mkdtemp(join(tmpdir(), 'history-'));
const clones = await createGitClones({
  cacheDirectory: join(directory, 'clones'),
  policy: createAddressPolicy({ allowPrivateNetwork: true, allowFileRepositories: false }),
});
const texts = createGitTextTools({ directory: join(directory, 'texts') });
const api = await apiUnderTest({ clones, texts });
const { db } = api;

afterAll(async () => {
  await clones.close();
  await server.close();
  await rm(directory, { recursive: true, force: true });
});

const day = 24 * 60 * 60;
const now = Math.floor(Date.now() / 1000);
const acme = '/v1/spaces/sales/entries/acme';
const path = 'knowledge/customers/acme.md';
const moved = 'knowledge/customers/acme-inc.md';
const skill = 'knowledge/skills/sql.md';

function customer(region: string, body: string): string {
  return `---\nid: acme\nname: Acme\nregion: ${region}\n---\n${body}`;
}

const first = customer('EMEA', 'One.\n');
const second = customer('APAC', 'One.\nTwo.\n');
const skillText = '---\nid: sql\ntitle: SQL\n---\nSelect.\n';
const shas: string[] = [];
let repository: GitRepository;

/** Commits and indexes, as a sync would. */
async function push(
  files: Record<string, string | null>,
  daysAgo: number,
  versions: Omit<IndexedVersion, 'position'>[],
  message: string,
): Promise<void> {
  const at = now - daysAgo * day;
  const sha = await repository.commit({
    files,
    message,
    at,
    author: { name: 'Eva', email: 'eva@example.com' },
  });
  shas.push(sha);
  const position = shas.length;
  const when = new Date(at * 1000);
  await db.transaction().execute((trx) =>
    insertCommits(
      trx,
      'sales',
      [
        {
          position,
          sha,
          author: { name: 'Eva', email: 'eva@example.com' },
          authoredAt: when,
          effectiveAt: when,
          subject: message,
          via: 'push',
        },
      ],
      versions.map((version) => ({ position, ...version })),
    ),
  );
}

function version(text: string | null, at = path, previousPath: string | null = null) {
  const blobId = text === null ? null : textBlobId(text);
  return { entryId: 'acme', kind: 'customer', path: at, previousPath, blobId };
}

async function setHead(text: string | null, waiting: boolean): Promise<void> {
  await db.deleteFrom('entries').where('id', '=', 'acme').execute();
  if (text === null) return;
  await db
    .insertInto('entries')
    .values({
      spaceId: 'sales',
      id: 'acme',
      kind: 'customer',
      path: moved,
      declaredId: 'acme',
      title: 'Acme',
      fields: jsonb({ id: 'acme' }),
      problems: '[]',
      headBlob: textBlobId(text),
      headText: text,
      commitSha: shas[2] ?? null,
      waiting,
      updatedAt: new Date(),
    })
    .execute();
}

beforeAll(async () => {
  repository = await server.createRepository('sales');
  await db
    .insertInto('spaces')
    .values({
      id: 'sales',
      name: 'Sales',
      repositoryUrl: server.url('sales'),
      repositoryBranch: 'main',
      root: 'knowledge',
      rules: jsonb({ publicKinds: ['customer'], index: false, notify: { emails: [] } }),
    })
    .execute();
  await push({ [path]: first }, 400, [version(first)], 'Add Acme');
  await push(
    { [path]: second, [skill]: skillText },
    100,
    [
      version(second),
      {
        entryId: 'sql',
        kind: 'skill',
        path: skill,
        previousPath: null,
        blobId: textBlobId(skillText),
      },
    ],
    'Acme moves to APAC',
  );
  await push(
    { [path]: null, [moved]: second },
    10,
    [version(second, moved, path)],
    'Rename the file',
  );
  await setHead(second, false);
});

const skills = [{ space: 'sales', kinds: ['skill'], role: 'editor' as const }];

describe('versions', () => {
  test('come newest first, across a rename, one page at a time', async () => {
    const { status, body } = await api.call('GET', `${acme}/versions?limit=2`);
    expect(status).toBe(200);
    expect(body.items).toEqual([
      {
        commit: shas[2],
        at: new Date((now - 10 * day) * 1000).toISOString(),
        author: { name: 'Eva', email: 'eva@example.com' },
        via: 'push',
        subject: 'Rename the file',
        path: moved,
        previousPath: path,
        blob: textBlobId(second),
        removed: false,
      },
      expect.objectContaining({ commit: shas[1], path }),
    ]);
    const next = await api.call('GET', `${acme}/versions?limit=2&cursor=${body.nextCursor}`);
    expect(next.body).toMatchObject({ items: [{ commit: shas[0] }], nextCursor: null });
  });

  test('are a 404 for an unknown entry, or for a kind that the caller may not read', async () => {
    const reader = await api.token({ role: 'editor', spaces: skills });
    for (const [url, token] of [
      ['/v1/spaces/sales/entries/nobody/versions', undefined],
      ['/v1/spaces/sales/entries/a%00b/versions', undefined],
      [`${acme}/versions`, reader],
      [`${acme}/diff?from=1y`, reader],
      [`${acme}/blame`, reader],
      [`${acme}/sync-logs`, reader],
    ] as const)
      expect((await api.call('GET', url, undefined, token)).body, url).toMatchObject({
        code: 'entry_not_found',
      });
    const restore = await api.call('POST', `${acme}/actions/restore`, { commit: shas[0] }, reader);
    expect(restore.status).toBe(404);
    const sql = await api.call('GET', '/v1/spaces/sales/entries/sql/versions', undefined, reader);
    expect(sql.body.items).toHaveLength(1);
  });
});

describe('a diff', () => {
  test('from half a year ago to now shows the fields and the body', async () => {
    const { body } = await api.call('GET', `${acme}/diff?from=6m`);
    expect(body).toEqual({
      from: expect.objectContaining({ commit: shas[0], path, blob: textBlobId(first) }),
      to: expect.objectContaining({ commit: shas[2], path: moved, blob: textBlobId(second) }),
      fields: [{ field: 'region', from: 'EMEA', to: 'APAC' }],
      body: '@@ -1 +1,2 @@\n One.\n+Two.\n',
    });
  });

  test('can be between commits or dates, even before the entry existed', async () => {
    const between = await api.call('GET', `${acme}/diff?from=${shas[1]}&to=${shas[2]}`);
    expect(between.body).toMatchObject({ fields: [], body: '' });
    const early = await api.call('GET', `${acme}/diff?from=2001-01-31&to=1y`);
    expect(early.body).toMatchObject({
      from: null,
      to: { commit: shas[0] },
      fields: [{ field: 'id', to: 'acme' }, { field: 'name' }, { field: 'region', to: 'EMEA' }],
    });
    expect(early.body.fields[0]).not.toHaveProperty('from');
  });

  test('includes a waiting save', async () => {
    const third = customer('AMER', 'One.\nTwo.\n');
    await setHead(third, true);
    const { body } = await api.call('GET', `${acme}/diff?from=1w`);
    expect(body).toMatchObject({
      to: { commit: null, blob: textBlobId(third) },
      fields: [{ field: 'region', from: 'APAC', to: 'AMER' }],
    });
    await setHead(second, false);
  });

  test('is refused for a time that it does not understand, and for an unknown version', async () => {
    for (const from of ['yesterday', '2026-13-40', '1x', 'HEAD', '2026-01-31 10:00'])
      expect((await api.call('GET', `${acme}/diff?from=${from}`)).body).toMatchObject({
        status: 422,
        errors: [{ pointer: '/from' }],
      });
    const unknown = await api.call('GET', `${acme}/diff?from=${'1'.repeat(40)}`);
    expect(unknown.body).toMatchObject({ status: 404, code: 'version_not_found' });
  });

  test('is refused while the branch is still being fetched', async () => {
    const never: typeof clones.withClone = () => new Promise(() => undefined);
    const space = await findSpace(db, 'sales');
    const deps = { db, sealer: api.sealer, clones: { ...clones, withClone: never } };
    await expect(
      readBranchCopy(deps, space!, shas[0]!, () => Promise.resolve(), { wait: 20 }),
    ).rejects.toMatchObject({ status: 503, code: 'timed_out', retryAfter: 60 });
  });

  test('works while the repository is unreachable', async () => {
    await api.call('GET', `${acme}/diff?from=6m`);
    await server.goAway();
    expect((await api.call('GET', `${acme}/diff?from=6m`)).status).toBe(200);
    await server.comeBack();
  });
});

describe('a commit', () => {
  const namesake = (digit: string) => `abcde${digit}${'0'.repeat(34)}`;
  const early = () => shas.map((sha) => sha.slice(0, 12));

  test('can be named by its first digits wherever one is asked for', async () => {
    const [one, , three] = early();
    const diff = await api.call('GET', `${acme}/diff?from=${one}&to=${three?.toUpperCase()}`);
    expect(diff.body).toMatchObject({ from: { commit: shas[0] }, to: { commit: shas[2] } });
    for (const query of [`at=${one}`, `ref=${one}`])
      expect((await api.call('GET', `${acme}?${query}`)).body).toMatchObject({ text: first });
    const blame = await api.call('GET', `${acme}/blame?at=${one}`);
    expect(blame.body).toMatchObject({ commit: shas[0], path, lines: { length: 6 } });
  });

  test('that is ambiguous, unknown or too short is an error that says so', async () => {
    const commit = { author: { name: 'Eva', email: 'eva@example.com' }, subject: '', via: 'push' };
    const when = new Date(0);
    await db.transaction().execute((trx) =>
      insertCommits(
        trx,
        'sales',
        ['1', '2'].map((digit, index) => ({
          ...{ ...commit, via: 'push' as const, position: 101 + index, sha: namesake(digit) },
          ...{ authoredAt: when, effectiveAt: when },
        })),
        [],
      ),
    );
    const told = async (digits: string): Promise<unknown> =>
      (await api.call('POST', `${acme}/actions/restore`, { commit: digits })).body;
    expect(await told('abcde')).toMatchObject({
      status: 422,
      errors: [{ pointer: '/commit', message: expect.stringContaining('several commits') }],
    });
    expect(await told('abcd' + 'f'.repeat(20))).toMatchObject({ code: 'version_not_found' });
    for (const short of ['abc', 'HEAD', 'abcd\0', "abcd' --"])
      expect(await told(short)).toMatchObject({ status: 422, errors: [{ pointer: '/commit' }] });
    // Who may read only some kinds does not learn which other commits there are.
    const reader = await api.token({ role: 'editor', spaces: skills });
    const sql = '/v1/spaces/sales/entries/sql/diff';
    const hidden = await api.call('GET', `${sql}?from=abcde`, undefined, reader);
    expect(hidden.body).toMatchObject({ code: 'version_not_found' });
    expect((await api.call('GET', `${sql}?from=${early()[1]}`, undefined, reader)).status).toBe(
      200,
    );
    await db.deleteFrom('spaceCommits').where('position', '>', 100).execute();
  });

  test('of three digits and a `d` is a number of days', async () => {
    expect((await api.call('GET', `${acme}/diff?from=300d`)).body).toMatchObject({
      from: { commit: shas[0] },
    });
  });
});

test('blame names the commit of each line, across a rename', async () => {
  const { body } = await api.call('GET', `${acme}/blame`);
  expect(body).toMatchObject({ commit: shas[2], path: moved, waiting: false });
  const lines = body.lines as unknown[];
  expect(lines.at(-1)).toEqual({
    line: 7,
    commit: shas[1],
    author: { name: 'Eva', email: 'eva@example.com' },
    at: new Date((now - 100 * day) * 1000).toISOString(),
    text: 'Two.',
  });
});

test('sync logs come newest first, one page at a time', async () => {
  const note = { direction: 'from_git', outcome: 'read', actor: 'Eva', commitSha: null } as const;
  await recordSyncLog(db, 'sales', [
    { ...note, entryId: 'acme', message: 'one' },
    { ...note, entryId: 'acme', message: 'two' },
    { ...note, entryId: 'sql', message: 'other' },
    { ...note, entryId: null, message: 'all' },
  ]);
  const { body } = await api.call('GET', `${acme}/sync-logs?limit=1`);
  expect(body.items).toMatchObject([{ message: 'two', actor: 'Eva', direction: 'from_git' }]);
  const next = await api.call('GET', `${acme}/sync-logs?limit=1&cursor=${body.nextCursor}`);
  expect(next.body).toMatchObject({ items: [{ message: 'one' }], nextCursor: null });
});

test("a space's changes are those of the kinds that the caller may read", async () => {
  const url = '/v1/spaces/sales/changes';
  const all = await api.call('GET', url);
  const items = all.body.items as { entryId: string }[];
  expect(items.map(({ entryId }) => entryId)).toEqual(['acme', 'acme', 'sql', 'acme']);
  const page = await api.call('GET', `${url}?limit=2`);
  const rest = await api.call('GET', `${url}?limit=2&cursor=${page.body.nextCursor}`);
  expect([...page.body.items, ...rest.body.items]).toEqual(all.body.items);
  const reader = await api.token({ role: 'editor', spaces: skills });
  const own = await api.call('GET', url, undefined, reader);
  expect(own.body.items).toMatchObject([{ entryId: 'sql', kind: 'skill', commit: shas[1] }]);
  const refused = await api.call('GET', `${url}?kind=customer`, undefined, reader);
  expect(refused.body.items).toEqual([]);
  expect((await api.call('GET', `${url}?kind=skill`)).body.items).toHaveLength(1);
});

describe('a restore', () => {
  const restore = (body: object) => api.call('POST', `${acme}/actions/restore`, body);

  test('saves the old text at the current path', async () => {
    api.told.length = 0;
    const { status, body } = await restore({ commit: shas[0], base: textBlobId(second) });
    expect(status).toBe(200);
    expect(body).toMatchObject({ id: 'acme', path: moved, text: first, commit: null });
    const saves = await db.selectFrom('saves').selectAll().execute();
    expect(saves).toMatchObject([
      { action: 'restore', via: 'api', text: first, path: moved, state: 'waiting' },
    ]);
    expect(saves[0]?.message).toBe(`Restore Acme as of ${shas[0]?.slice(0, 12)}`);
    expect(api.told).toEqual(['doorbell space/sales']);
    const audit = await db
      .selectFrom('auditLog')
      .select('action')
      .where('target', '=', 'space/sales/acme')
      .execute();
    expect(audit).toEqual([{ action: 'entry.restore' }]);
  });

  test('saves nothing if the text is the current one', async () => {
    const { status } = await restore({ commit: shas[0], base: textBlobId(first) });
    expect(status).toBe(200);
    expect(await db.selectFrom('saves').selectAll().execute()).toHaveLength(1);
  });

  test('has the line ends of the file as it is now, unless they are all that differs', async () => {
    const latest = async () =>
      (await db.selectFrom('saves').select('text').orderBy('sequence', 'desc').execute())[0]?.text;
    const converted = second.replaceAll('\n', '\r\n');
    await setHead(converted, false);
    await restore({ commit: shas[0], base: textBlobId(converted) });
    expect(await latest()).toBe(first.replaceAll('\n', '\r\n'));
    await setHead(converted, false);
    await restore({ commit: shas[1], base: textBlobId(converted) });
    expect(await latest()).toBe(second);
    await setHead(first, true);
  });

  test('that others have to approve is a review, and no save', async () => {
    const rule = { name: 'Customers', kinds: ['customer'], approvals: 1, author: false };
    const set = (rules: object[]) =>
      db
        .updateTable('spaces')
        .set({ reviewRules: jsonb(rules) })
        .execute();
    const saves = () => db.selectFrom('saves').select('id').execute();
    const before = await saves();
    await set([rule]);
    const { status, body, headers } = await restore({ commit: shas[1], base: textBlobId(first) });
    await set([]);
    expect([status, body.review.state]).toEqual([202, 'opening']);
    expect(headers.location).toBe('/v1/spaces/sales/reviews/1');
    const review = await api.call('GET', '/v1/spaces/sales/reviews/1');
    expect(review.body.items).toMatchObject([{ entry: 'acme', action: 'restore', path: moved }]);
    expect(await saves()).toEqual(before);
  });

  test('is a 409 from a stale base, and a 404 for an unknown version', async () => {
    const stale = await restore({ commit: shas[1], base: textBlobId('other') });
    expect(stale.body).toMatchObject({ status: 409, code: 'base_stale' });
    expect((await restore({ commit: shas[1] })).status).toBe(409);
    const unknown = await restore({ commit: '1'.repeat(40), base: textBlobId(first) });
    expect(unknown.body).toMatchObject({ status: 404, code: 'version_not_found' });
  });

  test('puts a removed entry back at its last path; a removal itself cannot be restored', async () => {
    await push({ [moved]: null }, 1, [version(null, moved)], 'Remove Acme');
    await setHead(null, false);
    const versions = await api.call('GET', `${acme}/versions?limit=1`);
    expect(versions.body.items).toMatchObject([{ removed: true, blob: null, commit: shas[3] }]);
    expect((await api.call('GET', `${acme}/diff?from=1w`)).body).toMatchObject({ to: null });
    expect((await api.call('GET', `${acme}/blame`)).status).toBe(404);
    expect((await restore({ commit: shas[3] })).body).toMatchObject({ code: 'version_not_found' });
    const { status, body } = await restore({ commit: shas[1] });
    expect(status).toBe(200);
    expect(body).toMatchObject({ id: 'acme', path: moved, text: second });
  });
});
