import { sql } from 'kysely';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { insertConflict } from '../../../db/knowledge/conflicts.ts';
import { findEntry } from '../../../db/knowledge/entries.ts';
import { jsonb } from '../../../db/storable.ts';
import { createGitTextTools } from '../../../git/clones/text-tools.ts';
import { textBlobId } from '../../../knowledge/entries/blob-id.ts';
import { builtInKinds } from '../../../knowledge/kinds/kinds.ts';
import { readEntry } from '../../../knowledge/entries/read-entry.ts';
import { apiUnderTest } from '../api-under-test.ts';

const directory = await mkdtemp(join(tmpdir(), 'conflicts-test-'));
afterAll(() => rm(directory, { recursive: true, force: true }));
const api = await apiUnderTest({
  texts: createGitTextTools({ directory }),
  checkSpaceVisibility: () => Promise.resolve({ result: 'private', reason: 'So it is.' }),
});
const { db, told } = api;
const conflicts = '/v1/spaces/sales/conflicts';

beforeAll(async () => {
  for (const id of ['sales', 'other'])
    await db
      .insertInto('spaces')
      .values({
        id,
        name: id,
        repositoryUrl: 'https://example.com/sales.git',
        repositoryBranch: 'main',
        root: id,
        rules: jsonb({ publicKinds: [], index: true, notify: { emails: [] } }),
      })
      .execute();
});

const base = `---
id: ID
title: Discovery # the first call
categories:
  - sales
active: true
created: 2026-01-01
---
Ask first.

Then listen.
`;

interface Sides {
  base: string | null;
  git: string | null;
  mine: string | null;
}

/** A skill with a conflict between a save and Git, as the sync leaves it. */
async function clashing(
  id: string,
  change: (text: string) => Sides = standard,
  kindName = 'skill',
): Promise<{ id: string; sides: Sides }> {
  const sides = change(base.replace('ID', id));
  const kind = builtInKinds.find(({ name }) => name === kindName)!;
  const { fields, title, problems } = readEntry(sides.git ?? '', kind);
  const path = `sales/${kind.folder}/${id}.md`;
  if (sides.git !== null)
    await db
      .insertInto('entries')
      .values({
        spaceId: 'sales',
        id,
        kind: kindName,
        path,
        declaredId: id,
        title,
        fields: jsonb(fields),
        problems: jsonb(problems),
        headBlob: textBlobId(sides.git),
        headText: sides.git,
        gitBlob: textBlobId(sides.git),
        commitSha: 'a'.repeat(40),
        updatedBy: 'Pavel',
        updatedAt: new Date('2026-01-01T00:00:00Z'),
      })
      .execute();
  const conflictId = await db.transaction().execute((trx) =>
    insertConflict(trx, {
      spaceId: 'sales',
      entryId: id,
      kind: kindName,
      path,
      baseText: sides.base,
      git: {
        text: sides.git,
        commit: 'a'.repeat(40),
        author: 'Pavel',
        at: new Date('2026-02-01T00:00:00Z'),
      },
      mine: {
        text: sides.mine,
        authors: [{ name: 'Eva', email: 'eva@example.com' }],
        at: new Date('2026-02-02T00:00:00Z'),
      },
    }),
  );
  return { id: conflictId, sides };
}

function standard(text: string): Sides {
  return {
    base: text,
    git: text.replace('Discovery', 'Discovering').replace('Then', 'And then'),
    mine: text.replace('Discovery', 'The discovery').replace('active: true', 'active: false'),
  };
}

async function headOf(id: string): Promise<string | null> {
  return (await findEntry(db, 'sales', id))?.headText ?? null;
}

async function change(id: string, text: string): Promise<void> {
  await db
    .updateTable('entries')
    .set({ headText: text, headBlob: textBlobId(text) })
    .where('id', '=', id)
    .execute();
}

describe('a conflict', () => {
  test('is shown part by part, with who made each side and when', async () => {
    const { id, sides } = await clashing('shown');
    const { status, body } = await api.call('GET', `${conflicts}/${id}`);
    expect(status).toBe(200);
    expect(body).toEqual({
      id,
      entryId: 'shown',
      kind: 'skill',
      path: 'sales/skills/shown.md',
      cause: 'clash',
      createdAt: expect.any(String),
      mine: { by: 'Eva', at: '2026-02-02T00:00:00.000Z' },
      git: { by: 'Pavel', at: '2026-02-01T00:00:00.000Z', commit: 'a'.repeat(40) },
      settled: null,
      blob: textBlobId(sides.git!),
      parts: [
        {
          id: 'field:/title',
          what: 'field',
          pointer: '/title',
          base: 'Discovery',
          git: 'Discovering',
          mine: 'The discovery',
        },
      ],
      texts: sides,
    });
  });

  test('is found by its entry', async () => {
    const { id } = await clashing('found');
    const found = async (entry: string) => {
      const { status, body } = await api.call('GET', `${conflicts}?entry=${entry}`);
      return [status, (body.items as { id: string }[] | undefined)?.map((one) => one.id)];
    };
    expect(await found('found')).toEqual([200, [id]]);
    expect(await found('nothing')).toEqual([200, []]);
    expect(await found('a%00b')).toEqual([422, undefined]);
  });

  test('is settled as requested, in one save, which is announced', async () => {
    const { id, sides } = await clashing('settled');
    told.length = 0;
    const { status, body } = await api.call('POST', `${conflicts}/${id}/actions/settle`, {
      parts: { 'field:/title': { value: 'Ours' } },
      blob: textBlobId(sides.git!),
    });
    expect([status, body.settled]).toEqual([
      200,
      { how: 'parts', by: 'admin', at: expect.any(String), saveId: expect.any(String) },
    ]);
    const text = sides.git!.replace('Discovering', 'Ours').replace('active: true', 'active: false');
    expect(body.blob).toBe(textBlobId(text));
    expect(told).toEqual(['doorbell space/sales']);
    const entry = await findEntry(db, 'sales', 'settled');
    expect(entry).toMatchObject({ headText: text, conflicted: false, waiting: true });
    const saves = await db
      .selectFrom('saves')
      .selectAll()
      .where('entryId', '=', 'settled')
      .execute();
    expect(saves).toMatchObject([
      { id: body.settled.saveId, action: 'settle', baseText: sides.git, text, via: 'api' },
    ]);
    const logs = await db
      .selectFrom('syncLogs')
      .select(['outcome', 'actor'])
      .where('entryId', '=', 'settled')
      .execute();
    expect(logs).toContainEqual({ outcome: 'settled', actor: 'admin' });
    const audit = await api.call('GET', '/v1/audit?limit=1');
    expect(audit.body.items[0]).toMatchObject({
      action: 'conflict.settle',
      target: 'space/sales/settled',
    });
  });

  test("saves nothing if Git's side is kept", async () => {
    const { id, sides } = await clashing('kept', (text) => ({
      ...standard(text),
      mine: text.replace('Discovery', 'The discovery'),
    }));
    told.length = 0;
    const { body } = await api.call('POST', `${conflicts}/${id}/actions/settle`, { take: 'git' });
    expect(body.settled).toMatchObject({ how: 'git', saveId: null });
    expect(await headOf('kept')).toBe(sides.git);
    expect(told).toEqual([]);
    expect((await findEntry(db, 'sales', 'kept'))?.conflicted).toBe(false);
  });

  test('can be settled again to undo it, which keeps later changes', async () => {
    const { id, sides } = await clashing('undone');
    await api.call('POST', `${conflicts}/${id}/actions/settle`, { take: 'mine' });
    const mine = (await headOf('undone'))!;
    expect(mine).toContain('The discovery');
    await change('undone', mine.replace('Ask first', 'Ask before'));
    const view = await api.call('GET', `${conflicts}/${id}`);
    expect(view.body.parts[0]).toMatchObject({ git: 'Discovering', mine: 'The discovery' });
    const again = await api.call('POST', `${conflicts}/${id}/actions/settle`, { take: 'git' });
    expect(again.status).toBe(200);
    const git = sides.git!.replace('active: true', 'active: false');
    expect(await headOf('undone')).toBe(git.replace('Ask first', 'Ask before'));
    // A manual change in the same place is not undone silently.
    await change('undone', git.replace('Discovering', 'By hand'));
    const refused = await api.call('POST', `${conflicts}/${id}/actions/settle`, { take: 'mine' });
    expect([refused.status, refused.body.code]).toEqual([409, 'conflict_moved']);
    expect(await headOf('undone')).toContain('By hand');
  });

  test('that has changed since it was read is refused with its current state', async () => {
    const { id, sides } = await clashing('moved');
    const now = sides.git!.replace('Discovering', 'Discovered');
    await change('moved', now);
    const { status, body } = await api.call('POST', `${conflicts}/${id}/actions/settle`, {
      take: 'mine',
      blob: textBlobId(sides.git!),
    });
    expect([status, body.code]).toEqual([409, 'conflict_moved']);
    expect(body.conflict).toMatchObject({
      blob: textBlobId(now),
      parts: [{ id: 'field:/title', git: 'Discovered' }],
    });
    expect(await headOf('moved')).toBe(now);
    // A later undo restores what was Git's side at that time.
    await api.call('POST', `${conflicts}/${id}/actions/settle`, {
      take: 'mine',
      blob: textBlobId(now),
    });
    await api.call('POST', `${conflicts}/${id}/actions/settle`, { take: 'git' });
    expect(await headOf('moved')).toContain('Discovered');
  });

  test('about an entry removed from Git can keep it removed or create it again', async () => {
    const gone = (text: string) => ({ ...standard(text), git: null });
    const kept = await clashing('gone', gone);
    const view = await api.call('GET', `${conflicts}/${kept.id}`);
    expect(view.body).toMatchObject({ blob: null, parts: [{ id: 'file', git: null }] });
    const settled = await api.call('POST', `${conflicts}/${kept.id}/actions/settle`, {
      take: 'git',
      blob: null,
    });
    expect(settled.body.settled.saveId).toBeNull();
    const back = await clashing('back', gone);
    await api.call('POST', `${conflicts}/${back.id}/actions/settle`, { take: 'mine', blob: null });
    expect(await headOf('back')).toBe(back.sides.mine);
    expect((await findEntry(db, 'sales', 'back'))?.path).toBe('sales/skills/back.md');
    await api.call('POST', `${conflicts}/${back.id}/actions/settle`, { take: 'git' });
    expect(await headOf('back')).toBeNull();
  });

  test('leaves its entry conflicted while another conflict of it is open', async () => {
    const first = await clashing('twice');
    const second = await db.transaction().execute((trx) =>
      insertConflict(trx, {
        spaceId: 'sales',
        entryId: 'twice',
        kind: 'skill',
        path: 'sales/skills/twice.md',
        baseText: first.sides.base,
        git: { text: first.sides.git, commit: null, author: null, at: null },
        mine: { text: first.sides.mine, authors: [], at: new Date() },
      }),
    );
    await api.call('POST', `${conflicts}/${first.id}/actions/settle`, { take: 'git' });
    expect((await findEntry(db, 'sales', 'twice'))?.conflicted).toBe(true);
    await api.call('POST', `${conflicts}/${second}/actions/settle`, { take: 'git' });
    expect((await findEntry(db, 'sales', 'twice'))?.conflicted).toBe(false);
  });

  test('with a side that is not text is never settled with an empty text', async () => {
    const { id } = await clashing('binary');
    await db
      .updateTable('entries')
      .set({ headText: null, headBlob: 'b'.repeat(40) })
      .where('id', '=', 'binary')
      .execute();
    const { body } = await api.call('POST', `${conflicts}/${id}/actions/settle`, { take: 'git' });
    expect(body.settled.saveId).toBeNull();
    expect((await findEntry(db, 'sales', 'binary'))?.headBlob).toBe('b'.repeat(40));
  });
});

describe('settling a conflict', () => {
  test.each([
    [{}, 400, 'invalid_request'],
    [{ take: 'theirs' }, 400, 'invalid_request'],
    [{ take: 'git', text: 'x' }, 422, 'invalid_request'],
    [{ parts: {} }, 422, 'invalid_request'],
    [{ parts: { 'field:/title': 'git', 'body:9': 'git' } }, 422, 'invalid_request'],
    [{ text: 'no front matter' }, 422, 'entry_invalid'],
    [{ text: '---\nid: refused\ntitle: \u0000\n---\n' }, 422, 'entry_invalid'],
    [{ text: '---\nid: another\ntitle: A\n---\n' }, 422, 'entry_invalid'],
    [{ parts: { 'field:/title': { value: ['a'] } } }, 422, 'entry_invalid'],
  ])('is refused with %j', async (body, status, code) => {
    const [row] = await db
      .selectFrom('conflicts')
      .select('id')
      .where('entryId', '=', 'refused')
      .execute();
    const id = row?.id ?? (await clashing('refused')).id;
    const answer = await api.call('POST', `${conflicts}/${id}/actions/settle`, body);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect((await api.call('GET', `${conflicts}/${id}`)).body.settled).toBeNull();
  });

  test('is refused with the line and pointer of what the schema refuses', async () => {
    const { id } = await clashing('lines');
    const { body } = await api.call('POST', `${conflicts}/${id}/actions/settle`, {
      parts: { 'field:/title': { value: ['a'] } },
    });
    expect(body.errors).toEqual([
      { pointer: '/title', message: expect.stringMatching(/^line 3: /) },
    ]);
  });

  test('is possible if both sides were already invalid', async () => {
    const { id } = await clashing('wrong', (text) => {
      const wrong = text.replace('active: true', 'active: perhaps');
      return { ...standard(wrong), base: wrong };
    });
    expect(
      (await api.call('POST', `${conflicts}/${id}/actions/settle`, { take: 'mine' })).status,
    ).toBe(200);
  });

  test('is refused in another space, and if the conflict does not exist', async () => {
    const { id } = await clashing('elsewhere');
    const paths = [`/v1/spaces/other/conflicts/${id}`, `${conflicts}/${randomUUID()}`];
    for (const path of paths) {
      const settled = await api.call('POST', `${path}/actions/settle`, { take: 'git' });
      for (const { body } of [await api.call('GET', path), settled])
        expect(body.code).toBe('conflict_not_found');
    }
  });
});

test('several conflicts are settled in the same way, each on its own', async () => {
  const [a, b] = [await clashing('many-a'), await clashing('many-b')];
  const unknown = randomUUID();
  const { status, body } = await api.call('POST', `${conflicts}/actions/settle`, {
    ids: [a.id, unknown, b.id],
    take: 'mine',
  });
  expect(status).toBe(200);
  expect(body.results).toMatchObject([
    { id: a.id, outcome: 'settled', saveId: expect.any(String), code: null },
    { id: unknown, outcome: 'refused', saveId: null, code: 'conflict_not_found' },
    { id: b.id, outcome: 'settled', saveId: expect.any(String), code: null },
  ]);
  expect(await headOf('many-b')).toContain('The discovery');
});

test('people who settle a conflict at the same time do not overwrite each other', async () => {
  const { id } = await clashing('race');
  const answers = await Promise.all(
    ['One', 'Two', 'Three'].map((value) =>
      api.call('POST', `${conflicts}/${id}/actions/settle`, {
        parts: { 'field:/title': { value } },
      }),
    ),
  );
  const stored = await db
    .selectFrom('saves')
    .select('text')
    .where('entryId', '=', 'race')
    .execute();
  expect(stored).toHaveLength(answers.filter(({ status }) => status === 200).length);
  expect(stored.at(-1)?.text).toBe(await headOf('race'));
  for (const { status, body } of answers)
    if (status !== 200) expect([status, body.code]).toEqual([409, 'conflict_moved']);
});

test('lists show open or settled conflicts of the kinds that the caller may read', async () => {
  const skill = await clashing('listed');
  const customer = await clashing(
    'someone',
    (text) => ({ base: text, git: text.replace('Ask', 'Tell'), mine: text.replace('Ask', 'Say') }),
    'customer',
  );
  const ids = async (query: string, token?: string): Promise<string[]> => {
    const seen: string[] = [];
    for (let cursor = ''; ;) {
      const { body } = await api.call(
        'GET',
        `${conflicts}?limit=2${query}${cursor}`,
        undefined,
        token,
      );
      seen.push(...(body.items as { id: string }[]).map((item) => item.id));
      if (body.nextCursor === null) return seen;
      cursor = `&cursor=${body.nextCursor}`;
    }
  };
  expect(await ids('')).toEqual(expect.arrayContaining([skill.id, customer.id]));
  expect(await ids('&kind=customer')).toEqual([customer.id]);
  expect(await ids('&state=settled')).not.toContain(skill.id);
  const all = [...(await ids('')), ...(await ids('&state=settled'))];
  expect(new Set(all).size).toBe(all.length);

  const grant = (kinds: string[] | null, role: 'editor' | 'reader') =>
    api.token({ role: 'editor', spaces: [{ space: 'sales', kinds, role }] });
  const ofCustomers = await grant(['customer'], 'editor');
  expect(await ids('', ofCustomers)).toEqual([customer.id]);
  const hidden = await api.call('GET', `${conflicts}/${skill.id}`, undefined, ofCustomers);
  expect(hidden.body.code).toBe('conflict_not_found');
  const reader = await grant(null, 'reader');
  expect((await api.call('GET', `${conflicts}/${skill.id}`, undefined, reader)).status).toBe(200);
  const refused = await api.call(
    'POST',
    `${conflicts}/${skill.id}/actions/settle`,
    { take: 'git' },
    reader,
  );
  expect([refused.status, refused.body.code]).toEqual([403, 'role_insufficient']);
  const many = await api.call(
    'POST',
    `${conflicts}/actions/settle`,
    { ids: [skill.id], take: 'git' },
    reader,
  );
  expect(many.body.results[0]).toMatchObject({ outcome: 'refused', code: 'role_insufficient' });
  const settled = await api.call(
    'POST',
    `${conflicts}/${customer.id}/actions/settle`,
    { take: 'git' },
    ofCustomers,
  );
  expect(settled.status).toBe(200);
});

describe('what a force-push dropped', () => {
  /** Git has lost `active: false` and `And more.`; a colleague has changed the title since. */
  const dropped = (text: string): Sides => ({
    base: text,
    git: text.replace('Discovery', 'Discovering'),
    mine: text.replace('active: true', 'active: false').replace('Then', 'And more. Then'),
  });

  async function lost(entryId: string): Promise<{ id: string; sides: Sides }> {
    const made = await clashing(entryId, dropped);
    await sql`UPDATE conflicts SET cause = 'lost' WHERE id = ${made.id}`.execute(db);
    return made;
  }

  test('is shown as each difference, although nothing clashes', async () => {
    const { id, sides } = await lost('dropped');
    const { body } = await api.call('GET', `${conflicts}/${id}`);
    expect(body).toMatchObject({
      cause: 'lost',
      parts: [
        { id: 'body:1', what: 'paragraph' },
        { id: 'field:/active', git: true, mine: false },
      ],
      texts: {
        git: sides.git,
        mine: sides.mine!.replace('Discovery', 'Discovering'),
      },
    });
  });

  test('is taken again without undoing what came since', async () => {
    const { id, sides } = await lost('taken-again');
    await api.call('POST', `${conflicts}/${id}/actions/settle`, { take: 'mine' });
    expect(await headOf('taken-again')).toBe(sides.mine!.replace('Discovery', 'Discovering'));
  });

  test('is let go: nothing is saved', async () => {
    const { id, sides } = await lost('let-go');
    const { body } = await api.call('POST', `${conflicts}/${id}/actions/settle`, { take: 'git' });
    expect(body.settled).toMatchObject({ how: 'git', saveId: null });
    expect(await headOf('let-go')).toBe(sides.git);
  });

  test('is let go, and then taken after all', async () => {
    const { id, sides } = await lost('changed-mind');
    await api.call('POST', `${conflicts}/${id}/actions/settle`, { take: 'git' });
    const again = await api.call('POST', `${conflicts}/${id}/actions/settle`, { take: 'mine' });
    expect(again.status).toBe(200);
    expect(await headOf('changed-mind')).toBe(sides.mine!.replace('Discovery', 'Discovering'));
    await api.call('POST', `${conflicts}/${id}/actions/settle`, { take: 'git' });
    expect(await headOf('changed-mind')).toBe(sides.git);
  });

  test('is taken in part', async () => {
    const { id, sides } = await lost('taken-in-part');
    await api.call('POST', `${conflicts}/${id}/actions/settle`, {
      parts: { 'field:/active': 'mine', 'body:1': 'git' },
    });
    expect(await headOf('taken-in-part')).toBe(sides.git!.replace('active: true', 'active: false'));
  });
});

test('an entry that was removed is read with its open conflict, and cannot be edited', async () => {
  await clashing('removed-in-git');
  await db
    .updateTable('entries')
    .set({ headText: null, headBlob: null, gitBlob: null, conflicted: true })
    .where('id', '=', 'removed-in-git')
    .execute();
  const url = '/v1/spaces/sales/entries/removed-in-git';
  const { status, body } = await api.call('GET', url);
  expect([status, body.blob, body.syncStatus]).toEqual([200, null, 'conflict']);
  const edited = await api.call('PUT', url, { base: 'a'.repeat(40), fields: { title: 'New' } });
  expect(edited.status).toBe(404);
  expect(edited.body.detail).toContain('open conflict');
});

test('a colleague who converts the line ends loses no paragraph, and settling keeps the line ends', async () => {
  const converted = (text: string) => text.replaceAll('\n', '\r\n');
  const { id, sides } = await clashing('converted', (text) => ({
    base: text,
    git: converted(text.replace('Ask first', 'Listen first').replace('Then listen', 'Then ask')),
    mine: text.replace('Then listen', 'Then be quiet'),
  }));
  const { body } = await api.call('GET', `${conflicts}/${id}`);
  expect(body.parts).toMatchObject([
    { id: 'body:1', base: 'Then listen.\n', git: 'Then ask.\n', mine: 'Then be quiet.\n' },
  ]);
  const settle = (settlement: object) =>
    api.call('POST', `${conflicts}/${id}/actions/settle`, settlement);
  expect((await settle({ take: 'mine' })).status).toBe(200);
  const wanted = sides.git!.replace('Then ask', 'Then be quiet');
  expect(await headOf('converted')).toBe(wanted);
  const text = wanted.replaceAll('\r\n', '\n').replace('Listen first', 'Listen');
  expect((await settle({ text })).status).toBe(200);
  expect(await headOf('converted')).toBe(converted(text));
});

test('with a file that went to Git LFS only takes Git’s side', async () => {
  const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${'a'.repeat(64)}\nsize 1\n`;
  const { id, sides } = await clashing('to-lfs', (text) => ({
    ...{ base: text, git: pointer, mine: text.replace('Then listen', 'Then be quiet') },
  }));
  const settle = (settlement: object) =>
    api.call('POST', `${conflicts}/${id}/actions/settle`, settlement);
  for (const settlement of [{ take: 'mine' }, { text: sides.base }]) {
    const { status, body } = await settle(settlement);
    expect([status, body.code]).toEqual([422, 'edit_refused']);
  }
  expect((await settle({ take: 'git' })).status).toBe(200);
  expect(await headOf('to-lfs')).toBe(pointer);
});

describe('a settlement with a text that others have to approve', () => {
  test('is refused with what to do, and nothing is saved; the present text needs no approval', async () => {
    const rule = { name: 'Truth', kinds: ['skill'], fields: ['active'], approvals: 1 };
    const set = (rules: object[]) =>
      db
        .updateTable('spaces')
        .set({ reviewRules: jsonb(rules) })
        .where('id', '=', 'sales')
        .execute();
    await set([{ ...rule, author: false }]);
    try {
      const { id, sides } = await clashing('reviewed');
      const refused = await api.call('POST', `${conflicts}/${id}/actions/settle`, { take: 'mine' });
      expect([refused.status, refused.body]).toEqual([
        409,
        expect.objectContaining({
          code: 'review_needed',
          detail:
            'Others have to approve this text of reviewed: the rule "Truth" asks for it. Settle the conflict with the whole text that the entry has now, and then save this one as a change: it becomes a review.',
        }),
      ]);
      expect(await headOf('reviewed')).toBe(sides.git);
      const open = await api.call('GET', `${conflicts}/${id}`);
      expect(open.body.settled).toBeNull();
      const free = { text: sides.git?.replace('Ask first', 'Ask') };
      const other = await api.call('POST', `${conflicts}/${id}/actions/settle`, free);
      expect([other.status, other.body.code, other.body.detail]).toEqual([
        200,
        undefined,
        undefined,
      ]);
      const git = await clashing('taken');
      const take = { text: git.sides.git };
      const taken = await api.call('POST', `${conflicts}/${git.id}/actions/settle`, take);
      expect(taken.status).toBe(200);
    } finally {
      await set([]);
    }
  });
});
