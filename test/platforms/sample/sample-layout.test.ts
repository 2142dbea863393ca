import { describe, expect, test } from 'vitest';
import type { AppliedSampleChange } from '../../../model/platform/sample-change.ts';
import type { GivenPaths, ObjectKey, RenderedFile } from '../../../model/platform/tree.ts';
import type { Configuration } from '../../../model/platform/project.ts';
import type { WritingOptions } from '../../../platforms/platform.ts';
import { sample } from '../../../platforms/sample/index.ts';
import { collect } from '../../../platforms/tree/collect.ts';

const branchId = '1000';
const signal = new AbortController().signal;
const change: AppliedSampleChange = {
  branchId,
  componentId: 'keboola.snowflake-transformation',
  configId: '1003',
  description: 'More',
  author: 'eva@example.com',
  at: '2026-05-01T10:00:00.000Z',
};
const changedKey = 'config/1000/keboola.snowflake-transformation/1003';

/** The sample after these changes, rendered over these paths. */
async function render(
  changes: AppliedSampleChange[] = [],
  {
    givenPaths = new Map(),
    ...more
  }: Partial<WritingOptions<Configuration>> & { givenPaths?: GivenPaths } = {},
) {
  const source = sample.open(
    { kind: 'sample' },
    {
      projectId: '7',
      dispatcher: undefined as never,
      checkUrl: (url) => url,
      trafficTo: undefined as never,
      listChanges: () => Promise.resolve(changes),
    },
  );
  const reading = (await source.readBranch(branchId, { signal }))!;
  const objects = Array.from({ length: reading.objects.length }, (_, at) => reading.objects.at(at));
  const placed = sample.layout.place(
    { facts: reading.facts, storage: reading.storage, objects },
    { givenPaths, branchPath: 'name' },
  );
  return {
    placed,
    ...collect(
      placed.write({
        secrets: 'encrypted',
        storage: { volatile: false },
        jobTables: [],
        parts: { jobs: null, samples: null },
        whole: (object) => object,
        ...more,
      }),
    ),
  };
}

const text = (files: ReadonlyMap<string, RenderedFile>, path: string): string =>
  Buffer.from(files.get(path)!.content).toString();

describe("the sample's tree", () => {
  test('has one file per object and per table, and a guide, all of them in its own folders', async () => {
    const { files, warnings, replacedSecrets } = await render();
    expect({ warnings, replacedSecrets }).toEqual({ warnings: [], replacedSecrets: [] });
    const paths = [...files.keys()];
    expect(paths.map((path) => path.split('/')[0])).toEqual(
      expect.arrayContaining(['objects', 'storage', 'guide']),
    );
    for (const path of paths) expect(sample.layout.ownedFolders).toContain(path.split('/')[0]);
    const object = `${(await render()).paths.get(changedKey)}.json`;
    expect(JSON.parse(text(files, object))).toMatchObject({ id: '1003', isDisabled: false });
    // The guide names every object by its path.
    for (const path of paths.filter((one) => one.startsWith('objects/')))
      expect(text(files, 'guide/README.md')).toContain(`](../${path})`);
  });

  test('differs only in the file of the object that changed', async () => {
    const before = await render();
    const after = await render([change], { givenPaths: before.paths });
    const differing = [...after.files].filter(
      ([path, { blobId }]) => before.files.get(path)?.blobId !== blobId,
    );
    expect(differing.map(([, { owner }]) => owner)).toEqual([changedKey]);
  });

  test('has the same files if only a part of it is written', async () => {
    const before = await render();
    const whole = await render([change], { givenPaths: before.paths });
    const only = new Set<ObjectKey>([changedKey]);
    const part = await render([change], {
      givenPaths: before.paths,
      only,
      summaries: false,
      findings: before.findings,
    });
    expect([...part.files.keys()]).toEqual([`${before.paths.get(changedKey)}.json`]);
    for (const [path, { blobId }] of part.files) expect(whole.files.get(path)?.blobId).toBe(blobId);
    expect(part.paths).toEqual(whole.paths);
  });

  test('keeps its paths, even if only its files are known', async () => {
    const before = await render();
    const known = sample.layout.givenPaths(before.files.values());
    expect(new Map(known)).toEqual(before.paths);
    expect(sample.layout.affectedBy(before.paths, known, new Map())).toEqual(new Set());
  });
});
