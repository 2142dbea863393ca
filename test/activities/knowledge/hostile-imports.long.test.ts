import { setTimeout as sleep } from 'node:timers/promises';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { sql } from 'kysely';
import { afterEach, describe, expect, test } from 'vitest';
import { beginOperation } from '../../../activities/knowledge/operations/begin-operation.ts';
import { workOnItems } from '../../../activities/knowledge/operations/work-on-items.ts';
import { storeOperation, type Asked, type OperationUnderTest } from './operations-under-test.ts';
import { customer, eva, spacesUnderTest, type SpaceUnderTest } from './spaces-under-test.ts';

const shared = await spacesUnderTest();
const { space, db, server } = shared;
const { credential } = server;
const skill = (id: string) => `---\nid: ${id}\ntitle: ${id.toUpperCase()}\n---\n`;

async function imported(of: SpaceUnderTest, what: Asked) {
  const operation = await storeOperation(shared, of, 'import', what);
  expect(await operation.run()).toEqual({ state: 'done' });
  return { items: await operation.items(), row: await operation.row(), operation };
}

describe('an import of values that cannot be stored', () => {
  test.each([
    ['NUL in a text', { name: 'A\0B' }, '/name: This contains NUL'],
    ['NUL in the body', { name: 'A', body: 'x\0y' }, '/body: This contains NUL'],
    ['NUL in the id', { id: 'a\0b', name: 'A' }, '/id: This contains NUL'],
    ['NUL in a column', { name: 'A', 'x\0': 'y' }, 'contains NUL'],
    ['half of a surrogate pair', { name: 'A\ud800' }, 'half of a surrogate pair'],
    ['JSON in a cell that says NUL', { name: 'A', considerations: '["\\u0000"]' }, 'contains NUL'],
    [
      'JSON in a cell that is nested deeply',
      { name: 'A', considerations: '['.repeat(100_000) + ']'.repeat(100_000) },
      'nested more than 64 levels deep',
    ],
    [
      'a huge list',
      { name: 'A', considerations: Array(60_000).fill('x') },
      'longer than those of an entry',
    ],
    ['an id that is a list', { id: ['x'.repeat(5_000)], name: 'A' }, "cannot be an entry's id"],
  ])('fails for the item with %s; the rest goes on', async (_, row, message) => {
    const under = await space();
    const rows = { bad: row, good: { id: 'good', name: 'Good' } };
    const { items } = await imported(under, { kind: 'customer', rows });
    expect(items).toEqual([expect.stringContaining('bad: failed: '), 'good: created']);
    expect(items[0]).toContain(message);
    expect(items[0]!.length).toBeLessThan(1_100);
    expect(await under.ids()).toEqual(['good']);
  });

  test('fails for the file with NUL that is stored as an item all the same', async () => {
    const under = await space();
    const operation = await storeOperation(shared, under, 'import', {
      kind: 'skill',
      rows: { bad: { title: 'Bad' }, good: { id: 'good', title: 'Good' } },
    });
    // Not even JSON: whatever an item contains is that item's error.
    await sql`UPDATE operation_items SET content = '{' WHERE operation_id = ${operation.id} AND name = 'bad'`.execute(
      db,
    );
    await operation.run();
    expect(await operation.items()).toEqual([
      expect.stringContaining('bad: failed: It cannot be imported: SyntaxError'),
      'good: created',
    ]);
  });

  test('fails for the item with a value that only the database refuses', async () => {
    const under = await space();
    await sql`CREATE FUNCTION refuse_value() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF NEW.title = 'REFUSED' THEN RAISE EXCEPTION 'a value is refused' USING ERRCODE = '22021'; END IF;
        RETURN NEW;
      END $$`.execute(db);
    await sql`CREATE TRIGGER refuse_value BEFORE INSERT ON entries
      FOR EACH ROW EXECUTE FUNCTION refuse_value()`.execute(db);
    try {
      const { items } = await imported(under, {
        items: {
          'skills/one.md': skill('one'),
          'skills/refused.md': skill('refused'),
          'skills/two.md': skill('two'),
        },
      });
      expect(items).toEqual([
        'skills/one.md: created',
        'skills/refused.md: failed: The database cannot store it: a value is refused.',
        'skills/two.md: created',
      ]);
    } finally {
      await sql`DROP TRIGGER refuse_value ON entries`.execute(db);
    }
  });
});

describe('an import of paths that are in the way', () => {
  test('fails for them, in both directions, and replaces nothing', async () => {
    const files = {
      'knowledge/skills/README.md': 'For people.',
      'knowledge/skills/a.md': skill('a'),
      'knowledge/skills/deep/er.md/x.md': skill('x'),
    };
    const under = await space(files);
    await under.sync();
    await under.save('waiting', { text: skill('waiting'), path: 'knowledge/skills/waiting.md' });
    const items = {
      'skills/README.md/y.md': skill('y'),
      'skills/a.md/w.md': skill('w'),
      'skills/waiting.md/v.md': skill('v'),
      'skills/deep/er.md': skill('er'),
      'skills/deep/fine.md': skill('fine'),
      'skills/new.md': skill('new'),
      'skills/new.md/newer.md': skill('newer'),
    };
    const dry = await imported(under, { items, dryRun: true });
    const wet = await imported(under, { items });
    const failed = [
      'skills/README.md/y.md: failed: knowledge/skills/README.md/y.md cannot be a file, because knowledge/skills/README.md is not a folder but a file in the repository.',
      expect.stringContaining(
        'knowledge/skills/a.md is not a folder but the file of the entry a: give',
      ),
      expect.stringContaining(
        'knowledge/skills/waiting.md is not a folder but the file of the entry waiting',
      ),
      expect.stringContaining(
        'it is the folder of knowledge/skills/deep/er.md/x.md, the file of the entry x',
      ),
    ];
    expect(dry.items.slice(0, 6)).toEqual([
      ...failed,
      'skills/deep/fine.md: would_create',
      'skills/new.md: would_create',
    ]);
    expect(wet.items).toEqual([
      ...failed,
      'skills/deep/fine.md: created',
      'skills/new.md: created',
      expect.stringContaining('skills/new.md/newer.md: failed: '),
    ]);
    await under.sync();
    expect(await under.repository.files()).toEqual({
      ...files,
      'knowledge/skills/waiting.md': skill('waiting'),
      'knowledge/skills/deep/fine.md': skill('fine'),
      'knowledge/skills/new.md': skill('new'),
    });
  });

  test('says which items were held when they were sent', async () => {
    const under = await space({ 'knowledge/skills/a.md': skill('a') });
    await under.sync();
    const operation = await storeOperation(shared, under, 'import', {
      items: { 'skills/notes/x.md': skill('x'), 'skills/fine.md': skill('fine') },
    });
    const sync = operation.onSignal;
    operation.onSignal = async (signal) => {
      if (signal === 'syncNow')
        await under.repository.commit({ files: { 'knowledge/skills/notes': 'A file.' } });
      await sync(signal);
    };
    expect(await operation.run()).toEqual({ state: 'done' });
    expect(await operation.items()).toEqual([
      expect.stringContaining(
        'skills/notes/x.md: failed: It is stored, but it is not sent for now.',
      ),
      'skills/fine.md: created',
    ]);
  });
});

describe('an import of persons into a public repository', () => {
  afterEach(async () => {
    server.credential = credential;
    await db.deleteFrom('visibilities').execute();
  });

  test('fails for them, as a save does, also as a dry run; other kinds are imported', async () => {
    const under = await space();
    server.credential = null;
    const items = { 'customers/acme.md': customer('acme'), 'skills/sql.md': skill('sql') };
    const refused = expect.stringContaining(
      'customers/acme.md: failed: Anyone can read the repository',
    );
    expect((await imported(under, { items, dryRun: true })).items).toEqual([
      refused,
      'skills/sql.md: would_create',
    ]);
    expect((await imported(under, { items })).items).toEqual([refused, 'skills/sql.md: created']);
    expect(await under.ids()).toEqual(['sql']);
  });

  test('an export does not save them again either', async () => {
    const files = {
      'knowledge/customers/acme.md': customer('acme'),
      'knowledge/skills/a.md': skill('a'),
    };
    const under = await space(files);
    await under.sync();
    await under.repository.commit({
      files: { 'knowledge/customers/acme.md': null, 'knowledge/skills/a.md': null },
    });
    const tip = await under.repository.tip();
    await db.updateTable('spaces').set({ syncedSha: tip }).where('id', '=', under.id).execute();
    server.credential = null;
    await db.deleteFrom('visibilities').execute();
    const operation = await storeOperation(shared, under, 'export');
    expect(await operation.run()).toEqual({ state: 'done' });
    expect(await operation.items()).toEqual([
      expect.stringContaining('acme.md: failed: Anyone can read the repository'),
      'knowledge/skills/a.md: created',
    ]);
  });
});

describe('a large import', () => {
  test('of 500 equal titles gives each its own file, and lets others save in between', async () => {
    const under = await space();
    const rows = sameTitles(0, 500);
    const operation = await storeOperation(shared, under, 'import', { kind: 'skill', rows });
    await beginOperation({ db }, operation.key);
    const done = new AbortController();
    let saved = 0;
    const saving = (async () => {
      for (; !done.signal.aborted; saved += 1) {
        const id = `own-${saved}`;
        await under.save(id, { text: skill(id), path: `knowledge/skills/${id}.md`, person: eva });
        await sleep(20);
      }
    })();
    await operation.run();
    done.abort();
    await saving;
    expect((await operation.row()).counts).toEqual({ created: 500 });
    expect(new Set((await under.saves()).map(({ path }) => path)).size).toBe(500 + saved);
    expect(saved).toBeGreaterThan(3);
  });

  test('takes a number of queries that does not grow with what is taken', async () => {
    let queries = 0;
    const counting = db.withPlugin({
      transformQuery: ({ node }) => {
        queries += 1;
        return node;
      },
      transformResult: ({ result }) => Promise.resolve(result),
    });
    const queriesOf = async (taken: number) => {
      const under = await space();
      await imported(under, { kind: 'skill', rows: sameTitles(0, taken) });
      const rows = sameTitles(taken, 10);
      const operation = await storeOperation({ ...shared, db: counting }, under, 'import', {
        ...{ kind: 'skill', rows },
      });
      queries = 0;
      await workThrough(operation);
      expect((await operation.row()).counts).toEqual({ created: 10 });
      return queries;
    };
    expect(await queriesOf(100)).toBe(await queriesOf(1));
  });
});

/** Works on the items, without anything that other parts do. */
async function workThrough(operation: OperationUnderTest): Promise<void> {
  const quiet = new DefaultLogger('ERROR');
  await new MockActivityEnvironment({}, { logger: quiet }).run(async () => {
    await beginOperation(operation.deps, operation.key);
    while ((await workOnItems(operation.deps, operation.key)) === 'more');
  });
}

function sameTitles(from: number, count: number): Record<string, object> {
  const ids = Array.from({ length: count }, (_, index) => `r${from + index}`);
  return Object.fromEntries(ids.map((id) => [id, { id, title: 'Same' }]));
}
