import { describe, expect, it } from 'vitest';
import { acceptHeldKinds } from '../../../db/knowledge/space-wants.ts';
import { listRecentChanges } from '../../../db/knowledge/history/history.ts';
import { listSyncLogs } from '../../../db/knowledge/sync-logs.ts';
import { customer, spacesUnderTest, type SpaceUnderTest } from './spaces-under-test.ts';

const { space, db } = await spacesUnderTest();

const acme = 'knowledge/customers/acme.md';
const vip = 'knowledge/customers/vip/beta.md';

/** Schema files that give these folders to these kinds. */
function schemas(places: Record<string, string | null>): Record<string, string | null> {
  return Object.fromEntries(
    Object.entries(places).map(([name, folder]) => [
      `knowledge/.schemas/${name}.json`,
      folder && JSON.stringify({ type: 'object', 'x-gitward': { folder, title: 'name' } }),
    ]),
  );
}

async function push(under: SpaceUnderTest, files: Record<string, string | null>): Promise<void> {
  await under.repository.commit({ files });
  await under.sync();
}

async function kindsOf(under: SpaceUnderTest): Promise<Record<string, string>> {
  const kinds: Record<string, string> = {};
  for (const id of await under.ids()) kinds[id] = (await under.entry(id)).kind;
  return kinds;
}

/** What a token that may read only skills sees in the list of changes. */
async function changesSeen(under: SpaceUnderTest): Promise<string[]> {
  const page = { kinds: ['skill'], limit: 100, before: null };
  return (await listRecentChanges(db, under.id, page)).map(({ entryId }) => entryId);
}

describe('a pushed schema file that gives customers to another kind', () => {
  const theft = schemas({ skill: 'customers/vip' });

  it('changes nothing, and is a problem of the space', async () => {
    const under = await space({ [acme]: customer('acme'), [vip]: customer('beta') });
    await under.sync();
    await push(under, theft);
    expect(await kindsOf(under)).toEqual({ acme: 'customer', beta: 'customer' });
    const row = await under.row();
    expect(row.heldKinds).toMatch(/^[0-9a-f]{64}$/);
    expect(row.problems.first).toMatchObject([
      {
        ...{ kind: null, path: 'knowledge/.schemas/skill.json' },
        message: expect.stringContaining('accept-kinds'),
      },
    ]);
    // Another push does not bring it into force, and neither does reading everything again.
    await push(under, { [acme]: customer('acme', ['tier: gold']) });
    await db.updateTable('spaces').set({ rereadWanted: true }).where('id', '=', under.id).execute();
    await under.sync();
    expect(await kindsOf(under)).toEqual({ acme: 'customer', beta: 'customer' });
    expect(await under.row()).toMatchObject({ heldKinds: row.heldKinds });
    expect(await changesSeen(under)).toEqual([]);
    await push(under, schemas({ skill: null }));
    expect(await under.row()).toMatchObject({ heldKinds: null, problems: { first: [] } });
  });

  it('also in the first reading of a space', async () => {
    const under = await space({ [vip]: customer('beta'), ...(theft as Record<string, string>) });
    await under.sync();
    expect(await kindsOf(under)).toEqual({ beta: 'customer' });
  });

  it('is in force once an admin accepted just these files', async () => {
    const under = await space({ [acme]: customer('acme'), [vip]: customer('beta') });
    await under.sync();
    await push(under, theft);
    const { heldKinds } = await under.row();
    const accept = (held: string) =>
      db.transaction().execute((trx) => acceptHeldKinds(trx, under.id, held));
    expect(await accept('0'.repeat(64))).toBe(false);
    // Somebody pushes more between the admin's look and the reading.
    expect(await accept(heldKinds ?? '')).toBe(true);
    await push(under, schemas({ document: 'customers' }));
    expect(await kindsOf(under)).toEqual({ acme: 'customer', beta: 'customer' });
    await push(under, schemas({ document: null }));
    expect(await kindsOf(under)).toEqual({ acme: 'customer', beta: 'skill' });
    expect(await under.row()).toMatchObject({ heldKinds: null, acceptedKinds: null });
    // What was accepted stays in force, and gives nothing else away.
    await push(under, schemas({ document: 'customers/vip/x' }));
    expect((await under.row()).heldKinds).not.toBeNull();
    await push(under, { 'knowledge/customers/vip/gamma.md': customer('gamma') });
    expect(await kindsOf(under)).toEqual({ acme: 'customer', beta: 'skill', gamma: 'skill' });
  });

  it('may also give the whole folder to a new kind, if an admin accepted it', async () => {
    const under = await space({ [acme]: customer('acme') });
    await under.sync();
    await push(under, schemas({ client: 'customers', customer: 'accounts' }));
    expect(await kindsOf(under)).toEqual({ acme: 'customer' });
    const { heldKinds } = await under.row();
    await db
      .transaction()
      .execute((trx) => acceptHeldKinds(trx, under.id, heldKinds ?? 'nothing waits'));
    await under.sync();
    expect(await kindsOf(under)).toEqual({ acme: 'client' });
  });
});

describe('a file that a push moves out of the customers', () => {
  const moved = 'knowledge/skills/acme.md';

  it('stays a customer, which its problem says, until it is moved back', async () => {
    const under = await space({ [acme]: customer('acme') });
    await under.sync();
    await push(under, { [acme]: null, [moved]: customer('acme') });
    expect(await under.entry('acme')).toMatchObject({
      kind: 'customer',
      path: moved,
      problems: [{ code: 'kind_kept' }],
    });
    expect(await changesSeen(under)).toEqual([]);
    await under.save('acme', { text: customer('acme', ['tier: gold']), kind: 'customer' });
    await under.sync();
    expect(await under.repository.read(moved)).toContain('tier: gold');
    await db.updateTable('spaces').set({ rereadWanted: true }).where('id', '=', under.id).execute();
    await under.sync();
    expect(await under.entry('acme')).toMatchObject({
      kind: 'customer',
      problems: [{ code: 'kind_kept' }],
    });
    await push(under, { [moved]: null, [acme]: customer('acme') });
    expect(await under.entry('acme')).toMatchObject({ kind: 'customer', path: acme, problems: [] });
  });

  it('stays a customer if another file already had its id', async () => {
    const under = await space({ [acme]: customer('acme'), [moved]: customer('acme') });
    await under.sync();
    await push(under, { [acme]: null });
    expect(await under.entry('acme')).toMatchObject({ kind: 'customer', path: moved });
  });

  it('is a new entry with another id, and so is one that was removed before', async () => {
    const under = await space({ [acme]: customer('acme') });
    await under.sync();
    await push(under, { [moved]: customer('copy') });
    expect(await kindsOf(under)).toEqual({ acme: 'customer', copy: 'skill' });
    await push(under, { [acme]: null });
    const asCustomer = await listSyncLogs(db, under.id, 'acme', page(null));
    await push(under, { [moved]: customer('acme') });
    expect(await kindsOf(under)).toEqual({ acme: 'skill' });
    // Whoever may read only skills sees what happened to the skill, not what happened to the customer.
    const all = await listSyncLogs(db, under.id, 'acme', page(null));
    const seen = await listSyncLogs(db, under.id, 'acme', page(['skill']));
    expect(asCustomer.length).toBeGreaterThan(0);
    expect(seen.length).toBe(all.length - asCustomer.length);
  });

  function page(kinds: string[] | null) {
    return { kinds, limit: 100, before: null };
  }
});

it('a skill becomes a customer when it is moved there, and its changes are no longer those of a skill', async () => {
  const under = await space({ 'knowledge/skills/acme.md': customer('acme') });
  await under.sync();
  expect(await changesSeen(under)).toEqual(['acme']);
  await push(under, { 'knowledge/skills/acme.md': null, [acme]: customer('acme') });
  expect(await kindsOf(under)).toEqual({ acme: 'customer' });
  expect(await changesSeen(under)).toEqual([]);
});

it('an entry whose kind a push removed while it had a waiting save does not become one of another kind', async () => {
  const dark = 'knowledge/presets/dark.md';
  const under = await space({
    [dark]: customer('dark'),
    ...(schemas({ preset: 'presets' }) as Record<string, string>),
  });
  await under.sync();
  await under.save('dark', { text: customer('dark', ['tier: gold']), kind: 'preset' });
  await under.repository.commit({ files: { ...schemas({ preset: null }), [dark]: null } });
  await under.sync();
  expect(Object.values(await kindsOf(under))).not.toContain('skill');
});
