import { ApplicationFailure } from '@temporalio/common';
import { expect } from 'vitest';
import { findPushed } from '../../../../db/streams/pushed-commits.ts';
import type { SpacesUnderTest } from '../../knowledge/spaces-under-test.ts';
import { forgedText, type Forgery, type Others } from './forged-messages.ts';
import type { Moment, Scene } from './scene.ts';

/** A tag may have its short name. */
const branch = 'refs/heads/main';

/** A resync that was asked for, the resync, what is left, and one attempt that finds nothing to do. */
const ENOUGH_ATTEMPTS = 6;

/**
 * Attempts to deliver until the stream is settled, and checks after each attempt that nothing was believed: what counts
 * as delivered is in the commit that is named for it, and what is not there keeps its bytes and waits.
 */
export async function settle(
  { db }: SpacesUnderTest,
  scene: Scene,
  { forgery, moment, others }: { forgery: Forgery; moment: Moment; others: Others },
): Promise<void> {
  const holds = forgery.holds?.[scene.product];
  for (let attempt = 1; ; attempt += 1) {
    expect(attempt, 'attempts').toBeLessThanOrEqual(ENOUGH_ATTEMPTS);
    const made = await scene.attempt().catch(async (error: unknown) => {
      if (!(error instanceof ApplicationFailure) || error.type !== holds) throw error;
      await checkFacts(scene);
      await scene.approve();
      return null;
    });
    const facts = await checkFacts(scene);
    if (made === 0 && facts.state === 'synced') break;
  }
  const wasUndone = moment === 'arrived' && forgery.undoes?.includes(scene.product);
  const { conflict } = await scene.facts();
  if (wasUndone !== true && !conflict) expect(await contentAt(scene, branch)).toBe(scene.text);
  if (forgery.claims === true && scene.owned !== null)
    expect(await contentAt(scene, branch, scene.owned), 'our other file').not.toBe(forgedText);
  expect(await timesSent(db, scene), 'commits of ours with the change').toBeLessThanOrEqual(1);
  await checkOthers(db, others);
}

async function checkFacts(scene: Scene) {
  const facts = await scene.facts();
  if (facts.waiting) {
    expect(facts.kept, 'the bytes of what waits').toBe(true);
    expect(facts.state).not.toBe('synced');
  } else if (!facts.conflict) {
    // Without a commit that is named for it, the branch must have it.
    const where = facts.commit ?? branch;
    expect(await contentAt(scene, where), `the file in ${where}`).toBe(scene.text);
    await scene.repository.git(['merge-base', '--is-ancestor', where, branch]);
  }
  return facts;
}

/** The file in a commit as it is, whatever refs say that it should be replaced by. */
async function contentAt(
  { repository, path }: Scene,
  revision: string,
  file = path,
): Promise<string | null> {
  const args = ['--no-replace-objects', 'cat-file', 'blob', `${revision}:${file}`];
  return repository.git(args).then(String, () => null);
}

/** How many commits on the line of first parents were made by us for the batch. */
async function timesSent(
  db: SpacesUnderTest['db'],
  { repository, stream, batch, settled }: Scene,
): Promise<number> {
  const list = await repository.git(['rev-list', '--first-parent', branch, `^${settled}`]);
  const recorded = await findPushed(db, stream, list.toString().trim().split('\n'));
  return [...recorded.values()].filter((batches) => batches.includes(batch)).length;
}

async function checkOthers(db: SpacesUnderTest['db'], others: Others): Promise<void> {
  for (const { batch } of Object.values(others)) {
    const row = await db
      .selectFrom('batches')
      .select(['state', 'commitSha'])
      .where('id', '=', batch)
      .executeTakeFirst();
    expect(row, 'the batch of another stream').toEqual({ state: 'waiting', commitSha: null });
  }
}
