import fc from 'fast-check';
import { expect, test } from 'vitest';
import { listRenderedFiles } from '../../../db/mirror/rendered-files.ts';
import { directoriesOf as givenPaths } from '../../../platforms/keboola/layout/directories-of.ts';
import {
  anyChange,
  PlatformPeople,
  type RandomChange,
} from '../../support/mirror/random-changes.ts';
import { emptyProject } from '../../support/mirror/random-content.ts';
import { activitiesUnderTest } from '../activities-under-test.ts';
import { expectFullRender } from './expect-full-render.ts';
import { randomRuns } from '../../support/random-runs.ts';

const under = await activitiesUnderTest();
type Mirror = Awaited<ReturnType<typeof under.mirror>>;

/** A window of changes, and whether its batch is delivered before the next one. */
interface RandomWindow {
  changes: RandomChange[];
  deliver: boolean;
}

/** Fixed, since a run takes seconds and only many runs would find more. */
const seed = Number(process.env.GITWARD_TEST_SEED ?? 20261122);

/**
 * The windows, each read and rendered by itself, must add up to one reading of everything. If they do not, fast-check
 * looks for a smaller set of changes that shows it, and the message lists them.
 */
test('the rendered state equals a full render of the project after any changes', async () => {
  const windows = fc.array(
    fc.record<RandomWindow>({
      changes: fc.array(anyChange(), { minLength: 1, maxLength: 4 }),
      deliver: fc.boolean(),
    }),
    { maxLength: 40, size: 'max' },
  );
  const before = fc.array(anyChange(), { maxLength: 150, size: 'max' });
  await fc.assert(
    fc.asyncProperty(before, windows, (start, then) => run(start, then)),
    // Shrinking takes as many runs again, so it is limited.
    {
      seed,
      numRuns: randomRuns(1),
      interruptAfterTimeLimit: 100_000,
      endOnFailure: false,
    },
  );
}, 150_000);

async function run(before: RandomChange[], windows: RandomWindow[]): Promise<void> {
  const mirror = await under.mirror({ project: emptyProject });
  const people = new PlatformPeople(mirror.platform);
  const said: string[] = [];
  for (const change of before) said.push(people.make(change).said);
  await mirror.deliver();
  await expectFullRender(under.db, mirror, new Map(), said);

  for (const { changes, deliver } of windows) {
    said.push('-- a window --');
    const made = changes.map((change) => people.make(change));
    said.push(...made.map((change) => change.said));
    const events = made.flatMap((change) => change.events);
    const silent = made.some((change) => change.silent);
    let paths = givenPaths((await listRenderedFiles(under.db, mirror.stream)).values());
    if (events.length > 0) {
      await mirror.accept(...events);
      expect(await mirror.window()).toMatchObject({ pendingChanges: 0 });
    }
    if (silent) {
      paths = givenPaths((await listRenderedFiles(under.db, mirror.stream)).values());
      await mirror.window({ catchUp: true });
    }
    await expectFullRender(under.db, mirror, paths, said);
    if (deliver) {
      await mirror.deliver();
      await expectDelivered(mirror);
    }
  }
  await mirror.deliver();
  await expectDelivered(mirror);
}

/** Compares the tip with the rendered state. */
async function expectDelivered({ repository, stream }: Mirror): Promise<void> {
  const known = await listRenderedFiles(under.db, stream);
  expect(await repository.blobIds()).toEqual(
    Object.fromEntries([...known.values()].map(({ path, blobId }) => [path, blobId])),
  );
}
