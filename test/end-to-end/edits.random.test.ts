import { afterAll, expect, it } from 'vitest';
import { TestGitward, type EntryStatus } from '../support/gitward.ts';
import type { GitRepository } from '../support/git-repository.ts';
import { EditedFile, editorWritings, fileWritings } from '../support/knowledge/edited-file.ts';
import { randomRuns, randomSeed } from '../support/random-runs.ts';
import { SeededRandom } from '../support/seeded-random.ts';

const gitward = await TestGitward.start();
afterAll(() => gitward.stop());

const edits = randomRuns(15);
const spaces = Math.min(6, edits);
const pathOf = (id: string) => `knowledge/customers/${id}.md`;

it(`each diff is what was edited and nothing else, in ${edits} edits by all editors (seed ${randomSeed})`, async () => {
  const done = await Promise.all(
    Array.from({ length: spaces }, (_, at) => editSpace(at, Math.ceil((edits - at) / spaces))),
  );
  expect(done.reduce((sum, count) => sum + count, 0)).toBe(edits);
}, 600_000);

/** Makes this many edits in a space of its own, one commit each. */
async function editSpace(number: number, count: number): Promise<number> {
  const random = new SeededRandom(randomSeed + number);
  const files = new Map(
    Object.entries(fileWritings).map(([id, writing]) => [id, new EditedFile(id, writing)]),
  );
  const space = `edits-${number}`;
  const repository = await gitward.createSpace(
    space,
    Object.fromEntries([...files].map(([id, file]) => [pathOf(id), file.text])),
    { rules: { publicKinds: [], index: false, notify: { emails: [] } } },
  );
  let done = 0;
  while (done < count) {
    const [id, file] = random.of([...files]);
    const entry = await gitward.untilEntry(space, id, ({ syncStatus }) => syncStatus === 'synced');
    const path = `/v1/spaces/${space}/entries/${id}?wait=commit`;
    const save = (asked: object) =>
      gitward.call<EntryStatus>('PUT', path, { base: entry.blob, ...asked });
    const old = file.text;
    const tip = await repository.tip();
    const editor = random.of(editorWritings);
    const part = random.of(['text', 'body'] as const);

    // An editor that changes nothing makes no commit, whatever it makes of line ends.
    expect((await save({ [part]: file.sentBy(editor, part) })).blob).toBe(entry.blob);

    const tier = random.oneIn(3) ? { tier: file.setTier() } : null;
    const lines = tier === null ? 1 + random.below(2) : random.below(3);
    for (let line = 0; line < lines; line += 1) file.editLine(random);
    const fields = part === 'body' && tier !== null ? { fields: tier } : {};
    await save({ ...fields, [part]: file.sentBy(editor, part) });
    const context = { seed: randomSeed, id, part, editor: editor.end(0), done };
    expect({ ...context, text: await repository.read(pathOf(id)) }).toEqual({
      ...context,
      text: file.text,
    });
    if (file.text === old) continue;
    const { removed, added } = file.changesFrom(old);
    expect({ ...context, diff: await diffOf(repository, tip ?? '') }).toEqual({
      ...context,
      diff: `${added}\t${removed}\t${pathOf(id)}`,
    });
    done += 1;
  }
  return done;
}

/** The lines added and removed in each file by the one commit after this one. */
async function diffOf(repository: GitRepository, from: string): Promise<string> {
  const commits = await repository.git(['rev-list', '--count', `${from}..main`]);
  expect(commits.toString().trim()).toBe('1');
  return (await repository.git(['diff', '--numstat', from, 'main'])).toString().trim();
}
