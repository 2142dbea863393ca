import { acceptSave } from '../../../db/knowledge/saves.ts';
import { findEntry } from '../../../db/knowledge/entries.ts';
import { textBlobId } from '../../../knowledge/entries/blob-id.ts';
import { builtInKinds } from '../../../knowledge/kinds/kinds.ts';
import { settleConflict } from '../../../knowledge/merge/merge-entries.ts';
import { readEntry } from '../../../knowledge/entries/read-entry.ts';
import { SeededRandom } from '../../support/seeded-random.ts';
import type { Activities } from '../activities-under-test.ts';
import { eva, jan, type SpaceUnderTest } from './spaces-under-test.ts';
import { ourselves } from '../../../model/access/actor.ts';

const path = 'knowledge/skills/shared.md';
const skill = builtInKinds.find(({ name }) => name === 'skill')!;
const pusher = { name: 'Pushing Pavel', email: 'pavel@example.com' };

/** The entry that everybody edits: fields, a set, and a body of paragraphs. */
export const begin = [
  '---',
  'id: shared',
  "title: 'What we share' # the title",
  'categories: [sql, python]',
  'owner: nobody',
  'level: "0"',
  '---',
  '# Shared',
  '',
  'First paragraph.',
  '',
  'Second paragraph.',
  '',
  'Third paragraph.',
  '',
].join('\n');

/** Possible edits of the text; each leaves a mark that no other edit leaves. */
export const edits: ((text: string, mark: string) => string)[] = [
  (text, mark) => text.replace(/^owner: .*$/m, `owner: ${mark}`),
  (text, mark) => text.replace(/^level: .*$/m, `level: "${mark}"`),
  (text, mark) => text.replace(/^categories: \[(.*)\]$/m, `categories: [$1, ${mark}]`),
  (text, mark) => text.replace(/^First .*$/m, `First ${mark}.`),
  (text, mark) => text.replace(/^Second .*$/m, `Second ${mark}.`),
  (text, mark) => text.replace(/^Third .*$/m, `Third ${mark}.\n\nThird ${mark} again.`),
];

/** The files that a space starts with. */
export const beginning = { [path]: begin };

/** The marks in a text. */
export function marksIn(text: string | null): Set<string> {
  return new Set(text?.match(/\bm\d+[ejp]\b/g) ?? []);
}

/**
 * Two people and a pusher work on one entry in an order determined by the seed, while workers are lost before and after
 * pushes and answers of the API get lost. Throws if anything that was accepted is not accounted for.
 */
export async function interleave(
  under: Activities,
  space: SpaceUnderTest,
  seed: number,
  steps: number,
): Promise<void> {
  const random = new SeededRandom(seed);
  const seen = new Map<string, { text: string | null; blob: string | null }>();
  /** The text that the author of each save had seen, whatever the database says about it. */
  const lookedAt = new Map<string, string>();
  let marks = 0;

  async function save(person: typeof eva, initial: string): Promise<void> {
    const entry = await findEntry(space.db, space.id, 'shared');
    const head = { text: entry?.headText ?? null, blob: entry?.headBlob ?? null };
    // People often look at a version that is older than the current one.
    const from = !random.oneIn(3) ? head : (seen.get(person.name) ?? head);
    seen.set(person.name, head);
    if (from.text === null) return;
    marks += 1;
    const text = random.of(edits)(from.text, `m${marks}${initial}`);
    const lost = random.oneIn(10) ? 'before' : random.oneIn(10) ? 'after' : null;
    const attempt = () =>
      space.db.transaction().execute(async (trx) => {
        const read = readEntry(text, skill);
        const accepted = await acceptSave(trx, {
          spaceId: space.id,
          entryId: 'shared',
          kind: 'skill',
          path: entry?.path ?? path,
          action: 'edit',
          base: from.blob,
          content: { ...read, text, blob: textBlobId(text), declaredId: read.id },
          person,
          by: ourselves,
          via: 'api',
          message: null,
        });
        if (lost === 'before') throw new Error('The API is gone.');
        return accepted;
      });
    const accepted = await attempt().catch(() => null);
    if (accepted?.kind === 'accepted') lookedAt.set(accepted.saveId, from.text);
    // A person who got no answer sends the save again; it must not count twice.
    if (lost === 'after' && accepted?.kind === 'accepted') {
      const again = await attempt();
      if (again.kind !== 'unchanged' && again.kind !== 'stale')
        throw new Error(`Seed ${seed}: the same save counted twice (${again.kind}).`);
    }
    if (accepted?.kind === 'stale')
      seen.set(person.name, {
        text: accepted.head?.headText ?? null,
        blob: accepted.head?.headBlob ?? null,
      });
  }

  async function push(): Promise<void> {
    const text = await space.repository.read(path);
    marks += 1;
    const changed = random.of(edits)(text, `m${marks}p`);
    await space.repository.commit({
      files: { [path]: changed },
      author: pusher,
      message: `Push ${marks}`,
      at: 1_700_000_000 + marks,
    });
  }

  async function sync(): Promise<void> {
    const crash = random.oneIn(3) ? random.of(['beforePlan', 'afterPush'] as const) : null;
    if (crash !== null) under.hooks[crash] = () => Promise.reject(new Error('The worker is gone.'));
    try {
      await space.sync();
    } catch (error) {
      if (!String(error).includes('The worker is gone')) throw error;
    } finally {
      under.hooks.beforePlan = null;
      under.hooks.afterPush = null;
    }
  }

  async function settle(): Promise<void> {
    const open = (await space.conflicts()).find(({ settled }) => settled === null);
    if (open === undefined) return;
    const entry = await findEntry(space.db, space.id, 'shared');
    const text = await settleConflict(
      {
        kind: skill,
        base: open.baseText,
        git: entry?.headText ?? null,
        mine: open.mineText,
        mergeTexts: under.texts.merge,
      },
      { take: random.of(['git', 'mine'] as const) },
    );
    await space.save('shared', { text, path, person: eva, action: 'settle' });
    await space.db
      .updateTable('conflicts')
      .set({ settled: '{}' })
      .where('id', '=', open.id)
      .execute();
    await space.db
      .updateTable('entries')
      .set({ conflicted: false })
      .where('spaceId', '=', space.id)
      .execute();
  }

  await space.sync();
  for (let step = 0; step < steps; step += 1) {
    const roll = random.below(100) / 100;
    if (roll < 0.3) await save(eva, 'e');
    else if (roll < 0.6) await save(jan, 'j');
    else if (roll < 0.75) await push();
    else if (roll < 0.95) await sync();
    else await settle();
  }
  await space.sync();
  await verify(space, seed, lookedAt);
}

/** Every accepted save, and every byte of the history, is accounted for. */
async function verify(
  space: SpaceUnderTest,
  seed: number,
  lookedAt: ReadonlyMap<string, string>,
): Promise<void> {
  function fail(what: string): never {
    throw new Error(`Seed ${seed}: ${what}`);
  }
  const saves = await space.saves();
  const conflicts = await space.conflicts();
  const log = (await space.repository.log()).reverse();
  const shas = new Set(log.map(({ sha }) => sha));

  for (const save of saves) {
    const own = [...marksIn(save.text)].filter((mark) => !marksIn(save.baseText).has(mark));
    if (save.state === 'waiting') fail(`save ${save.sequence} still waits.`);
    if (save.state === 'delivered') {
      if (save.commitSha === null || !shas.has(save.commitSha))
        fail(
          `save ${save.sequence} is said to be in ${String(save.commitSha)}, which is not on the branch.`,
        );
    }
    if (save.state === 'conflict') {
      const conflict = conflicts.find(({ id }) => id === save.conflictId);
      const kept = marksIn(conflict?.mineText ?? null);
      // A later save of the same conflict may have overwritten it, because its author had seen it.
      const later = saves.some(
        (other) => other.conflictId === save.conflictId && other.sequence > save.sequence,
      );
      if (!later && own.some((mark) => !kept.has(mark))) fail(`the conflict lost ${own.join()}.`);
    }
  }

  let before = new Set<string>();
  for (const commit of log) {
    const now = marksIn(await space.repository.read(path, commit.sha));
    const added = [...now].filter((mark) => !before.has(mark));
    const removed = [...before].filter((mark) => !now.has(mark));
    const of = saves.filter(({ commitSha: sha }) => sha === commit.sha);
    if (commit.author.name === pusher.name) {
      if (added.some((mark) => !mark.endsWith('p'))) fail(`a push brought ${added.join()}.`);
    } else if (commit.subject !== 'Somebody else' && commit.subject !== 'Begin') {
      if (of.length === 0) fail(`${commit.sha} "${commit.subject}" is of no save.`);
      const given = new Set(of.flatMap(({ text }) => [...marksIn(text)]));
      if (added.some((mark) => !given.has(mark)))
        fail(`${commit.sha} brought ${added.join()} that nobody saved.`);
      // Whoever removes something must have seen it.
      const known = new Set(
        of.flatMap(({ id, baseText: text }) => [...marksIn(lookedAt.get(id) ?? text)]),
      );
      const blind = removed.filter((mark) => !known.has(mark));
      if (blind.length > 0)
        fail(`${commit.sha} wrote over ${blind.join()}, which its author had not seen.`);
    }
    before = now;
  }

  const entry = await space.entry('shared');
  const inGit = await space.repository.read(path);
  if (entry.headText !== inGit) fail('the database and Git differ.');
  const versions = await space.db
    .selectFrom('entryVersions')
    .innerJoin('spaceCommits', (join) =>
      join
        .onRef('spaceCommits.spaceId', '=', 'entryVersions.spaceId')
        .onRef('spaceCommits.position', '=', 'entryVersions.position'),
    )
    .select(['sha', 'blobId'])
    .where('entryVersions.spaceId', '=', space.id)
    .orderBy('entryVersions.position')
    .execute();
  const told = versions.map(({ sha, blobId: blob }) => `${sha} ${blob ?? ''}`);
  const real: string[] = [];
  for (const { sha } of log) {
    const blob = (await space.repository.git(['rev-parse', `${sha}:${path}`])).toString().trim();
    real.push(`${sha} ${blob}`);
  }
  if (told.join('\n') !== real.join('\n'))
    fail(`the index tells another history:\n${told.join('\n')}\nGit:\n${real.join('\n')}`);
}
