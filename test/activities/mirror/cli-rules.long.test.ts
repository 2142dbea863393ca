import fc from 'fast-check';
import { expect, test } from 'vitest';
import { listRenderedFiles } from '../../../db/mirror/rendered-files.ts';
import type { RenderedFile } from '../../../model/platform/tree.ts';
import { directoriesOf as givenPaths } from '../../../platforms/keboola/layout/directories-of.ts';
import type { StorageApiProject } from '../../../examples/storage-api/data.ts';
import { cliProblems } from '../../support/mirror/cli-rules.ts';
import {
  anyChange,
  PlatformPeople,
  type AppliedChange,
} from '../../support/mirror/random-changes.ts';
import { emptyProject } from '../../support/mirror/random-content.ts';
import { SeededRandom } from '../../support/seeded-random.ts';
import { activitiesUnderTest } from '../activities-under-test.ts';
import { expectFullRender } from './expect-full-render.ts';

const under = await activitiesUnderTest();
type Mirror = Awaited<ReturnType<typeof under.mirror>>;

/** Fixed, since a run takes half a minute; `GITWARD_TEST_SEED` gives another one. */
const seed = Number(process.env.GITWARD_TEST_SEED ?? 20261129);
const CHANGES = 1_000;
const branchIds = ['1000', '1001'] as const;

/**
 * After each window, the CLI finds nothing to complain about and nothing to rename, whatever people did: renames,
 * swaps, deletions, configurations that are created again, and many objects with the same name.
 */
test(`${CHANGES} random changes leave trees that follow the CLI's rules after each window (seed ${seed})`, async () => {
  const random = new SeededRandom(seed);
  const main = await under.mirror({ project: withDevelopmentBranch });
  const people = new PlatformPeople(main.platform);
  for (const change of fc.sample(anyChange(), { numRuns: 200, seed: seed + 1 }))
    people.make(change, random.of(branchIds));
  const mirrors = [main, await main.ofBranch('1001')];
  for (const mirror of mirrors) {
    await mirror.deliver();
    expectRules(mirror, await expectFullRender(under.db, mirror, new Map(), []), []);
  }

  const changes = fc.sample(anyChange(), { numRuns: CHANGES, seed });
  let windows = 0;
  while (changes.length > 0) {
    const made = changes
      .splice(0, 1 + random.below(8))
      .map((change) => people.make(change, random.of(branchIds)));
    for (const mirror of mirrors) windows += await closeWindows(mirror, made);
  }
  expect(windows).toBeGreaterThan(CHANGES / 5);
  for (const mirror of mirrors) {
    // A push has at most a hundred windows.
    while ((await mirror.deliver()).waitingBatches > 0);
    const known = await listRenderedFiles(under.db, mirror.stream);
    const branch = mirror === main ? 'main' : `branch-${mirror.key.branchId}`;
    expect(await mirror.repository.blobIds(branch)).toEqual(
      Object.fromEntries([...known.values()].map(({ path, blobId }) => [path, blobId])),
    );
  }
});

/** Reads what was made, as the mirror of one branch does, and checks the tree. Returns the number of windows. */
async function closeWindows(mirror: Mirror, made: readonly AppliedChange[]): Promise<number> {
  const events = made
    .filter(({ branchId }) => branchId === mirror.key.branchId)
    .flatMap((change) => change.events);
  // What nobody tells may concern all branches.
  const isSilent = made.some((change) => change.silent);
  const closing = [...(events.length > 0 ? [false] : []), ...(isSilent ? [true] : [])];
  let paths = new Map<string, string>();
  if (events.length > 0) await mirror.accept(...events);
  for (const catchUp of closing) {
    paths = givenPaths((await listRenderedFiles(under.db, mirror.stream)).values());
    await mirror.window({ catchUp });
  }
  if (closing.length === 0) return 0;
  const said = [`seed ${seed}, branch ${mirror.key.branchId}`, ...made.map((one) => one.said)];
  const files = await expectFullRender(under.db, mirror, paths, said);
  expectRules(mirror, files, said);
  return closing.length;
}

function expectRules(
  { platform }: Mirror,
  files: ReadonlyMap<string, RenderedFile>,
  said: readonly string[],
): void {
  const cliFiles = [...files.values()].flatMap(({ path, content }): [string, string][] =>
    path.startsWith('configs/')
      ? [[path.slice('configs/'.length), Buffer.from(content).toString()]]
      : [],
  );
  const problems = cliProblems(new Map(cliFiles), platform.project.index.components);
  expect(problems, `What happened, oldest first:\n${said.join('\n')}`).toEqual([]);
}

/** A project without configurations, with a default branch (1000) and a development branch (1001). */
function withDevelopmentBranch(of: { id: number }): StorageApiProject {
  const project = emptyProject(of);
  const [main] = project.branches;
  if (main === undefined) throw new Error('The project has no branch.');
  const development = { ...structuredClone(main), id: 1001, name: 'New pricing', isDefault: false };
  return { ...project, branches: [main, development] };
}
