import { describe, expect, test } from 'vitest';
import { Type } from 'typebox';
import { keboola } from '../../../platforms/keboola/index.ts';
import { platformsOf } from '../../../platforms/index.ts';
import type { Platform } from '../../../platforms/platform.ts';
import { sample } from '../../../platforms/sample/index.ts';
import { apiUnderTest, configChanged } from '../api-under-test.ts';

/** A platform that nobody knew of before: an address and no token, folders and events of its own. */
const third: Platform = {
  ...(sample as Platform),
  kind: 'third',
  settings: {
    title: 'a third platform',
    url: { schema: Type.String({ minLength: 1 }), title: 'its address' },
  },
  layout: { ...(sample as Platform).layout, ownedFolders: ['flows'] },
  events: {
    schemas: { flow_saved: Type.Object({ type: Type.Literal('flow_saved') }) },
    judge: () => ({ kind: 'invalid', message: 'The third platform has no such event.' }),
  },
};

const api = await apiUnderTest({ platforms: platformsOf([keboola, sample, third]) });
const url = 'https://third.example';

async function add(id: string, source: unknown): Promise<number> {
  api.source.projectId = id;
  return (await api.call('POST', '/v1/projects', { id, source })).status;
}

describe('a platform that is in the list', () => {
  test.each([
    ['what it takes', { kind: 'third', url }, 201],
    ['more than it takes', { kind: 'third', url, token: 'a-secret' }, 400],
    ['less than it takes', { kind: 'third' }, 400],
    ['what another one takes', { kind: 'sample', url }, 400],
    ['a kind that is not in the list', { kind: 'fourth', url }, 400],
  ])('takes a source with %s', async (_, source, status) => {
    expect(await add(`p${status}`, source)).toBe(status);
  });

  test('gives its projects the folders that their mirrors own', async () => {
    expect(await add('folders', { kind: 'third', url })).toBe(201);
    expect(await add('more', { kind: 'third', url })).toBe(201);
    const enable = async (id: string, subdirectory: string) => {
      const repository = { url: 'https://git.example/r.git', branch: 'main', subdirectory };
      const path = `/v1/projects/${id}/mirrors/1`;
      return (await api.call('PUT', path, { repository })).status;
    };
    expect(await enable('folders', '')).toBe(201);
    expect(await enable('more', 'flows/inside')).toBe(409);
    expect(await enable('more', 'configs/beside')).toBe(201);
  });

  test('judges the events of its projects, and of no others', async () => {
    expect(await add('judged', { kind: 'third', url })).toBe(201);
    expect(await add('plain', { kind: 'sample' })).toBe(201);
    const answer = await api.call('POST', '/v1/events', [
      configChanged('judged', '1'),
      configChanged('plain', '1'),
    ]);
    expect(answer.body.rejected).toEqual([
      { index: 0, code: 'invalid_event', message: 'The third platform has no such event.' },
      { index: 1, code: 'mirror_not_found', message: expect.any(String) },
    ]);
  });

  test('is described in what the API tells of itself', async () => {
    const { text } = await api.call('GET', '/openapi.json');
    expect(text).toContain('"third"');
    expect(text).toContain('"flow_saved"');
  });
});
