import { afterAll, beforeAll, expect, it } from 'vitest';
import { TestGitward, type StatusView } from '../support/gitward.ts';
import { largeProject } from '../support/mirror/large-project.ts';

// Its rendering takes some seconds, also on a fast machine: how far it is is stored once a second.
const size = 6_000;

let gitward: TestGitward;
beforeAll(async () => {
  gitward = await TestGitward.start();
  const { project } = gitward.platform;
  const large = largeProject({ configurations: size });
  project.index.components = large.index.components;
  Object.assign(project.branches[0]!, { configurations: large.branches[0]!.configurations });
});
afterAll(() => gitward.stop());

it('tells how many objects of how many the first reading of a large project has come to', async () => {
  await gitward.enableMirror();
  const seen: NonNullable<StatusView['progress']>[] = [];
  await gitward.until(({ progress, state }) => {
    if (progress !== null) seen.push(progress);
    return state === 'synced';
  }, 180_000);

  const rendered = seen.filter(
    ({ step, done }) => step === 'Rendering the project' && done !== null,
  );
  const counts = rendered.map(({ done }) => done!);
  expect(new Set(counts).size).toBeGreaterThan(1);
  expect(counts).toEqual(counts.toSorted((a, b) => a - b));
  expect(new Set(rendered.map(({ total }) => total))).toEqual(new Set([size]));
  // All steps are of one piece of work.
  expect(new Set(seen.map(({ since }) => since)).size).toBe(1);

  const left = await gitward.database.db.selectFrom('streamProgress').selectAll().execute();
  expect(left).toEqual([]);
});
