import { acceptSave } from '../../../db/knowledge/saves.ts';
import { findEntry } from '../../../db/knowledge/entries.ts';
import { markSpace } from '../../../db/knowledge/spaces.ts';
import { textBlobId } from '../../../knowledge/entries/blob-id.ts';
import { readEntry } from '../../../knowledge/entries/read-entry.ts';
import { builtInKinds } from '../../../knowledge/kinds/kinds.ts';
import { ourselves } from '../../../model/access/actor.ts';
import { SeededRandom } from '../../support/seeded-random.ts';
import type { Activities } from '../activities-under-test.ts';
import { begin, edits, marksIn } from './interleavings.ts';
import { eva, jan, type SpaceUnderTest } from './spaces-under-test.ts';

const skill = builtInKinds.find(({ name }) => name === 'skill')!;
const pusher = { name: 'Pushing Pavel', email: 'pavel@example.com' };
const ids = ['one', 'two'] as const;
const pathOf = (id: string) => `knowledge/skills/${id}.md`;
const beginOf = (id: string) => begin.replace('id: shared', `id: ${id}`);

/** The files that a space starts with. */
export const rewrittenBeginning = Object.fromEntries(ids.map((id) => [pathOf(id), beginOf(id)]));

/**
 * Two people save, a pusher pushes, and somebody rewrites the branch, in an order determined by the seed; whoever is asked
 * approves sooner or later, and workers are lost on the way. Throws if anything that was accepted can be found nowhere,
 * or if anything that a force-push dropped was not offered.
 */
export async function rewrite(
  under: Activities,
  space: SpaceUnderTest,
  seed: number,
  steps: number,
): Promise<{ lost: number; approved: number }> {
  const random = new SeededRandom(seed);
  let marks = 0;
  let approved = 0;
  /** The commits of ours that were on the branch at any time. */
  const everThere = new Set<string>();

  async function save(person: typeof eva, initial: string): Promise<void> {
    const id = random.of(ids);
    const entry = await findEntry(space.db, space.id, id);
    const from = entry?.headText ?? (random.oneIn(2) ? beginOf(id) : null);
    if (from === null) return;
    marks += 1;
    const isRemoval = entry?.headText != null && random.oneIn(12);
    const text = isRemoval ? null : random.of(edits)(from, `m${marks}${initial}`);
    const content = text === null ? null : { ...readEntry(text, skill), text };
    await space.db.transaction().execute((trx) =>
      acceptSave(trx, {
        ...{ spaceId: space.id, entryId: id, kind: 'skill', path: entry?.path ?? pathOf(id) },
        ...{ action: 'edit', base: entry?.headBlob ?? null, person, by: ourselves, via: 'api' },
        content: content && { ...content, blob: textBlobId(content.text), declaredId: content.id },
        message: null,
      }),
    );
  }

  async function push(): Promise<void> {
    const id = random.of(ids);
    const files = await space.repository.files();
    marks += 1;
    await space.repository.commit({
      files: { [pathOf(id)]: random.of(edits)(files[pathOf(id)] ?? beginOf(id), `m${marks}p`) },
      author: pusher,
      message: `Push ${marks}`,
      at: 1_700_000_000 + marks,
    });
  }

  /** A force-push: drops the last commits; perhaps with the same files again, or with a commit instead. */
  async function forcePush(): Promise<void> {
    const log = await space.repository.log();
    const back = Math.min(random.below(4), log.length - 1);
    const files = await space.repository.files();
    await space.repository.git(['update-ref', 'refs/heads/main', `main~${back}`]);
    if (random.oneIn(5)) await space.repository.commit({ files, author: pusher });
    else if (random.oneIn(3)) await push();
  }

  async function sync(): Promise<void> {
    const crash = random.oneIn(4) ? random.of(['beforePlan', 'afterPush'] as const) : null;
    if (crash !== null) under.hooks[crash] = () => Promise.reject(new Error('The worker is gone.'));
    try {
      await space.sync();
    } catch (error) {
      if ((error as { type?: string }).type === 'history_lost') {
        if (random.oneIn(2)) return;
        await markSpace(space.db, space.id, 'approve');
        approved += 1;
      } else if (!String(error).includes('The worker is gone')) throw error;
    } finally {
      under.hooks.beforePlan = null;
      under.hooks.afterPush = null;
      for (const { sha } of await space.repository.log()) everThere.add(sha);
    }
  }

  await space.sync();
  for (let step = 0; step < steps; step += 1) {
    const roll = random.below(100) / 100;
    if (roll < 0.3) await save(random.oneIn(2) ? eva : jan, 'e');
    else if (roll < 0.4) await push();
    else if (roll < 0.55) await forcePush();
    else await sync();
  }
  for (let round = 0; round < 3; round += 1) {
    await markSpace(space.db, space.id, 'approve');
    await space.sync();
  }
  const lost = await verify(space, seed, everThere);
  return { lost, approved };
}

/** Every accepted save is in the branch, or is somebody's decision. Returns how many had been lost. */
async function verify(
  space: SpaceUnderTest,
  seed: number,
  everThere: ReadonlySet<string>,
): Promise<number> {
  function fail(what: string): never {
    throw new Error(`Seed ${seed}: ${what}`);
  }
  const saves = await space.saves();
  const conflicts = new Map((await space.conflicts()).map((conflict) => [conflict.id, conflict]));
  const there = new Set((await space.repository.log()).map(({ sha }) => sha));
  const texts = Object.values(await space.repository.files());
  const kept = new Set([
    ...texts.flatMap((text) => [...marksIn(text)]),
    ...[...conflicts.values()].flatMap(({ mineText }) => [...marksIn(mineText)]),
  ]);

  for (const save of saves) {
    const name = `save ${save.sequence} of ${save.entryId}`;
    const own = [...marksIn(save.text)].filter((mark) => !marksIn(save.baseText).has(mark));
    const later = saves.filter(
      ({ entryId, sequence }) => entryId === save.entryId && sequence > save.sequence,
    );
    // Somebody who saw it may have overwritten it.
    const overwritten = own.every((mark) =>
      later.some(({ text, baseText }) => marksIn(baseText).has(mark) && !marksIn(text).has(mark)),
    );
    const conflict = save.conflictId === null ? undefined : conflicts.get(save.conflictId);
    switch (save.state) {
      case 'waiting':
        fail(`${name} still waits.`);
        break;
      case 'in_review':
        fail(`${name} is under review, although the branch is not protected.`);
        break;
      case 'delivered':
        if (save.commitSha === null || !there.has(save.commitSha))
          fail(`${name} counts as delivered in ${String(save.commitSha)}, which is not there.`);
        break;
      case 'lost':
        if (conflict?.cause !== 'lost') fail(`${name} was dropped, and was not offered.`);
        if (save.commitSha === null || there.has(save.commitSha)) fail(`${name} is not lost.`);
        if (!everThere.has(save.commitSha)) fail(`${name} was never there.`);
        if (save.text === null ? conflict.mineText !== null && later.length === 0 : false)
          fail(`the removal of ${save.entryId} was not offered.`);
        if (!overwritten && own.some((mark) => !kept.has(mark))) fail(`${own.join()} is lost.`);
        break;
      case 'conflict':
        if (conflict === undefined) fail(`${name} is in no conflict.`);
        break;
      case 'unneeded':
        // Git had it without our commit; whoever brought it there may have taken it away again.
        break;
    }
  }

  for (const id of ids) {
    const entry = await findEntry(space.db, space.id, id);
    const file = (await space.repository.files())[pathOf(id)] ?? null;
    if ((entry?.headText ?? null) !== file) fail(`the database and Git differ about ${id}.`);
    const open = [...conflicts.values()].some(
      (conflict) => conflict.entryId === id && conflict.settled === null,
    );
    if ((entry?.conflicted ?? false) !== open) fail(`${id} does not know of its conflict.`);
  }
  return saves.filter(({ state }) => state === 'lost').length;
}
