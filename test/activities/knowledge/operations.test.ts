import { describe, expect, test } from 'vitest';
import { beginOperation } from '../../../activities/knowledge/operations/begin-operation.ts';
import { endOperation } from '../../../activities/knowledge/operations/finish-operation.ts';
import { noteEnded } from '../../../db/knowledge/operations.ts';
import { recordFailure } from '../../../db/streams/outages.ts';
import type { OperationType } from '../../../model/knowledge/operation.ts';
import { storeOperation, type Asked, type OperationUnderTest } from './operations-under-test.ts';
import { customer, eva, spacesUnderTest, type SpaceUnderTest } from './spaces-under-test.ts';

const shared = await spacesUnderTest();
const { space, db, activities, run, toldOperations } = shared;
const acme = 'knowledge/customers/acme.md';
const beta = 'knowledge/customers/beta.md';

const asked = (of: SpaceUnderTest, type: OperationType, what?: Asked) =>
  storeOperation(shared, of, type, what);

const lost = () => Promise.reject(new Error('The worker is gone.'));

describe('an import', () => {
  test('creates, changes and leaves entries alone, stops at no bad item, and commits in the name of the person who started it', async () => {
    const under = await space({
      [acme]: customer('acme', ["region: 'EMEA' # as they say"]),
      [beta]: customer('beta'),
    });
    await under.sync();
    const operation = await asked(under, 'import', {
      items: {
        'customers/acme.md': customer('acme', ['region: APAC']),
        'customers/beta.md': customer('beta'),
        'customers/new.md': customer('new'),
        'customers/bad.md': customer('bad', ['active: perhaps']),
        'notes/todo.md': '# To do\n',
      },
    });
    expect(await operation.run()).toEqual({ state: 'done' });
    expect(await operation.items()).toEqual([
      'customers/acme.md: changed',
      'customers/beta.md: unchanged',
      'customers/new.md: created',
      expect.stringMatching(/^customers\/bad.md: failed: line 4: \/active/),
      expect.stringMatching(/^notes\/todo.md: failed: Its folder does not belong to a kind/),
    ]);
    expect(await operation.row()).toMatchObject({
      ...{ state: 'done', total: 5, done: 5, current: null, failure: null },
      counts: { changed: 1, unchanged: 1, created: 1, failed: 2 },
      endedAt: expect.any(Date),
    });
    expect(await under.repository.read(acme)).toBe(
      customer('acme', ["region: 'APAC' # as they say"]),
    );
    expect(await under.repository.read('knowledge/customers/new.md')).toBe(customer('new'));
    const [last] = await under.repository.log();
    expect(last).toMatchObject({ author: eva });
    expect(await under.saves()).toMatchObject([
      { via: 'import', state: 'delivered', operationId: operation.id },
      { via: 'import', state: 'delivered', action: 'create' },
    ]);
  });

  test('changes nothing when it is repeated, even for rows without ids', async () => {
    const under = await space();
    const rows = {
      acme: { id: 'acme', name: 'Acme: "first"', created: '2024-01-31', annual_revenue: '12.5' },
      Beta: { name: 'Beta', considerations: 'one; two', body: 'Text\n' },
    };
    const first = await asked(under, 'import', { rows, kind: 'customer' });
    await first.run();
    expect(await first.items()).toEqual(['acme: created', 'Beta: created']);
    const tip = await under.repository.tip();
    const again = await asked(under, 'import', { rows, kind: 'customer' });
    await again.run();
    expect(await again.items()).toEqual(['acme: unchanged', 'Beta: unchanged']);
    expect(await under.repository.tip()).toBe(tip);
    expect(await under.saves()).toHaveLength(2);
  });

  test('is no way around a review: what others have to approve fails alone, and says which rule it is', async () => {
    const under = await space({
      [acme]: customer('acme', ['tier: gold']),
      [beta]: customer('beta'),
    });
    await under.sync();
    const rule = { name: 'Tiers', kinds: ['customer'], fields: ['tier'], approvals: 1 };
    await db
      .updateTable('spaces')
      .set({ reviewRules: JSON.stringify([{ ...rule, author: false }]) })
      .where('id', '=', under.id)
      .execute();
    const items = {
      'customers/acme.md': customer('acme', ['tier: iron']),
      'customers/beta.md': customer('beta', ['region: APAC']),
    };
    const operation = await asked(under, 'import', { items });
    expect(await operation.run()).toEqual({ state: 'done' });
    expect(await operation.items()).toEqual([
      'customers/acme.md: failed: Others have to approve a change of acme: the rule "Tiers" asks for it. Save it by itself: it becomes a review.',
      'customers/beta.md: changed',
    ]);
    expect(await under.repository.read(acme)).toBe(customer('acme', ['tier: gold']));
  });

  test('is no way around checks: an environment that requires them is not moved by it', async () => {
    const path = 'environments/production.md';
    const production = (commit: string, name = 'Production') =>
      `---\nid: production\nname: ${name}\nrequireChecks: true\ncommit: ${commit.repeat(40)}\n---\n`;
    const under = await space({ [`knowledge/${path}`]: production('a') });
    await under.sync();
    const moved = await asked(under, 'import', { items: { [path]: production('b') } });
    await moved.run();
    expect(await moved.items()).toEqual([
      `${path}: failed: production requires checks: promote it, which says what has not passed them.`,
    ]);
    const renamed = await asked(under, 'import', { items: { [path]: production('a', 'Live') } });
    await renamed.run();
    expect(await renamed.items()).toEqual([`${path}: changed`]);
  });

  test('fails for every item of a branch that the host protects', async () => {
    const under = await space({ [acme]: customer('acme') });
    await under.sync();
    await db
      .updateTable('spaces')
      .set({ protectedAt: new Date() })
      .where('id', '=', under.id)
      .execute();
    const operation = await asked(under, 'import', {
      items: { 'customers/acme.md': customer('acme', ['region: APAC']) },
    });
    await operation.run();
    expect(await operation.items()).toEqual([
      expect.stringContaining(
        'failed: Others have to approve a change of acme: the Git host protects the branch.',
      ),
    ]);
  });

  test('only says what it would do if it is a dry run', async () => {
    const under = await space({ [acme]: customer('acme') });
    await under.sync();
    const operation = await asked(under, 'import', {
      dryRun: true,
      items: {
        'customers/acme.md': customer('acme', ['region: APAC']),
        'customers/new.md': customer('new'),
      },
    });
    expect(await operation.run()).toEqual({ state: 'done' });
    expect(await operation.items()).toEqual([
      'customers/acme.md: would_change',
      'customers/new.md: would_create',
    ]);
    expect(await under.saves()).toEqual([]);
    expect(operation.signals).toEqual([]);
  });

  test('leaves existing entries unchanged without `update`', async () => {
    const under = await space({ [acme]: customer('acme') });
    await under.sync();
    const items = { 'customers/acme.md': customer('acme', ['region: APAC']) };
    const operation = await asked(under, 'import', { items, update: false });
    await operation.run();
    expect(await operation.items()).toEqual(['customers/acme.md: skipped']);
  });

  test('continues where its worker was lost, and saves nothing twice', async () => {
    const under = await space();
    const items = Object.fromEntries(
      Array.from({ length: 120 }, (_, index) => [`customers/c${index}.md`, customer(`c${index}`)]),
    );
    const operation = await asked(under, 'import', { items });
    const sync = operation.onSignal;
    for (const at of ['doorbell', 'syncNow']) {
      operation.onSignal = (signal) => (signal === at ? lost() : Promise.resolve());
      await expect(operation.run()).rejects.toThrow('The worker is gone.');
    }
    operation.onSignal = sync;
    expect(await operation.run()).toEqual({ state: 'done' });
    expect((await operation.row()).counts).toEqual({ created: 120 });
    const saves = await under.saves();
    expect(saves).toHaveLength(120);
    expect(new Set(saves.map(({ state }) => state))).toEqual(new Set(['delivered']));
    expect(await operation.run()).toEqual({ state: 'done' });
  });

  test('stops when it is cancelled, and keeps what it has done', async () => {
    const under = await space();
    const items = Object.fromEntries(
      Array.from({ length: 70 }, (_, index) => [`customers/c${index}.md`, customer(`c${index}`)]),
    );
    const operation = await asked(under, 'import', { items });
    operation.onSignal = async () => {
      await db.transaction().execute((trx) => noteEnded(trx, operation.id, 'cancelled'));
    };
    expect(await operation.run()).toEqual({ state: 'cancelled' });
    const { done } = await operation.row();
    expect(done).toBeGreaterThan(0);
    expect(done).toBeLessThanOrEqual(50);
    expect(await under.saves()).toHaveLength(done);
    expect(await operation.row()).toMatchObject({ state: 'cancelled', total: 70 });
    await endOperation({ db }, { operationId: operation.id, state: 'failed', failure: null });
    expect(await operation.row()).toMatchObject({ state: 'cancelled' });
  });

  test('lists what conflicts with a push made in the meantime', async () => {
    const under = await space({ [acme]: customer('acme', ['region: EMEA']) });
    await under.sync();
    const operation = await asked(under, 'import', {
      items: { 'customers/acme.md': customer('acme', ['region: APAC']) },
    });
    const sync = operation.onSignal;
    operation.onSignal = async (signal) => {
      if (signal === 'syncNow')
        await under.repository.commit({
          files: { [acme]: customer('acme', ['region: LATAM']) },
          message: 'Move them',
        });
      await sync(signal);
    };
    expect(await operation.run()).toEqual({ state: 'done' });
    const [conflict] = await under.conflicts();
    expect(await operation.items()).toEqual([
      expect.stringContaining(`conflict: It clashes with a change that came from Git`),
    ]);
    expect((await operation.items())[0]).toContain(conflict?.id);
    expect((await operation.row()).counts).toEqual({ conflict: 1 });
  });

  test('handles an entry only once, and takes over no file of another entry', async () => {
    const under = await space({ [acme]: customer('acme') });
    await under.sync();
    const operation = await asked(under, 'import', {
      items: {
        'customers/one.md': customer('one'),
        'customers/two.md': customer('one', ['region: EMEA']),
        'customers/acme.md': customer('other'),
        'skills/acme.md': '---\nid: acme\ntitle: Acme\n---\n',
      },
    });
    await operation.run();
    expect(await operation.items()).toEqual([
      'customers/one.md: created',
      expect.stringContaining('failed: It is the same entry (one) as customers/one.md'),
      expect.stringContaining(`failed: ${acme} is already the file of the entry acme`),
      expect.stringContaining('failed: acme already exists with the kind customer'),
    ]);
  });

  test('gives rows with the same name separate files', async () => {
    const under = await space();
    const operation = await asked(under, 'import', {
      kind: 'customer',
      rows: { a: { id: 'a', name: 'Same' }, b: { id: 'b', name: 'Same' } },
    });
    await operation.run();
    expect((await operation.row()).counts).toEqual({ created: 2 });
    expect(new Set((await under.saves()).map(({ path }) => path)).size).toBe(2);
  });

  test('is stored if the space is paused, and says that its changes are still waiting', async () => {
    const under = await space();
    await db
      .updateTable('spaces')
      .set({ pausedAt: new Date() })
      .where('id', '=', under.id)
      .execute();
    const operation = await asked(under, 'import', {
      items: { 'customers/acme.md': customer('acme') },
    });
    expect(await operation.run()).toEqual({ state: 'done' });
    expect(await operation.row()).toMatchObject({
      counts: { created: 1 },
      failure: {
        code: 'space_paused',
        message: expect.stringContaining('some of it (1) is still waiting to be sent'),
      },
    });
  });

  test('does not wait for an outage to end', async () => {
    const under = await space();
    const operation = await asked(under, 'import', {
      items: { 'customers/acme.md': customer('acme') },
    });
    operation.onSignal = async (signal) => {
      if (signal !== 'syncNow') return;
      const now = new Date().toISOString();
      await recordFailure(db, {
        ...{ stream: `space/${under.id}`, lane: 'repository', attemptStartedAt: now },
        ...{ nextAttemptAt: now, code: 'credential_refused', message: 'The token is refused.' },
      });
    };
    await operation.run();
    expect(await operation.row()).toMatchObject({
      state: 'done',
      failure: {
        code: 'credential_refused',
        message: expect.stringContaining('The token is refused.'),
      },
    });
  });
});

describe('a sync of everything', () => {
  const broken = 'knowledge/customers/broken.md';

  test('reads every file again, whatever is known about it, and lists what is invalid', async () => {
    const under = await space({
      [acme]: customer('acme'),
      [broken]: customer('broken', ['active: perhaps']),
    });
    await under.sync();
    await db
      .updateTable('entries')
      .set({ title: 'Not this' })
      .where('spaceId', '=', under.id)
      .where('id', '=', 'acme')
      .execute();
    const operation = await asked(under, 'sync');
    const sync = operation.onSignal;
    operation.onSignal = lost;
    await expect(operation.run()).rejects.toThrow('The worker is gone.');
    expect(await under.row()).toMatchObject({ rereadWanted: true });
    operation.onSignal = sync;
    expect(await operation.run()).toEqual({ state: 'done' });
    expect(await under.entry('acme')).toMatchObject({ title: 'ACME' });
    expect(await operation.row()).toMatchObject({
      total: 2,
      done: 2,
      counts: { read: 1, invalid: 1 },
    });
    expect(await operation.items()).toEqual([
      expect.stringContaining(`${broken}: invalid: line 4`),
    ]);
  });

  test('only says what would be read and removed if it is a dry run', async () => {
    const under = await space({ [acme]: customer('acme'), [beta]: customer('beta') });
    await under.sync();
    const third = 'knowledge/customers/third.md';
    await under.repository.commit({
      files: { [beta]: null, [third]: customer('third'), 'README.md': 'Not ours.' },
      message: 'Push',
    });
    const operation = await asked(under, 'sync', { dryRun: true });
    expect(await operation.run()).toEqual({ state: 'done' });
    expect(await operation.items()).toEqual([`${third}: would_read`, `${beta}: would_remove`]);
    expect(await operation.row()).toMatchObject({
      total: 3,
      counts: { unchanged: 1, would_read: 1, would_remove: 1 },
    });
    expect(await under.ids()).toEqual(['acme', 'beta']);
    expect(await under.row()).toMatchObject({ rereadWanted: false });
  });

  test("fails with the reason if the space's repository cannot be reached", async () => {
    const under = await space({ [acme]: customer('acme') });
    await under.sync();
    const operation = await asked(under, 'sync');
    operation.onSignal = async () => {
      const now = new Date().toISOString();
      await recordFailure(db, {
        ...{ stream: `space/${under.id}`, lane: 'repository', attemptStartedAt: now },
        ...{ nextAttemptAt: now, code: 'credential_refused', message: 'The token is refused.' },
      });
    };
    expect(await operation.run()).toEqual({ state: 'failed' });
    expect(await operation.row()).toMatchObject({ failure: { code: 'credential_refused' } });
  });
});

describe('an export of everything', () => {
  /** A space whose branch has lost a file without the database knowing. */
  async function lacking(path: string): Promise<SpaceUnderTest> {
    const under = await space({ [acme]: customer('acme'), [beta]: customer('beta') });
    await under.sync();
    await under.repository.commit({ files: { [path]: null }, message: 'Lose it' });
    await db
      .updateTable('spaces')
      .set({ syncedSha: await under.repository.tip() })
      .where('id', '=', under.id)
      .execute();
    return under;
  }

  test('sends what is waiting, and writes again what the branch lacks', async () => {
    const under = await lacking(beta);
    await under.save('acme', { text: customer('acme', ['region: EMEA']) });
    const operation = await asked(under, 'export');
    const sync = operation.onSignal;
    for (const at of ['syncNow', 'doorbell']) {
      operation.onSignal = (signal) => (signal === at ? lost() : sync(signal));
      await expect(operation.run()).rejects.toThrow('The worker is gone.');
    }
    operation.onSignal = sync;
    expect(await operation.run()).toEqual({ state: 'done' });
    expect(await operation.items()).toEqual([`${acme}: unchanged`, `${beta}: created`]);
    expect(await under.repository.read(acme)).toContain('region: EMEA');
    expect(await under.repository.read(beta)).toBe(customer('beta'));
    expect(await under.saves()).toHaveLength(2);
  });

  test('overwrites nothing in Git that the database has not read', async () => {
    const under = await space({ [acme]: customer('acme'), [beta]: customer('beta') });
    await under.sync();
    await under.repository.commit({
      files: { [acme]: customer('acme', ['tier: gold']) },
      message: 'Push',
    });
    const tip = await under.repository.tip();
    await db.updateTable('spaces').set({ syncedSha: tip }).where('id', '=', under.id).execute();
    const operation = await asked(under, 'export');
    expect(await operation.run()).toEqual({ state: 'done' });
    expect(await operation.items()).toEqual([
      expect.stringContaining(`${acme}: failed: Git has a different version than was read`),
      `${beta}: unchanged`,
    ]);
    expect(await under.repository.tip()).toBe(tip);
  });

  test('writes index files', async () => {
    const under = await space({ [acme]: customer('acme') }, { index: true });
    const operation = await asked(under, 'export');
    await operation.run();
    expect(await under.repository.read('knowledge/.index/customers.json')).toContain('acme');
  });

  test('only says what is missing if it is a dry run', async () => {
    const under = await lacking(beta);
    const operation = await asked(under, 'export', { dryRun: true });
    expect(await operation.run()).toEqual({ state: 'done' });
    expect(await operation.items()).toEqual([`${acme}: unchanged`, `${beta}: would_create`]);
    expect(await under.saves()).toEqual([]);
  });
});

describe('a running operation is notified', () => {
  async function underWay(): Promise<OperationUnderTest> {
    const operation = await asked(await space({ [acme]: customer('acme') }), 'sync');
    await beginOperation({ db }, operation.key);
    toldOperations.length = 0;
    return operation;
  }

  test('when its space has been synced', async () => {
    const { id, of } = await underWay();
    await of.sync();
    expect(toldOperations).toEqual([id]);
  });

  test('when a sync has failed', async () => {
    const { id, of } = await underWay();
    const now = new Date().toISOString();
    const failed = { lane: 'repository', attemptStartedAt: now, nextAttemptAt: now } as const;
    const why = { code: 'credential_refused', message: 'The token is refused.' } as const;
    const stream = `space/${of.id}` as const;
    await run(() => activities.recordFailure({ stream, ...failed, ...why }));
    expect(toldOperations).toEqual([id]);
  });

  test('when its space is paused, but not after it has ended', async () => {
    const { id, of } = await underWay();
    await run(() => activities.readSpace({ spaceId: of.id }));
    expect(toldOperations).toEqual([]);
    const pausedAt = new Date();
    await db.updateTable('spaces').set({ pausedAt }).where('id', '=', of.id).execute();
    await run(() => activities.readSpace({ spaceId: of.id }));
    expect(toldOperations).toEqual([id]);
    await endOperation({ db }, { operationId: id, state: 'cancelled', failure: null });
    await run(() => activities.readSpace({ spaceId: of.id }));
    expect(toldOperations).toEqual([id]);
  });
});
