import { describe, expect, it } from 'vitest';
import { idOfPath } from '../../../knowledge/entries/version-line.ts';
import { backUp } from '../../support/back-up.ts';
import { forge } from '../../support/forged-commit.ts';
import { trailersOf } from '../activities-under-test.ts';
import { customer, eva, jan, spacesUnderTest } from './spaces-under-test.ts';

const { space, server, installationId, hooks, logged } = await spacesUnderTest();

const acme = 'knowledge/customers/acme.md';
const beta = 'knowledge/customers/beta.md';

describe('what the host asks of commits', () => {
  it('is so for saves, and they are still known as ours', async () => {
    const under = await space(
      { [acme]: customer('acme') },
      {
        commits: {
          committer: { name: 'Data Bot', email: 'bot@example.com' },
          subjectSuffix: '[skip ci]',
        },
      },
    );
    await under.sync();
    await under.save('acme', { text: customer('acme', ['region: APAC']) });
    await under.syncAndLoseWorker();
    expect(await under.sync()).toMatchObject({ commits: 0, waitingSaves: 0 });
    const [commit] = await under.repository.log();
    expect(commit).toMatchObject({
      author: { name: eva.name },
      committer: { name: 'Data Bot', email: 'bot@example.com' },
    });
    expect(commit!.subject).toMatch(/ \[skip ci\]$/);
    expect(await under.saves()).toMatchObject([{ state: 'delivered', commitSha: commit!.sha }]);
  });
});

describe('after the database was restored', () => {
  it('a save that Git has, and what others made of it since, do not clash', async () => {
    const under = await space({ [acme]: customer('acme') });
    await under.sync();
    const gold = customer('acme', ['tier: gold']);
    const silver = customer('acme', ['tier: silver']);
    await under.save('acme', { text: gold });
    const restore = await backUp(under.db);
    await under.sync();
    await under.save('acme', { text: silver, person: jan });
    await under.sync();
    const log = await under.repository.log();
    await restore();
    expect(await under.sync()).toMatchObject({ commits: 0, waitingSaves: 0 });
    expect(await under.conflicts()).toEqual([]);
    expect(await under.saves()).toMatchObject([{ state: 'unneeded' }]);
    expect(await under.entry('acme')).toMatchObject({ headText: silver, waiting: false });
    expect(await under.repository.log()).toEqual(log);
  });

  it('a save that Git never had still clashes with what others wrote', async () => {
    const under = await space({ [acme]: customer('acme') });
    await under.sync();
    await under.save('acme', { text: customer('acme', ['tier: gold']) });
    for (const tier of ['silver', 'bronze'])
      await under.repository.commit({ files: { [acme]: customer('acme', [`tier: ${tier}`]) } });
    await under.sync();
    expect(await under.conflicts()).toHaveLength(1);
  });
});

describe('what others push', () => {
  it('is read into entries with their fields and their commit', async () => {
    const under = await space({
      [acme]: customer('acme', ['region: EMEA']),
      'knowledge/skills/sql.md': '---\nid: sql\ntitle: SQL\n---\n',
      'README.md': 'Not ours.',
    });
    const result = await under.sync();
    const tip = await under.repository.tip();
    expect(result).toMatchObject({ tip, commits: 0, entries: 2, waitingSaves: 0 });
    expect(await under.ids()).toEqual(['acme', 'sql']);
    expect(await under.entry('acme')).toMatchObject({
      kind: 'customer',
      path: acme,
      title: 'ACME',
      fields: { id: 'acme', name: 'ACME', region: 'EMEA' },
      commitSha: tip,
      waiting: false,
      problems: [],
    });
    expect(await under.row()).toMatchObject({ syncedSha: tip });
  });

  it('costs at most three requests if nothing is new', async () => {
    const under = await space({ [acme]: customer('acme') });
    await under.sync();
    const before = server.requests.length;
    await under.sync();
    expect(server.requests.length - before).toBeLessThanOrEqual(3);
    expect(await under.sync()).toMatchObject({ entries: 0, commits: 0 });
  });

  it('can move, change and remove an entry', async () => {
    const under = await space({ [acme]: customer('acme') });
    await under.sync();
    const moved = 'knowledge/customers/emea/acme.md';
    await under.repository.commit({
      files: { [acme]: null, [moved]: customer('acme', ['tier: gold']) },
      message: 'Move',
    });
    await under.sync();
    expect(await under.entry('acme')).toMatchObject({ path: moved, fields: { tier: 'gold' } });
    await under.repository.commit({ files: { [moved]: null }, message: 'Remove' });
    await under.sync();
    expect(await under.ids()).toEqual([]);
    expect(await under.versions('acme')).toEqual([
      'Remove: removed',
      `Move: ${moved}`,
      `Begin: ${acme}`,
    ]);
  });

  it('is the last change of an entry that was moved away and back between two looks', async () => {
    const under = await space({ [acme]: customer('acme'), [beta]: customer('beta') });
    await under.sync();
    const moved = 'knowledge/customers/emea/acme.md';
    const files = { [acme]: null, [moved]: customer('acme') };
    await under.repository.commit({ files, author: eva, message: 'Away' });
    const back = { [acme]: customer('acme'), [moved]: null };
    const tip = await under.repository.commit({ files: back, author: jan, message: 'Back' });
    const begin = (await under.entry('beta')).commitSha;
    await under.sync();
    expect(await under.entry('acme')).toMatchObject({
      path: acme,
      commitSha: tip,
      updatedBy: jan.name,
    });
    expect((await under.entry('beta')).commitSha).toBe(begin);
  });

  it('is stored and reported if it is invalid, and does not stop the other files', async () => {
    const under = await space({
      [acme]: customer('acme'),
      [beta]: '---\nid: beta\nname: [\n---\n',
      'knowledge/customers/copy.md': customer('acme'),
      'knowledge/customers/none.md': 'No front matter.\n',
      'knowledge/customers/wrong.md': customer('wrong', ['active: perhaps']),
    });
    await under.sync();
    const copy = idOfPath('knowledge/customers/copy.md');
    const none = idOfPath('knowledge/customers/none.md');
    expect(await under.ids()).toEqual(['acme', 'beta', 'wrong', copy, none].sort());
    // The id of a broken file can still be read.
    expect((await under.entry('beta')).problems[0]).toMatchObject({ code: 'unparsable' });
    expect((await under.entry(copy)).problems[0]).toMatchObject({ code: 'duplicate_id' });
    expect((await under.entry(none)).problems[0]).toMatchObject({ code: 'no_front_matter' });
    expect((await under.entry('wrong')).problems[0]).toMatchObject({
      code: 'schema',
      line: 4,
      pointer: '/active',
    });
    // The id is free again, so the other file gets it.
    await under.repository.commit({ files: { [acme]: null } });
    await under.sync();
    expect(await under.entry('acme')).toMatchObject({
      path: 'knowledge/customers/copy.md',
      problems: [],
    });
  });

  it('keeps a file that is not valid UTF-8 where it is', async () => {
    const under = await space();
    await under.repository.commit({
      files: { [acme]: Buffer.from([0x2d, 0x2d, 0x2d, 0x0a, 0xff, 0xfe]) },
    });
    await under.sync();
    const entry = await under.entry(idOfPath(acme));
    expect(entry.headText).toBeNull();
    expect(entry.problems[0]).toMatchObject({ code: 'not_utf8' });
  });

  it('is read from scratch if the branch was rewritten and nothing of ours is lost', async () => {
    const under = await space({ [acme]: customer('acme'), [beta]: customer('beta') });
    await under.sync();
    await under.repository.commit({
      files: { [acme]: customer('acme', ['tier: gold']) },
      message: 'Begin again',
      orphan: true,
    });
    await under.sync();
    expect(await under.ids()).toEqual(['acme']);
    expect(await under.versions('acme')).toEqual([`Begin again: ${acme}`]);
  });

  it('makes new kinds, and entries of them, if it contains schema files', async () => {
    const under = await space({ 'knowledge/presets/dark.md': '---\nid: dark\nname: Dark\n---\n' });
    await under.sync();
    expect(await under.ids()).toEqual([]);
    await under.repository.commit({
      files: {
        'knowledge/.schemas/preset.json': JSON.stringify({
          type: 'object',
          required: ['id', 'name'],
          properties: { id: { type: 'string' }, name: { type: 'string' } },
          'x-gitward': { folder: 'presets', title: 'name' },
        }),
      },
    });
    await under.sync();
    expect(await under.entry('dark')).toMatchObject({ kind: 'preset', title: 'Dark' });
  });
});

describe('a save', () => {
  it('becomes a commit by the person who saved, and is read back', async () => {
    const under = await space({ [acme]: customer('acme') });
    await under.sync();
    const text = customer('acme', ['tier: gold']);
    expect(await under.save('acme', { text })).toMatchObject({ kind: 'accepted', ring: true });
    expect(await under.entry('acme')).toMatchObject({ waiting: true, headText: text });
    expect(await under.sync()).toMatchObject({ commits: 1, waitingSaves: 0 });
    const [commit] = await under.repository.log();
    expect(commit).toMatchObject({
      author: eva,
      committer: { name: 'Gitward' },
      subject: 'Change customer "ACME"',
    });
    expect(trailersOf(commit!.message)).toMatchObject({
      Stream: `space/${under.id}`,
      Through: '1',
      Reason: 'changes',
    });
    expect(await under.repository.read(acme)).toBe(text);
    expect(await under.entry('acme')).toMatchObject({
      waiting: false,
      headText: text,
      gitText: null,
      commitSha: commit!.sha,
    });
    expect(await under.saves()).toMatchObject([{ state: 'delivered', commitSha: commit!.sha }]);
    expect(await under.row()).toMatchObject({
      deliveredSha: commit!.sha,
      syncedSha: commit!.sha,
      rungAt: null,
    });
  });

  it('stores its batch exactly as it is committed', async () => {
    const under = await space({ [acme]: customer('acme') });
    await under.sync();
    await under.save('acme', { text: customer('acme', ['tier: gold']), message: 'Gold at last' });
    await under.sync();
    const [commit] = await under.repository.log();
    const batch = await under.db
      .selectFrom('batches')
      .select(['message', 'authoredAt', 'commitSha'])
      .where('stream', '=', `space/${under.id}`)
      .executeTakeFirstOrThrow();
    expect(batch).toMatchObject({
      message: { subject: 'Gold at last', author: eva },
      commitSha: commit!.sha,
    });
    expect(commit!.message).toContain(batch.message.body);
    expect(new Date(commit!.authoredAt).getTime()).toBe(
      Math.floor(batch.authoredAt.getTime() / 1_000) * 1_000,
    );
  });

  it('makes one commit per person, in order', async () => {
    const under = await space({ [acme]: customer('acme'), [beta]: customer('beta') });
    await under.sync();
    await under.save('acme', { text: customer('acme', ['tier: a']) });
    await under.save('beta', { text: customer('beta', ['tier: b']), person: jan });
    await under.save('acme', { text: customer('acme', ['tier: c']) });
    await under.save('acme', { text: customer('acme', ['tier: d']), person: jan });
    expect(await under.sync()).toMatchObject({ commits: 2 });
    const [second, first] = await under.repository.log();
    expect([first!.author, second!.author]).toEqual([eva, jan]);
    expect(await under.repository.read(acme, first!.sha)).toContain('tier: c');
    expect(await under.repository.read(acme)).toContain('tier: d');
  });

  it('into an empty repository creates its branch', async () => {
    const under = await space();
    await under.sync();
    await under.save('acme', { text: customer('acme') });
    await under.sync();
    expect(await under.repository.files()).toEqual({ [acme]: customer('acme') });
  });

  it('makes no commit if it is undone before it is sent', async () => {
    const under = await space({ [acme]: customer('acme') });
    await under.sync();
    const tip = await under.repository.tip();
    await under.save('acme', { text: customer('acme', ['tier: gold']) });
    await under.save('acme', { text: customer('acme') });
    expect(await under.sync()).toMatchObject({ commits: 0, waitingSaves: 0 });
    expect(await under.repository.tip()).toBe(tip);
    expect(await under.entry('acme')).toMatchObject({ waiting: false });
  });

  it('from an outdated base is reported as stale, and nothing is stored', async () => {
    const under = await space({ [acme]: customer('acme') });
    await under.sync();
    const base = (await under.entry('acme')).headBlob;
    await under.save('acme', { text: customer('acme', ['tier: gold']) });
    const late = await under.save('acme', { text: customer('acme', ['tier: iron']), base });
    expect(late.kind).toBe('stale');
    expect(await under.saves()).toHaveLength(1);
  });

  it('can remove and create entries', async () => {
    const under = await space({ [acme]: customer('acme') });
    await under.sync();
    await under.save('acme', { text: null });
    await under.save('beta', { text: customer('beta') });
    await under.sync();
    expect(await under.repository.files()).toEqual({ [beta]: customer('beta') });
    expect(await under.ids()).toEqual(['beta']);
  });

  it('that recreates an entry before its removal was sent stays in the same file', async () => {
    const under = await space({ [acme]: customer('acme') });
    await under.sync();
    await under.save('acme', { text: null });
    const again = customer('acme', ['tier: gold']);
    await under.save('acme', { text: again, path: beta, action: 'create', base: null });
    await under.sync();
    expect(await under.repository.files()).toEqual({ [acme]: again });
  });

  it('that the host refused is replaced by a later save of the same entry', async () => {
    const under = await space({ [acme]: customer('acme') });
    await under.sync();
    await under.save('acme', { text: customer('acme', ['tier: a-token']) });
    await under.repository.rejectPushes('A rule of this repository: there is a secret in it.');
    expect(await under.sync()).toMatchObject({ waitingSaves: 1, heldSaves: 1 });
    expect((await under.entry('acme')).failure).toMatchObject({ code: 'file_refused' });
    await under.save('acme', { text: customer('acme', ['tier: gold']) });
    await under.repository.rejectPushes(null);
    expect(await under.sync()).toMatchObject({ commits: 1, waitingSaves: 0 });
    const history = (await under.repository.git(['log', '-p', 'main'])).toString();
    expect(history).not.toContain('a-token');
    expect((await under.entry('acme')).failure).toBeNull();
  });

  it('does not reach an index file in a public repository, even if it is made while the index is written', async () => {
    const files = { 'knowledge/skills/sql.md': '---\ntitle: SQL\n---\n' };
    const under = await space(files, { index: true });
    const credential = server.credential;
    hooks.beforePlan = async () => {
      hooks.beforePlan = null;
      await under.save('acme', { text: customer('acme') });
      server.credential = null;
    };
    try {
      await under.sync();
      await under.sync();
    } finally {
      hooks.beforePlan = null;
      server.credential = credential;
    }
    const { 'knowledge/.index/skills.json': skills, ...others } = await under.repository.files();
    expect(skills).toContain('SQL');
    expect(others).toEqual(files);
    expect((await under.entry('acme')).failure).toMatchObject({ code: 'public_repository' });
  });

  it('is in Git exactly once if the worker was lost after the push', async () => {
    const under = await space({ [acme]: customer('acme') });
    await under.sync();
    await under.save('acme', { text: customer('acme', ['tier: gold']) });
    await under.syncAndLoseWorker();
    expect(await under.saves()).toMatchObject([{ state: 'waiting' }]);
    expect(await under.sync()).toMatchObject({ commits: 0, waitingSaves: 0 });
    expect(await under.repository.log()).toHaveLength(2);
    expect(await under.saves()).toMatchObject([{ state: 'delivered' }]);
  });
});

describe('a save made while others push', () => {
  it('is merged: the other change and the exact bytes are kept', async () => {
    const under = await space({ [acme]: customer('acme', ['tier: iron', 'region: EMEA # ours']) });
    await under.sync();
    await under.save('acme', { text: customer('acme', ['tier: gold', 'region: EMEA # ours']) });
    await under.repository.commit({
      files: { [acme]: customer('acme', ['tier: iron', 'region: APAC # ours']) },
    });
    await under.sync();
    expect(await under.repository.read(acme)).toBe(
      customer('acme', ['tier: gold', 'region: APAC # ours']),
    );
    expect(await under.conflicts()).toEqual([]);
  });

  it('conflicts if both changed the same field; both sides are kept and the rest continues', async () => {
    const under = await space({ [acme]: customer('acme', ['tier: iron']) });
    await under.sync();
    const mine = customer('acme', ['tier: gold']);
    await under.save('acme', { text: mine });
    await under.save('beta', { text: customer('beta') });
    const theirs = customer('acme', ['tier: steel']);
    await under.repository.commit({ files: { [acme]: theirs }, author: jan });
    expect(await under.sync()).toMatchObject({ waitingSaves: 0, openConflicts: 1 });
    expect(await under.repository.read(acme)).toBe(theirs);
    expect(await under.repository.read(beta)).toBe(customer('beta'));
    expect(await under.entry('acme')).toMatchObject({
      conflicted: true,
      waiting: false,
      headText: theirs,
    });
    expect(await under.conflicts()).toMatchObject([
      {
        entryId: 'acme',
        baseText: customer('acme', ['tier: iron']),
        gitText: theirs,
        gitAuthor: jan.name,
        mineText: mine,
        mineAuthors: [eva],
        settled: null,
      },
    ]);
    expect((await under.saves())[0]).toMatchObject({ state: 'conflict', text: mine });
  });

  it('conflicts if the push removed the entry', async () => {
    const under = await space({ [acme]: customer('acme'), [beta]: customer('beta') });
    await under.sync();
    await under.save('acme', { text: customer('acme', ['tier: gold']) });
    await under.repository.commit({ files: { [acme]: null } });
    await under.sync();
    expect(await under.conflicts()).toMatchObject([{ gitText: null }]);
    expect(await under.entry('acme')).toMatchObject({ headText: null, conflicted: true });
  });

  it('becomes unneeded if the push made the same change', async () => {
    const under = await space({ [acme]: customer('acme') });
    await under.sync();
    const text = customer('acme', ['tier: gold']);
    await under.save('acme', { text });
    await under.repository.commit({ files: { [acme]: text } });
    expect(await under.sync()).toMatchObject({ commits: 0, waitingSaves: 0 });
    expect(await under.saves()).toMatchObject([{ state: 'unneeded' }]);
    expect(await under.entry('acme')).toMatchObject({ waiting: false });
  });

  it('follows an entry that was moved', async () => {
    const under = await space({ [acme]: customer('acme') });
    await under.sync();
    await under.save('acme', { text: customer('acme', ['tier: gold']) });
    const moved = 'knowledge/customers/emea/acme.md';
    await under.repository.commit({ files: { [acme]: null, [moved]: customer('acme') } });
    await under.sync();
    expect(await under.repository.files()).toEqual({ [moved]: customer('acme', ['tier: gold']) });
  });

  it('that creates an entry gets another path if a pushed entry took its path', async () => {
    const under = await space({ [beta]: customer('beta') });
    await under.sync();
    await under.save('acme', { text: customer('acme') });
    await under.repository.commit({ files: { [acme]: customer('acme-of-theirs') } });
    await under.sync();
    expect(await under.repository.files()).toEqual({
      [acme]: customer('acme-of-theirs'),
      [beta]: customer('beta'),
      'knowledge/customers/acme-2.md': customer('acme'),
    });
  });

  it('does not take the path of a third entry when it gets another path', async () => {
    const second = 'knowledge/customers/acme-2.md';
    const under = await space({ [second]: customer('beta') });
    await under.sync();
    await under.save('acme', { text: customer('acme') });
    await under.repository.commit({ files: { [acme]: customer('theirs') } });
    await under.sync();
    expect(await under.repository.files()).toEqual({
      [acme]: customer('theirs'),
      [second]: customer('beta'),
      'knowledge/customers/acme-3.md': customer('acme'),
    });
  });

  it('that creates an entry does not overwrite a file that is not an entry', async () => {
    const readme = 'knowledge/customers/README.md';
    const under = await space({ [readme]: 'Not an entry.\n' });
    await under.sync();
    await under.save('acme', { text: customer('acme') });
    await under.db
      .updateTable('entries')
      .set({ path: readme })
      .where('spaceId', '=', under.id)
      .execute();
    await under.sync();
    const files = await under.repository.files();
    expect(files[readme]).toBe('Not an entry.\n');
    expect(files['knowledge/customers/README-2.md']).toBe(customer('acme'));
  });

  it('of an entry that is not valid UTF-8 in Git becomes a conflict', async () => {
    const binary = (byte: number) => Buffer.from([...Buffer.from('---\nid: acme\n---\n'), byte]);
    const under = await space();
    await under.repository.commit({ files: { [acme]: binary(0xff), [beta]: customer('beta') } });
    await under.sync();
    const [id] = (await under.ids()).filter((one) => one !== 'beta');
    await under.save(id!, { text: null });
    await under.repository.commit({ files: { [acme]: binary(0xfe) } });
    await under.sync();
    expect(await under.conflicts()).toMatchObject([{ mineText: null }]);
    expect(Object.keys(await under.repository.files()).sort()).toEqual([acme, beta].sort());
  });

  it('is based on the save sent before it, even if that was changed by a push', async () => {
    const under = await space({ [acme]: customer('acme', ['tier: a', 'region: x']) });
    await under.sync();
    await under.save('acme', { text: customer('acme', ['tier: b', 'region: x']) });
    await under.syncAndLoseWorker();
    await under.save('acme', { text: customer('acme', ['tier: c', 'region: x']) });
    await under.repository.commit({
      files: { [acme]: customer('acme', ['tier: b', 'region: y']) },
    });
    await under.sync();
    expect(await under.conflicts()).toEqual([]);
    expect(await under.repository.read(acme)).toBe(customer('acme', ['tier: c', 'region: y']));
  });
});

describe('a branch that is not as we left it', () => {
  it('is held if our commit is gone, until a person approves its current content', async () => {
    const under = await space({ [acme]: customer('acme') });
    await under.sync();
    await under.save('acme', { text: customer('acme', ['tier: gold']) });
    await under.sync();
    await under.repository.commit({
      files: { [beta]: customer('beta') },
      message: 'Begin again',
      orphan: true,
    });
    await expect(under.sync()).rejects.toMatchObject({ type: 'history_lost' });
    await under.db
      .updateTable('spaces')
      .set({ approvedAt: new Date() })
      .where('id', '=', under.id)
      .execute();
    await under.sync();
    expect(await under.entry('beta')).toMatchObject({ headText: customer('beta') });
    // What had been saved is offered again.
    expect(await under.entry('acme')).toMatchObject({ headText: null, conflicted: true });
    expect(await under.conflicts()).toMatchObject([
      { cause: 'lost', mineText: customer('acme', ['tier: gold']) },
    ]);
  });

  it('is held if it was deleted; after an approval it is created again from the database', async () => {
    const under = await space({ [acme]: customer('acme'), [beta]: customer('beta') });
    await under.sync();
    await under.save('beta', { text: customer('beta', ['tier: gold']) });
    await under.repository.deleteBranch();
    await expect(under.sync()).rejects.toMatchObject({ type: 'branch_gone' });
    expect(logged.at(-1)).toMatchObject({
      message: 'The space could not be synchronized',
      data: { space_id: under.id, code: 'branch_gone', retry_count: 0 },
    });
    await under.db
      .updateTable('spaces')
      .set({ approvedAt: new Date() })
      .where('id', '=', under.id)
      .execute();
    await under.sync();
    expect(await under.repository.files()).toEqual({
      [acme]: customer('acme'),
      [beta]: customer('beta', ['tier: gold']),
    });
    expect(await under.sync()).toMatchObject({ commits: 0, waitingSaves: 0 });
  });

  it('is left alone while the space is paused', async () => {
    const under = await space({ [acme]: customer('acme') });
    await under.db
      .updateTable('spaces')
      .set({ pausedAt: new Date() })
      .where('id', '=', under.id)
      .execute();
    expect(await under.sync()).toMatchObject({ active: false, tip: null });
  });
});

describe('a forged commit', () => {
  it('with the id of a waiting batch does not mark it as delivered', async () => {
    const under = await space({ [acme]: customer('acme') });
    await under.sync();
    const text = customer('acme', ['tier: gold']);
    await under.save('acme', { text });
    await under.syncAndLoseWorkerBeforePush();
    const [save] = await under.saves();
    expect(save).toMatchObject({ state: 'waiting' });
    const forged = await forge(under.repository, {
      stream: `space/${under.id}`,
      installation: installationId,
      batches: [save!.batchId!],
      through: 1,
      files: { [beta]: customer('beta') },
    });
    expect(await under.sync()).toMatchObject({ commits: 1, waitingSaves: 0 });
    expect(await under.repository.read(acme)).toBe(text);
    expect(await under.saves()).toMatchObject([
      { state: 'delivered', commitSha: await under.repository.tip() },
    ]);
    expect((await under.saves())[0]!.commitSha).not.toBe(forged);
  });
});

describe('index files', () => {
  const index = 'knowledge/.index/customers.json';

  it('are updated in the commit of a save and after pushes by others', async () => {
    const under = await space({ [acme]: customer('acme') }, { index: true });
    await under.sync();
    expect(JSON.parse(await under.repository.read(index))).toMatchObject([{ id: 'acme' }]);
    const [commit] = await under.repository.log();
    expect(commit).toMatchObject({ author: { name: 'Gitward' } });
    await under.save('beta', { text: customer('beta') });
    await under.sync();
    expect((await under.repository.changedPaths()).sort()).toEqual([index, beta].sort());
    expect(await under.sync()).toMatchObject({ commits: 0 });
  });
});
