import { expect, test } from 'vitest';
import type { JobRun } from '../../../model/platform/job.ts';
import type { AppliedSampleChange } from '../../../model/platform/sample-change.ts';
import { renderProject } from '../../../platforms/keboola/layout/render-project.ts';
import {
  changeableConfigurations,
  sampleProject,
} from '../../../platforms/sample/sample-project.ts';
import { createSampleSource } from '../../../platforms/sample/sample-source.ts';

const signal = new AbortController().signal;

function render(changes: AppliedSampleChange[]) {
  const { files, warnings, replacedSecrets } = renderProject(sampleProject('42', changes), {
    allowedBranches: ['__main__'],
    givenPaths: new Map(),
    root: 'configs',
    secrets: 'encrypted',
  });
  expect({ warnings, replacedSecrets }).toEqual({ warnings: [], replacedSecrets: [] });
  return files;
}

function tree(changes: AppliedSampleChange[]): Map<string, string> {
  return new Map([...render(changes).values()].map(({ path, blobId }) => [path, blobId]));
}

test.each(changeableConfigurations())(
  'a change of $name shows in its files, and so does each further one',
  (key) => {
    const change = {
      ...key,
      description: 'More',
      author: 'eva@example.com',
      at: '2026-05-01T10:00:00.000Z',
    };
    const trees = [tree([]), tree([change]), tree([change, change])];
    for (const [before, after] of [
      [trees[0]!, trees[1]!],
      [trees[1]!, trees[2]!],
    ] as const) {
      expect([...after.keys()]).toEqual([...before.keys()]);
      const differing = [...after].filter(([path, blob]) => before.get(path) !== blob);
      expect(differing).toHaveLength(1);
      const owner = render([]).get(differing[0]![0])!.owner;
      expect(owner).toMatch(
        new RegExp(`^(config|row)/${key.branchId}/${key.componentId}/${key.configId}(/|$)`),
      );
    }
  },
);

test('a change raises the version, and says who made it, when and why', async () => {
  const change: AppliedSampleChange = {
    branchId: '1000',
    componentId: 'keboola.orchestrator',
    configId: '1007',
    description: 'Retry the writer',
    author: 'eva@example.com',
    at: '2026-05-01T10:00:00.000Z',
  };
  const source = createSampleSource({
    projectId: '42',
    listChanges: () => Promise.resolve([change]),
  });
  expect(await source.verify({ signal })).toEqual({ projectId: '42', projectName: 'Sample shop' });
  const [branch] = await source.listBranches({ signal });
  const project = await source.readProject([branch!.id], { signal });
  const versions = project.branches[0]!.configurations.map(({ id, version }) => [id, version]);
  expect(Object.fromEntries(versions)).toMatchObject({ 1001: 1, 1007: 2 });
  expect(project.branches[0]!.configurations.find(({ id }) => id === '1007')).toMatchObject({
    author: 'eva@example.com',
    changedAt: '2026-05-01T10:00:00.000Z',
    changeDescription: 'Retry the writer',
  });
});

test('a change of something that the sample does not have changes nothing', () => {
  const change = {
    branchId: '1',
    componentId: 'x',
    configId: 'y',
    description: '',
    author: 'z',
    at: '2026-05-01T10:00:00.000Z',
  };
  expect(tree([change])).toEqual(tree([]));
});

test('each table of the sample is written by an existing configuration', () => {
  const files = render([]);
  const { storage } = sampleProject('42', []).branches[0]!;
  for (const { id, bucketId } of storage!.tables) {
    const { content } = files.get(`storage/lineage/${bucketId}.json`)!;
    const { edges } = JSON.parse(Buffer.from(content).toString()) as {
      edges: { tableId?: string; direction: string; path?: string | null }[];
    };
    const writer = edges.find((edge) => edge.tableId === id && edge.direction === 'write');
    expect(files.has(`${writer!.path!}/config.json`)).toBe(true);
  }
});

test('the development branch differs in one changed, one new and one deleted configuration', () => {
  const folders = ['1000', '1001'].map((id) => {
    const { files, warnings } = renderProject(sampleProject('42', []), {
      allowedBranches: [id],
      branchPath: 'main',
      givenPaths: new Map(),
      root: 'configs',
      secrets: 'encrypted',
    });
    expect(warnings).toEqual([]);
    return new Map(
      [...files.values()]
        .filter(({ path }) => path.startsWith('configs/main/') && path.split('/').length > 3)
        .map(({ path, blobId }) => [path, blobId]),
    );
  });
  const [main, branch] = [folders[0]!, folders[1]!];
  const configuration = (path: string) => path.split('/')[4]!;
  const only = (a: Map<string, string>, b: Map<string, string>) =>
    new Set([...a.keys()].filter((path) => !b.has(path)).map(configuration));
  expect(only(main, branch)).toEqual(new Set(['targets']));
  expect(only(branch, main)).toEqual(new Set(['cost-of-the-discount']));
  const changed = [...branch].filter(([path, blob]) => main.get(path) !== blob && main.has(path));
  expect(changed.map(([path]) => path.split('/').slice(4).join('/')).sort()).toEqual([
    'daily-revenue/blocks/001-revenue/001-by-day/code.sql',
    'daily-revenue/description.md',
  ]);
});

test('the flow of the sample runs every morning, its writer fails once a week, and past runs never change', async () => {
  const at = (now: string) =>
    createSampleSource({
      projectId: '42',
      listChanges: () => Promise.resolve([]),
      now: () => new Date(now),
    });
  async function runs(now: string, since: string): Promise<JobRun[]> {
    const found: JobRun[] = [];
    for await (const page of at(now).listJobs('1000', { since, signal })) found.push(...page);
    return found;
  }
  // The 10th is a Tuesday.
  const week = await runs('2026-03-11T04:00:00.000Z', '2026-03-05T00:00:00.000Z');
  expect(week).toHaveLength(6 * 4);
  expect(week.map(({ finishedAt }) => finishedAt)).toEqual(
    week.map(({ finishedAt }) => finishedAt).sort().reverse(),
  ); // prettier-ignore
  expect(week.filter(({ status }) => status === 'FAILED').map(({ runId }) => runId)).toEqual([
    '202603100',
    '202603100.3',
  ]);
  const later = await runs('2026-03-12T04:00:00.000Z', '2026-03-05T00:00:00.000Z');
  expect(later.slice(4)).toEqual(week);
  const read = (runId: string) => at('2026-03-10T05:10:00.000Z').readJob('1000', runId, { signal });
  expect(await read('202603090.3')).toEqual(week.find(({ runId }) => runId === '202603090.3'));
  expect(await read('202603100')).toBeNull();
  expect(await read('unknown')).toBeNull();
});
