import { describe, expect, it } from 'vitest';
import { largeProject } from '../../support/mirror/large-project.ts';
import { activitiesUnderTest } from '../activities-under-test.ts';

const under = await activitiesUnderTest();

/** A mirrored project of 300 configurations that refer to each other. */
async function largeMirror() {
  const project = largeProject({ configurations: 300 });
  const mirror = await under.settledMirror({
    project: ({ id }) => {
      project.token.owner.id = id;
      return project;
    },
  });
  mirror.platform.resetCalls();
  return mirror;
}

function calls(counts: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
}

describe("a window's calls to the platform", () => {
  it('are two for one changed configuration, whatever the size of the project', async () => {
    const mirror = await largeMirror();
    const changed = mirror.platform.project.branches[0]!.configurations[200]!;
    const key = { branchId: '1000', componentId: changed.componentId, configId: changed.id };
    await mirror.accept(mirror.platform.change(key, { description: 'Another' }));
    expect(await mirror.window()).toMatchObject({ changes: 1, pendingChanges: 0 });
    expect(calls(mirror.platform.calls)).toEqual({
      configuration: 1,
      'configuration-metadata': 1,
    });
  });

  it('are no more if other configurations contain the path of the changed one', async () => {
    const mirror = await largeMirror();
    const [branch] = mirror.platform.project.branches;
    const flow = branch!.configurations.find(
      ({ componentId }) => componentId === 'keboola.orchestrator',
    )!;
    const { tasks } = flow.configuration as {
      tasks: { task: { componentId: string; configId: string } }[];
    };
    const { componentId, configId } = tasks[0]!.task;
    const key = { branchId: '1000', componentId, configId };
    await mirror.accept(mirror.platform.change(key, { name: 'Renamed for all to see' }));
    expect(await mirror.window()).toMatchObject({ changes: 1, pendingChanges: 0 });
    const paths = (await mirror.batchFiles()).map(({ path }) => path);
    expect(paths.some((path) => path.endsWith('/task.json'))).toBe(true);
    expect(calls(mirror.platform.calls)).toEqual({
      configuration: 1,
      'configuration-metadata': 1,
    });
  });
});
