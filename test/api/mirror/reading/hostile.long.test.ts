import { beforeAll, describe, expect, test } from 'vitest';
import { config, project } from '../../../platforms/keboola/platform-project.ts';
import { commitTree, treeBomb, writeBlob, writeTree } from '../../../support/hostile-trees.ts';
import { readingUnderTest, type MirrorUnderTest } from './reading-under-test.ts';

/*
 * Whoever can push to the repository decides what is read. Nothing that they push is followed, nothing is loaded
 * beyond a limit, and every answer says what was left out.
 */
const { mirror } = await readingUnderTest();
const one = project([config('1', 'Orders')]);

/** Pushes a tree in place of `mirror/<folder>`, as what the mirror delivered last. */
async function pushTree(of: MirrorUnderTest, tree: string, folder: string): Promise<string> {
  const sha = await commitTree(of.repository, tree, `mirror/${folder}`);
  await of.noteDelivered(sha);
  return sha;
}

/** Commits with `git fast-import`, which writes whatever it is told. */
async function importFiles(of: MirrorUnderTest, lines: string): Promise<string> {
  const head =
    'commit refs/heads/main\ncommitter Mallory <m@example.com> 1800000000 +0000\ndata 1\nx\n';
  await of.repository.git(
    ['fast-import', '--quiet', '--done', '--force'],
    Buffer.from(`${head}from refs/heads/main^0\n${lines}done\n`, 'latin1'),
  );
  const sha = (await of.repository.tip())!;
  await of.noteDelivered(sha);
  return sha;
}

describe('links', () => {
  let links: MirrorUnderTest;
  let first: string;
  let sha: string;

  beforeAll(async () => {
    links = await mirror('links');
    first = await links.deliver(one, { 'configs/secret.txt': 'inside' });
    await links.repository.commit({ files: { 'outside.txt': 'of somebody else' } });
    sha = await importFiles(
      links,
      'M 120000 inline mirror/configs/link\ndata 17\n../../outside.txt\n' +
        'M 120000 inline mirror/configs/.keboola/manifest.json\ndata 14\n../secret.txt\n\n' +
        'M 120000 inline mirror/storage\ndata 2\n..\n' +
        `M 160000 ${first} mirror/configs/sub\n`,
    );
  });

  test('are listed as what they are, and never followed', async () => {
    const { body } = await links.get('tree?path=configs');
    expect(body.items).toContainEqual({
      ...{ name: 'link', path: 'configs/link', type: 'symlink', size: null },
    });
    expect(body.items).toContainEqual({
      ...{ name: 'sub', path: 'configs/sub', type: 'submodule', size: null },
    });
    for (const path of ['configs/link', 'configs/sub', 'storage'])
      expect(await links.get(`file?path=${path}`)).toMatchObject({
        ...{
          status: 422,
          body: { code: 'not_a_file', detail: expect.stringContaining('not followed') },
        },
      });
    for (const path of ['configs/sub/configs', 'storage/outside.txt', 'configs/link/x'])
      expect((await links.get(`file?path=${path}`)).status, path).toBe(404);
    expect((await links.get('tree?path=storage')).body.code).toBe('not_a_file');
  });

  test('are no texts in a commit, and no index of objects', async () => {
    const { body, text } = await links.get(`commits/${sha}`);
    expect(text).not.toContain('of somebody else');
    const files = (body.items as { files: { path: string; after: object | null }[] }[]).flatMap(
      (item) => item.files,
    );
    expect(files.find(({ path }) => path === 'configs/link')?.after).toMatchObject({
      ...{ text: null, omitted: 'symlink' },
    });
    expect(files.find(({ path }) => path === 'configs/sub')?.after).toMatchObject({
      ...{ text: null, omitted: 'submodule' },
    });
    for (const route of ['lineage?table=in.c-a.b', 'search?text=orders'])
      expect((await links.get(route)).status, route).toBeLessThan(500);
  });
});

describe('names', () => {
  test('that are not UTF-8, or odd, are shown and can be asked for if they are UTF-8', async () => {
    const names = await mirror('names');
    await names.deliver(one);
    const utf8 = (text: string) => Buffer.from(text).toString('latin1');
    const odd = ['a b', 'čau', '-rf', ':(top)', '*', 'tab\\tname', "quote'", 'new\\nline'];
    await importFiles(
      names,
      odd.map((name) => `M 100644 inline ${utf8(`"mirror/jobs/${name}"`)}\ndata 1\nx\n`).join('') +
        'M 100644 inline "mirror/jobs/\\377\\376"\ndata 1\nx\n',
    );
    const { body } = await names.get('tree?path=jobs');
    const items = body.items as { name: string; path: string | null }[];
    expect(items).toHaveLength(odd.length + 1);
    expect(items.filter(({ path }) => path === null)).toEqual([
      expect.objectContaining({ name: '\ufffd\ufffd', type: 'file' }),
    ]);
    for (const { path } of items.filter((item) => item.path !== null))
      expect((await names.get(`file?path=${encodeURIComponent(path!)}`)).body, path!).toMatchObject(
        {
          ...{ path, content: 'x' },
        },
      );
    const pages: string[] = [];
    for (let cursor = ''; ;) {
      const page = await names.get(`tree?path=jobs&limit=2${cursor}`);
      pages.push(...(page.body.items as typeof items).map(({ name }) => name));
      if (page.body.nextCursor === null) break;
      cursor = `&cursor=${page.body.nextCursor as string}`;
    }
    expect(pages).toEqual(items.map(({ name }) => name));
    const sha = (await names.get('tree')).body.commit as string;
    expect((await names.get(`commits/${sha}`)).status).toBe(200);
  });
});

describe('trees that are made to be large', () => {
  test('a folder with very many entries is refused with its size', async () => {
    const wide = await mirror('wide');
    await wide.deliver(one);
    const id = await writeBlob(wide.repository, 'x');
    const entries = Array.from({ length: 120_000 }, (_, at) => ({ name: `run-${at}.json`, id }));
    await pushTree(wide, await writeTree(wide.repository, entries), 'jobs');
    expect(await wide.get('tree?path=jobs')).toMatchObject({
      ...{ status: 422, body: { code: 'too_many_files', detail: expect.stringMatching(/bytes/) } },
    });
    expect((await wide.get('tree')).status).toBe(200);
  });

  test('10⁸ files in a few kilobytes are refused where they would be read', async () => {
    const bombed = await mirror('bombed');
    await bombed.deliver(one);
    const bomb = await treeBomb(bombed.repository, { levels: 8, width: 10 });
    for (const [folder, route] of [
      ['jobs', null],
      ['ai/catalog', 'search?text=a'],
      ['storage/lineage', 'lineage?table=in.c-a.b'],
    ] as const) {
      const sha = await pushTree(bombed, bomb, folder);
      const commit = await bombed.get(`commits/${sha}`);
      expect(commit.status, folder).toBe(422);
      expect(['too_many_files', 'repository_too_large']).toContain(commit.body.code);
      expect((await bombed.get(`tree?path=${folder}/f1/f1`)).status, folder).toBe(200);
      if (route !== null) expect((await bombed.get(route)).body.code, route).toBe('too_many_files');
    }
    const versions = 'objects/versions?component=ex-generic-v2&configuration=1';
    expect((await bombed.get(versions)).status).toBe(200);
  });
});

describe('contents', () => {
  test('of the files that say where objects are may be anything', async () => {
    const liar = await mirror('liar');
    await liar.deliver(one);
    const lies = JSON.stringify({
      branches: [{ id: 1000, path: '../..' }],
      configurations: [
        { branchId: 1000, componentId: 'ex', id: '1', path: '../../outside', rows: [null, 7] },
        { branchId: 1000, componentId: '__proto__', id: 'constructor', path: 'x' },
      ],
    });
    const catalog = JSON.stringify({
      componentId: 'ex',
      configurations: [
        { id: '1', name: 'x', path: '../../outside' },
        { id: '2', path: '../outside' },
      ],
    });
    const sha = await liar.deliver(one, {
      'configs/.keboola/manifest.json': lies,
      'ai/catalog/ex.json': catalog,
      'storage/lineage/in.c-a.json': '['.repeat(100_000),
    });
    expect((await liar.get(`commits/${sha}`)).status).toBe(200);
    const versions = await liar.get('objects/versions?component=ex&configuration=1');
    expect(versions.status).toBeLessThan(500);
    expect(versions.text).not.toContain('Somebody else');
    expect((await liar.get('search?text=x')).status).toBe(200);
    expect((await liar.get('lineage?table=in.c-a.b')).status).toBe(404);
  });
});
