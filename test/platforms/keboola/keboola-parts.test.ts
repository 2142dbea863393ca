import { Agent } from 'undici';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createKeboolaSource } from '../../../platforms/keboola/source/keboola-source.ts';
import type {
  ConfigurationName,
  ConfigurationSource as Source,
} from '../../../platforms/configurations/configuration-source.ts';
import { largeProject } from '../../support/mirror/large-project.ts';
import { startStorageApi, type StorageApi } from '../../../examples/storage-api/storage-api.ts';

const dispatcher = new Agent();
const signal = new AbortController().signal;

let api: StorageApi;
beforeEach(async () => {
  api = await startStorageApi({ project: largeProject({ configurations: 100 }) });
});
afterEach(() => api.close());
afterAll(() => dispatcher.destroy());

function source(): Source {
  return createKeboolaSource({
    url: api.url,
    token: api.token,
    dispatcher,
    checkUrl: (url) => url,
    limits: { backoff: { base: 1, max: 20 } },
  });
}

async function allOf(branchId = '1000') {
  const project = await source().readProject([branchId], { signal });
  return project.branches[0]!.configurations;
}

describe('one branch', () => {
  test('is read like the project, configuration by configuration', async () => {
    const project = await source().readProject(['1000'], { signal });
    const reading = await source().readBranch('1000', { signal });
    const { configurations, branch } = reading!;
    const decoded = Array.from({ length: configurations.length }, (_, i) => configurations.at(i));
    expect({ ...reading!.project, branches: [{ ...branch, configurations: decoded }] }).toEqual(
      project,
    );
    expect(decoded).toHaveLength(100);
    expect(() => configurations.at(100)).toThrow(RangeError);
  });

  test('is null if it no longer exists', async () => {
    expect(await source().readBranch('4711', { signal })).toBeNull();
  });

  test('with one bad configuration gives the others, and names the place of the bad one', async () => {
    const good = '{"id":"1","version":1,"configuration":{}}';
    api.disturb({
      endpoint: 'components',
      body: `[{"id":"a","type":"other","configurations":[${good},{"id":"2","#secret":"x\\q"},${good},7]}]`,
    });
    const { configurations } = (await source().readBranch('1000', { signal }))!;
    expect(configurations.at(0)).toMatchObject({ componentId: 'a', id: '1' });
    expect(configurations.at(2)).toMatchObject({ id: '1' });
    expect(() => configurations.at(1)).toThrow(
      expect.objectContaining({
        code: 'source_invalid',
        message: expect.stringMatching(
          /components .*\/0\/configurations\/1: Invalid JSON/,
        ) as string,
      }),
    );
    expect(() => configurations.at(3)).toThrow('/0/configurations/3 is not an object');
  });

  test('is refused if the answer around the configurations is not valid JSON', async () => {
    api.disturb({ endpoint: 'components', body: '[{"id":"a","configurations":[{}}]' });
    await expect(source().readBranch('1000', { signal })).rejects.toMatchObject({
      code: 'source_invalid',
    });
  });
});

describe('some configurations', () => {
  const nameOf = ({ componentId, id }: { componentId: string; id: string }): ConfigurationName => ({
    componentId,
    configId: id,
  });

  test('are the same as in the whole branch, and take two calls each', async () => {
    const all = await allOf();
    const some = [all[77]!, all[0]!, all[30]!, all[99]!, all[2]!];
    api.resetCalls();
    const read = await source().readConfigurations('1000', some.map(nameOf), { signal });
    expect(read).toEqual({ found: some, gone: [] });
    expect(some.some(({ metadata }) => metadata.length > 0)).toBe(true);
    const counted = Object.entries(api.calls).filter(([, count]) => count > 0);
    expect(counted).toEqual([
      ['configuration', 5],
      ['configuration-metadata', 5],
    ]);
  });

  test('are read in their newest version, with its author', async () => {
    const name = nameOf((await allOf())[3]!);
    api.change({ ...name }, { author: 'adam@example.com', description: 'New' });
    const read = await source().readConfigurations('1000', [name], { signal });
    expect(read!.found).toMatchObject([
      { version: 2, author: 'adam@example.com', description: 'New' },
    ]);
  });

  test('that were deleted are reported as gone, and so are those that cannot exist', async () => {
    const [first, second] = await allOf();
    const gone = [
      nameOf(first!),
      { componentId: '..', configId: '..' },
      { componentId: 'a/b?c', configId: '#' },
    ];
    api.delete(gone[0]!);
    const names = [gone[0]!, nameOf(second!), ...gone.slice(1)];
    const read = await source().readConfigurations('1000', names, { signal });
    expect(read).toEqual({ found: [second], gone });
  });

  test('in the trash of the platform are reported as gone', async () => {
    api.disturb({ endpoint: 'configuration', body: '{"id":"7","isDeleted":true}' });
    const name = nameOf((await allOf())[0]!);
    const read = await source().readConfigurations('1000', [name], { signal });
    expect(read!.gone).toEqual([name]);
  });

  test('of a branch that no longer exists are not reported as deleted', async () => {
    const name = nameOf((await allOf())[0]!);
    expect(await source().readConfigurations('4711', [name], { signal })).toBeNull();
  });

  test('without metadata are not reported as deleted', async () => {
    api.disturb({ endpoint: 'configuration-metadata', status: 404 });
    const name = nameOf((await allOf())[0]!);
    await expect(source().readConfigurations('1000', [name], { signal })).rejects.toMatchObject({
      code: 'source_not_found',
    });
  });

  test('are requested again, at most four at once, and no more after a failure', async () => {
    api.disturb({ endpoint: 'configuration', status: 503, times: 2 });
    const names = (await allOf()).slice(0, 20).map(nameOf);
    const read = await source().readConfigurations('1000', names, { signal });
    expect(read!.found).toHaveLength(20);
    expect(api.calls.configuration).toBe(22);

    api.resetCalls();
    api.disturb({ endpoint: 'configuration', status: 401 });
    await expect(source().readConfigurations('1000', names, { signal })).rejects.toMatchObject({
      code: 'source_token_refused',
    });
    expect(api.calls.configuration).toBeLessThanOrEqual(4);
  });
});

test('answers that the stand-in keeps are dropped after a change', async () => {
  const kept = await startStorageApi({
    project: largeProject({ configurations: 10 }),
    keepAnswers: true,
  });
  const read = async () => {
    const headers = { 'x-storageapi-token': kept.token };
    const path = '/v2/storage/branch/1000/components';
    return (await fetch(kept.url + path, { headers })).text();
  };
  const [config] = kept.project.branches[0]!.configurations;
  const before = await read();
  expect(await read()).toBe(before);
  kept.change({ componentId: config!.componentId, configId: config!.id }, { name: 'Renamed' });
  expect(await read()).toContain('Renamed');
  await kept.close();
});
