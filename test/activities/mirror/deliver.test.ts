import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { lockMirror } from '../../../db/mirror/mirror-marks.ts';
import { assignToBatch, listWaitingChanges } from '../../../db/mirror/waiting-changes.ts';
import { supersedeWaitingBatches } from '../../../db/streams/batches.ts';
import {
  activitiesUnderTest,
  customers,
  orders,
  report,
  trailersOf,
} from '../activities-under-test.ts';
import { somebodyWaits } from '../../support/somebody-waits.ts';
import { forge } from '../../support/forged-commit.ts';

const under = await activitiesUnderTest();

afterEach(() => {
  under.hooks.beforePlan = null;
  under.hooks.afterPush = null;
});

describe('the first delivery', () => {
  it('commits everything and names this installation in its trailers', async () => {
    const mirror = await under.mirror();
    expect(await mirror.deliver()).toMatchObject({ commits: 1, resync: false });
    const [commit, ...before] = await mirror.repository.log();
    expect(before).toEqual([]);
    expect(trailersOf(commit!.message)).toMatchObject({
      Stream: mirror.stream,
      Installation: under.installationId,
      Through: '0',
      Reason: 'initial',
    });
    expect(await mirror.row()).toMatchObject({ deliveredSha: commit!.sha, resyncReason: null });
    expect(await mirror.batches()).toMatchObject([{ commitSha: commit!.sha, state: 'delivered' }]);
  });

  it('includes the changes that came before it, with their authors', async () => {
    const mirror = await under.mirror();
    await mirror.accept(mirror.platform.change(orders, { author: 'jan@example.com' }));
    await mirror.deliver();
    const [commit] = await mirror.repository.log();
    expect(commit?.author.email).toBe('jan@example.com');
    expect(await mirror.changes()).toMatchObject([{ commitSha: commit!.sha }]);
  });

  it('writes below its subdirectory and ignores everything else', async () => {
    const mirror = await under.mirror({ subdirectory: 'platform/shop' });
    await mirror.repository.commit({ files: { 'configs/theirs.json': '{}', 'README.md': 'Hi\n' } });
    await mirror.deliver();
    await mirror.accept(mirror.platform.change(orders));
    await mirror.window();
    await mirror.deliver();
    const paths = Object.keys(await mirror.repository.files());
    expect(paths).toContain('platform/shop/configs/.keboola/manifest.json');
    expect(paths.filter((path) => !path.startsWith('platform/shop/'))).toEqual([
      'README.md',
      'configs/theirs.json',
    ]);
    expect(await mirror.repository.changedPaths()).toEqual([
      'platform/shop/ai/catalog/keboola.ex-db-mysql.json',
      'platform/shop/configs/main/extractor/keboola.ex-db-mysql/orders/description.md',
    ]);
  });

  it('is held if its folders contain files that are not ours, until someone approves', async () => {
    const mirror = await under.mirror();
    await mirror.repository.commit({ files: { 'configs/old.json': '{}', 'README.md': 'Hi\n' } });
    await expect(mirror.deliver()).rejects.toMatchObject({ type: 'not_adopted' });
    await expect(mirror.deliver()).rejects.toThrow('configs/old.json');
    expect(await mirror.repository.log()).toHaveLength(1);
    await mirror.mark('adopt');
    await mirror.deliver();
    const paths = Object.keys(await mirror.repository.files());
    expect(paths).toContain('README.md');
    expect(paths).not.toContain('configs/old.json');
    expect(trailersOf((await mirror.repository.log())[0]!.message).Reason).toBe('adopt');
  });
});

describe('waiting batches', () => {
  it('become one commit each, in one push, with their authors and times', async () => {
    const mirror = await under.settledMirror();
    const at = new Date('2026-06-01T10:00:00Z');
    for (const author of ['eva@example.com', 'jan@example.com']) {
      await mirror.accept(mirror.platform.change(orders, { author, at }));
      await mirror.window();
    }
    under.server.requests.length = 0;
    expect(await mirror.deliver()).toMatchObject({ commits: 2, waitingBatches: 0 });
    const [newest, older] = await mirror.repository.log();
    expect([older!.author.email, newest!.author.email]).toEqual([
      'eva@example.com',
      'jan@example.com',
    ]);
    expect(trailersOf(newest!.message).Through).toBe('2');
    expect(pushes()).toBe(1);
  });

  it('stay commits of their own if there are more than a hundred, in several pushes', async () => {
    const mirror = await under.settledMirror();
    for (let index = 0; index < 101; index += 1) {
      await mirror.accept(
        mirror.platform.change(index % 2 === 0 ? orders : customers, {
          author: `author-${index % 3}@example.com`,
        }),
      );
      await mirror.window();
    }
    expect(await mirror.deliver()).toMatchObject({ commits: 100, waitingBatches: 1 });
    expect(await mirror.deliver()).toMatchObject({ commits: 1, waitingBatches: 0 });
    const log = (await mirror.repository.log()).slice(0, 101).reverse();
    expect(log.map(({ author }) => author.email)).toEqual(
      Array.from({ length: 101 }, (_, index) => `author-${index % 3}@example.com`),
    );
    expect((await mirror.changes()).map(({ commitSha }) => commitSha)).toEqual(
      log.map(({ sha }) => sha),
    );
  });

  it('keep what someone else commits while they are being sent', async () => {
    const mirror = await under.settledMirror();
    await mirror.accept(mirror.platform.change(orders));
    await mirror.window();
    let plans = 0;
    under.hooks.beforePlan = async () => {
      plans += 1;
      if (plans === 1)
        await mirror.repository.commit({ files: { 'README.md': 'Theirs\n' }, message: 'Theirs' });
    };
    await mirror.deliver();
    expect(plans).toBe(2);
    expect((await mirror.repository.log()).map(({ subject }) => subject).slice(1, 2)).toEqual([
      'Theirs',
    ]);
    expect(await mirror.repository.read('README.md')).toBe('Theirs\n');
  });

  it('that change nothing on the tip make no commit and are done', async () => {
    const mirror = await under.settledMirror();
    await mirror.accept(mirror.platform.change(orders, { description: 'The same by hand' }));
    await mirror.window();
    const folder = 'configs/main/extractor/keboola.ex-db-mysql/orders';
    const catalog = 'ai/catalog/keboola.ex-db-mysql.json';
    const listed = await mirror.repository.read(catalog);
    await mirror.repository.commit({
      files: {
        [`${folder}/description.md`]: 'The same by hand\n',
        [catalog]: listed.replace(`"${folder}"`, `"${folder}", "description": "The same by hand"`),
      },
    });
    expect(await mirror.deliver()).toMatchObject({ commits: 0, waitingBatches: 0 });
    expect(await mirror.repository.log()).toHaveLength(2);
    expect(await mirror.changes()).toMatchObject([{ commitSha: await mirror.repository.tip() }]);
  });

  it('are sent once, even by two simultaneous deliveries', async () => {
    const mirror = await under.settledMirror();
    await mirror.accept(mirror.platform.change(orders));
    await mirror.window();
    await Promise.all([mirror.deliver(), mirror.deliver()]);
    expect(await mirror.repository.log()).toHaveLength(2);
    expect((await mirror.changes())[0]?.commitSha).toBe(await mirror.repository.tip());
  });

  it('are found on the tip if the worker was lost after the push', async () => {
    const mirror = await under.settledMirror();
    await mirror.accept(mirror.platform.change(orders));
    await mirror.window();
    await mirror.deliverAndLoseWorker();
    expect(await mirror.changes()).toMatchObject([{ deliveredAt: null }]);
    expect(await mirror.deliver()).toMatchObject({ commits: 0, waitingBatches: 0 });
    const tip = await mirror.repository.tip();
    expect(await mirror.changes()).toMatchObject([{ commitSha: tip }]);
    expect((await mirror.row()).deliveredSha).toBe(tip);
    expect(await mirror.repository.log()).toHaveLength(2);
  });
});

describe('a window that closes while a batch is noted as delivered, and has nothing to write', () => {
  it('gives its changes the commit of that batch', async () => {
    const mirror = await under.settledMirror();
    await mirror.accept(mirror.platform.change(orders));
    await mirror.window();
    await mirror.accept(mirror.platform.change(customers));
    const [batch] = (await mirror.batches()).filter(({ state }) => state === 'waiting');
    let window = Promise.resolve();
    under.hooks.afterPush = () =>
      new Promise((goOn) => {
        window = under.db.transaction().execute(async (trx) => {
          await lockMirror(trx, mirror.key);
          const sequences = (await listWaitingChanges(trx, mirror.key)).map((one) => one.sequence);
          await assignToBatch(trx, mirror.key, sequences, batch!.id);
          goOn();
          await somebodyWaits(under.db);
        });
      });
    await mirror.deliver();
    await window;
    const tip = await mirror.repository.tip();
    expect(await mirror.changes()).toMatchObject([{ commitSha: tip }, { commitSha: tip }]);
  });
});

describe('waiting batches that a lost worker sent, and somebody merged into a line of their own', () => {
  it('are not sent again, whatever they changed one after the other', async () => {
    const mirror = await under.settledMirror();
    const { repository } = mirror;
    const settled = (await repository.tip())!;
    for (const description of ['First', 'Second']) {
      await mirror.accept(mirror.platform.change(orders, { description }));
      await mirror.window();
    }
    await mirror.deliverAndLoseWorker();
    const sent = (await repository.tip())!;
    const files = Object.fromEntries(
      await Promise.all(
        (await repository.changedPaths(sent)).map(
          async (path) => [path, await repository.read(path, sent)] as const,
        ),
      ),
    );
    await repository.setBranch('theirs', settled);
    const merge = { files, branch: 'theirs', merge: sent };
    const merged = await repository.commit(merge);
    await repository.setBranch('main', merged);
    expect(await mirror.deliver()).toMatchObject({ commits: 0, resync: true, waitingBatches: 2 });
    expect(await mirror.deliver()).toMatchObject({ commits: 0, undeliveredChanges: 0 });
    expect(await repository.tip()).toBe(merged);
    const parent = (await repository.log()).find(({ sha }) => sha === sent)?.parents[0];
    expect((await mirror.changes()).map(({ commitSha }) => commitSha)).toEqual([parent, sent]);
  });
});

describe('a first delivery whose worker was lost', () => {
  it('after the push is found, even by two simultaneous deliveries', async () => {
    const mirror = await under.mirror();
    await mirror.accept(mirror.platform.change(orders));
    await mirror.deliverAndLoseWorker();
    await Promise.allSettled([mirror.deliver(), mirror.deliver()]);
    await mirror.deliver();
    const [commit, ...before] = await mirror.repository.log();
    expect(before).toEqual([]);
    expect(await mirror.changes()).toMatchObject([{ commitSha: commit!.sha }]);
    expect(await mirror.row()).toMatchObject({ deliveredSha: commit!.sha, resyncReason: null });
  });
});

describe('a policy change while batches are waiting', () => {
  it('makes one commit that lists all their changes and authors', async () => {
    const mirror = await under.settledMirror();
    for (const [what, author] of [
      [orders, 'eva@example.com'],
      [report, 'jan@example.com'],
    ] as const) {
      await mirror.accept(mirror.platform.change(what, { author }));
      await mirror.window();
    }
    await mirror.put({ policy: { secrets: 'omitted' } });
    expect(await mirror.deliver()).toMatchObject({ commits: 1, waitingBatches: 0 });
    const [commit, ...before] = await mirror.repository.log();
    expect(before).toHaveLength(1);
    expect(trailersOf(commit!.message)).toMatchObject({ Reason: 'policy', Through: '2' });
    expect(commit!.author.email).toBe('eva@example.com');
    expect(commit!.message).toContain('Co-authored-by: jan@example.com');
    expect(commit!.message).toMatch(/"Orders".*version 2[^]*"Report".*version 2/);
    expect(JSON.stringify(await mirror.repository.files())).not.toContain('KBC::ProjectSecure');
    expect((await mirror.batches()).map(({ state }) => state)).toEqual([
      'delivered',
      'superseded',
      'superseded',
      'delivered',
    ]);
  });
});

describe('a mirror that changes during a delivery', () => {
  it('sends nothing under the old policy', async () => {
    const mirror = await under.settledMirror();
    await mirror.accept(
      mirror.platform.change(orders, {
        configuration: { parameters: { '#password': 'KBC::ProjectSecure::new' } },
      }),
    );
    await mirror.window();
    under.hooks.beforePlan = () => mirror.put({ policy: { secrets: 'omitted' } });
    await expect(mirror.deliver()).rejects.toThrow('changed while it was being worked on');
    under.hooks.beforePlan = null;
    expect(await mirror.repository.log()).toHaveLength(1);
    await mirror.deliver();
    const history = await mirror.repository.git(['log', '-p', '--all']);
    expect(history.toString()).not.toContain('ProjectSecure::new');
  });

  it('makes no first commit under the old policy', async () => {
    const mirror = await under.mirror();
    under.hooks.beforePlan = () => mirror.put({ policy: { secrets: 'omitted' } });
    await expect(mirror.deliver()).rejects.toThrow('changed while it was being worked on');
    expect(await mirror.repository.log()).toEqual([]);
  });

  it('sends nothing if it was paused', async () => {
    const mirror = await under.settledMirror();
    await mirror.accept(mirror.platform.change(orders));
    await mirror.window();
    under.hooks.beforePlan = () => mirror.mark('pause');
    expect(await mirror.deliver()).toMatchObject({ commits: 0, waitingBatches: 1 });
    under.hooks.beforePlan = null;
    expect(await mirror.repository.log()).toHaveLength(1);
  });

  it('starts again at its new place if it was moved after the push', async () => {
    const mirror = await under.settledMirror();
    await mirror.accept(mirror.platform.change(orders));
    await mirror.window();
    under.hooks.afterPush = () => mirror.put({ subdirectory: 'moved' });
    await mirror.deliver();
    under.hooks.afterPush = null;
    expect(await mirror.row()).toMatchObject({ deliveredSha: null, resyncReason: 'initial' });
    await mirror.deliver();
    expect(Object.keys(await mirror.repository.files())).toContain(
      'moved/configs/.keboola/manifest.json',
    );
  });

  it('needs an approval to overwrite files at its new place in the same repository', async () => {
    const mirror = await under.settledMirror();
    await mirror.repository.commit({ files: { 'moved/configs/theirs.json': '{}' } });
    await mirror.put({ subdirectory: 'moved' });
    await expect(mirror.deliver()).rejects.toMatchObject({ type: 'not_adopted' });
    expect(await mirror.repository.read('moved/configs/theirs.json')).toBe('{}');
  });

  it('sends no batch that another worker has superseded', async () => {
    const mirror = await under.settledMirror();
    await mirror.accept(mirror.platform.change(orders, { description: 'Given up' }));
    await mirror.window();
    let first = true;
    under.hooks.beforePlan = async () => {
      if (!first) return;
      first = false;
      under.hooks.beforePlan = null;
      mirror.platform.change(orders, { description: 'Newer' });
      await mirror.put({ policy: { secrets: 'omitted' } });
      await under.db
        .updateTable('mirrors')
        .set({ resyncReason: null })
        .where('projectId', '=', mirror.key.projectId)
        .execute();
      await under.db.transaction().execute((trx) => supersedeWaitingBatches(trx, mirror.stream));
    };
    expect(await mirror.deliver()).toMatchObject({ commits: 0 });
    expect(await mirror.repository.log()).toHaveLength(1);
  });

  it('lists what a lost worker had already sent only once, even if everything is rendered again', async () => {
    const mirror = await under.settledMirror();
    await mirror.accept(mirror.platform.change(orders, { author: 'eva@example.com' }));
    await mirror.window();
    await mirror.deliverAndLoseWorker();
    const sent = await mirror.repository.tip();
    await mirror.accept(mirror.platform.change(report, { author: 'jan@example.com' }));
    await mirror.put({ policy: { secrets: 'omitted' } });
    await mirror.deliver();
    const [commit] = await mirror.repository.log();
    expect(commit!.message).not.toContain('eva@example.com');
    expect(commit!.author.email).toBe('jan@example.com');
    expect((await mirror.changes()).map(({ commitSha }) => commitSha)).toEqual([sent, commit!.sha]);
    expect((await mirror.batches()).map(({ state }) => state)).not.toContain('superseded');
  });
});

describe('a trailer that is unknown to the database', () => {
  async function forgeUnknown(
    mirror: Awaited<ReturnType<typeof under.mirror>>,
    installation: string,
    files: Record<string, string> = { 'README.md': 'Forged\n' },
  ): Promise<void> {
    const { stream, repository } = mirror;
    await forge(repository, {
      stream,
      installation,
      batches: [randomUUID()],
      through: 4711,
      files,
    });
  }

  it('is trusted only after a full comparison, and raises the sequence number', async () => {
    const mirror = await under.settledMirror();
    await mirror.accept(mirror.platform.change(orders, { description: 'Waits' }));
    await mirror.window();
    const path = 'configs/main/extractor/keboola.ex-db-mysql/orders/description.md';
    await forgeUnknown(mirror, under.installationId, { [path]: 'Forged\n' });
    expect(await mirror.deliver()).toMatchObject({ commits: 0, resync: true });
    expect(await mirror.deliver()).toMatchObject({ commits: 1, resync: false });
    expect(await mirror.repository.read(path)).toBe('Waits\n');
    expect((await mirror.row()).lastSequence).toBe(4711);
    await mirror.accept(mirror.platform.change(orders));
    expect((await mirror.changes()).at(-1)?.sequence).toBe(4712);
    await mirror.window();
    expect(await mirror.deliver()).toMatchObject({ commits: 1, resync: false });
  });

  it('does not raise the sequence number beyond what a database can have lost', async () => {
    const mirror = await under.settledMirror();
    const forged = { stream: mirror.stream, installation: under.installationId, files: {} };
    for (const through of [10 ** 15 - 1, 4711])
      await forge(mirror.repository, { ...forged, batches: [randomUUID()], through });
    await mirror.deliver();
    expect(await mirror.deliver()).toMatchObject({ resync: false });
    expect((await mirror.row()).lastSequence).toBe(4711);
  });

  it('of another installation does not hold the mirror if this one has continued after it', async () => {
    const mirror = await under.settledMirror();
    await forgeUnknown(mirror, randomUUID());
    await forgeUnknown(mirror, under.installationId, { 'README.md': 'Taken over\n' });
    expect(await mirror.deliver()).toMatchObject({ commits: 0, resync: true });
    expect(await mirror.deliver()).toMatchObject({ resync: false });
  });

  it('of another installation holds the mirror', async () => {
    const mirror = await under.settledMirror();
    const other = randomUUID();
    await forgeUnknown(mirror, other);
    await mirror.accept(mirror.platform.change(orders));
    await mirror.window();
    await expect(mirror.deliver()).rejects.toMatchObject({
      type: 'foreign_installation',
      message: expect.stringContaining(other),
    });
    await mirror.mark('adopt');
    expect(await mirror.deliver()).toMatchObject({ commits: 1, undeliveredChanges: 0 });
  });
});

/** Pushes a commit that says that it is ours and has this batch. */
function forgeOurs(
  mirror: Awaited<ReturnType<typeof under.settledMirror>>,
  batch: string,
  files: Record<string, string>,
): Promise<string> {
  return forge(mirror.repository, {
    ...{ stream: mirror.stream, installation: under.installationId },
    ...{ batches: [batch], through: 1, files },
  });
}

describe('a forged commit', () => {
  const path = 'configs/main/extractor/keboola.ex-db-mysql/orders/description.md';

  it('with the id of a waiting batch does not mark it as delivered, and the batch is sent', async () => {
    const mirror = await under.settledMirror();
    await mirror.accept(mirror.platform.change(orders, { description: 'Ours' }));
    const { batchId } = await mirror.window();
    const forged = await forgeOurs(mirror, batchId!, { [path]: 'Forged\n' });
    expect(await mirror.deliver()).toMatchObject({ commits: 0, resync: true, waitingBatches: 1 });
    expect(await mirror.changes()).toMatchObject([{ deliveredAt: null }]);
    expect(await mirror.deliver()).toMatchObject({ commits: 1, undeliveredChanges: 0 });
    expect(await mirror.repository.read(path)).toBe('Ours\n');
    const [change] = await mirror.changes();
    expect(change?.commitSha).toBe(await mirror.repository.tip());
    expect(change?.commitSha).not.toBe(forged);
  });

  it('that changes nothing marks nothing as delivered before everything has been compared', async () => {
    const mirror = await under.settledMirror();
    await mirror.accept(mirror.platform.change(orders, { description: 'Ours' }));
    const { batchId } = await mirror.window();
    await forgeOurs(mirror, batchId!, {});
    expect(await mirror.deliver()).toMatchObject({ commits: 0, waitingBatches: 1 });
    await mirror.deliver();
    expect(await mirror.repository.read(path)).toBe('Ours\n');
    expect(await mirror.changes()).toMatchObject([{ commitSha: await mirror.repository.tip() }]);
  });

  it('does not keep what a waiting batch removes', async () => {
    const mirror = await under.settledMirror();
    await mirror.accept(mirror.platform.change(orders, { name: 'Renamed' }));
    const { batchId } = await mirror.window();
    await forgeOurs(mirror, batchId!, { 'README.md': 'Theirs\n' });
    await mirror.deliver();
    await mirror.deliver();
    const paths = Object.keys(await mirror.repository.files());
    const folder = 'configs/main/extractor/keboola.ex-db-mysql';
    expect(paths).toContain(`${folder}/renamed/config.json`);
    expect(paths.filter((one) => one.startsWith(`${folder}/orders/`))).toEqual([]);
    expect(paths).toContain('README.md');
  });

  it('does not count as a permission to overwrite existing files', async () => {
    const mirror = await under.mirror();
    await forgeOurs(mirror, randomUUID(), { 'configs/theirs.json': '{}' });
    await expect(mirror.deliver()).rejects.toMatchObject({ type: 'not_adopted' });
    expect(await mirror.repository.read('configs/theirs.json')).toBe('{}');
  });

  it('on top of an interrupted first delivery does not hide that delivery', async () => {
    const mirror = await under.mirror();
    await mirror.deliverAndLoseWorker();
    await forgeOurs(mirror, randomUUID(), { [path]: 'Forged\n' });
    expect(await mirror.deliver()).toMatchObject({ commits: 1, resync: false });
    expect(await mirror.repository.read(path)).not.toBe('Forged\n');
  });
});

describe('what an attempt sends', () => {
  it('is recorded with its batches and message before it is pushed', async () => {
    const mirror = await under.settledMirror();
    await mirror.accept(mirror.platform.change(orders));
    const { batchId } = await mirror.window();
    const recorded = () =>
      under.db
        .selectFrom('pushedCommits')
        .select(['sha', 'batches'])
        .where('stream', '=', mirror.stream)
        .orderBy('recordedAt', 'desc')
        .execute();
    expect(await recorded()).toHaveLength(1);
    let before: Awaited<ReturnType<typeof recorded>> = [];
    under.server.beforePush = async () => {
      before = await recorded();
    };
    await mirror.deliver();
    under.server.beforePush = null;
    const [commit] = await mirror.repository.log();
    expect(before[0]).toEqual({ sha: commit!.sha, batches: [batchId] });
    const stored = (await mirror.batches()).find(({ id }) => id === batchId);
    expect(stored?.message).toMatchObject({ subject: commit!.subject, author: commit!.author });
    expect(stored?.authoredAt).toEqual(new Date(commit!.authoredAt));
  });

  it('is stored for a full render, too, with the author and time of the commit', async () => {
    const mirror = await under.mirror();
    await mirror.accept(mirror.platform.change(orders, { author: 'jan@example.com' }));
    await mirror.deliver();
    const [commit] = await mirror.repository.log();
    const [batch] = await mirror.batches();
    expect(batch?.message).toMatchObject({ subject: commit!.subject, author: commit!.author });
    expect(commit!.message).toContain(batch!.message.body.trim());
    expect(batch?.authoredAt).toEqual(new Date(commit!.authoredAt));
  });
});

describe('a database restored from before a delivery', () => {
  it('is compared with the tip: no second commit is made, and the sequence number is raised', async () => {
    const mirror = await under.settledMirror();
    const { deliveredSha, lastSequence } = await mirror.row();
    const rendered = await under.db
      .selectFrom('renderedFiles')
      .selectAll()
      .where('stream', '=', mirror.stream)
      .execute();
    await mirror.accept(mirror.platform.change(orders));
    const { batchId } = await mirror.window();
    await mirror.deliver();
    const log = await mirror.repository.log();
    expect(log).toHaveLength(2);

    const { db } = under;
    await db.deleteFrom('pushedCommits').where('stream', '=', mirror.stream).execute();
    await db.deleteFrom('changeEvents').where('projectId', '=', mirror.key.projectId).execute();
    await db.deleteFrom('batches').where('id', '=', batchId).execute();
    await db.deleteFrom('renderedFiles').where('stream', '=', mirror.stream).execute();
    await db.insertInto('renderedFiles').values(rendered).execute();
    await db
      .updateTable('mirrors')
      .set({ deliveredSha, lastSequence })
      .where('projectId', '=', mirror.key.projectId)
      .execute();

    expect(await mirror.deliver()).toMatchObject({ commits: 0, resync: true });
    expect(await mirror.deliver()).toMatchObject({ commits: 0, resync: false });
    expect(await mirror.repository.log()).toHaveLength(2);
    expect(await mirror.row()).toMatchObject({ deliveredSha: log[0]!.sha, lastSequence: 1 });
    expect(await mirror.deliver()).toMatchObject({ commits: 0, resync: false });
  });

  it('that was the first one continues by itself if nothing would change', async () => {
    const mirror = await under.settledMirror();
    const tip = await mirror.repository.tip();
    const { db } = under;
    for (const table of ['pushedCommits', 'batches', 'renderedFiles'] as const)
      await db.deleteFrom(table).where('stream', '=', mirror.stream).execute();
    await db
      .updateTable('mirrors')
      .set({ deliveredSha: null, initializedAt: null, resyncReason: 'initial' })
      .where('projectId', '=', mirror.key.projectId)
      .execute();
    expect(await mirror.deliver()).toMatchObject({ commits: 0, resync: false });
    expect(await mirror.row()).toMatchObject({ deliveredSha: tip });
  });
});

describe('a branch that was changed by others', () => {
  it('is held if it was deleted, and created again after an approval', async () => {
    const mirror = await under.settledMirror();
    await mirror.repository.commit({ files: { a: 'b' }, branch: 'other' });
    await mirror.repository.deleteBranch();
    await mirror.accept(mirror.platform.change(orders));
    await mirror.window();
    await expect(mirror.deliver()).rejects.toMatchObject({ type: 'branch_gone' });
    expect(await mirror.changes()).toMatchObject([{ deliveredAt: null }]);
    await mirror.mark('adopt');
    await mirror.deliver();
    expect(await mirror.repository.log()).toHaveLength(1);
    expect(await mirror.changes()).toMatchObject([{ commitSha: await mirror.repository.tip() }]);
  });

  it('is held if it lost our last commit', async () => {
    const mirror = await under.settledMirror();
    await mirror.repository.commit({ files: { 'README.md': 'Anew\n' }, orphan: true });
    await expect(mirror.deliver()).rejects.toMatchObject({ type: 'history_lost' });
  });
});

describe('a mirror that is paused or ended', () => {
  it('sends nothing', async () => {
    const mirror = await under.settledMirror();
    await mirror.accept(mirror.platform.change(orders));
    await mirror.window();
    for (const mark of ['pause', 'end'] as const) {
      await mirror.mark(mark);
      expect(await mirror.deliver()).toMatchObject({ commits: 0, waitingBatches: 1 });
    }
    expect(await mirror.repository.log()).toHaveLength(1);
  });
});

function pushes(): number {
  return under.server.requests.filter(
    ({ method, path }) => method === 'POST' && path.includes('receive-pack'),
  ).length;
}
