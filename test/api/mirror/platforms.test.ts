import { describe, expect, test } from 'vitest';
import { Type } from 'typebox';
import { keboola } from '../../../platforms/keboola/index.ts';
import { platformsOf } from '../../../platforms/index.ts';
import type { Platform } from '../../../platforms/platform.ts';
import { sample } from '../../../platforms/sample/index.ts';
import { apiUnderTest, configChanged } from '../api-under-test.ts';

/** A new platform, with an address and no token, and with its own folders and events. */
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

describe('a platform on the list', () => {
  test.each([
    ['what it needs', { kind: 'third', url }, 201],
    ['more than it needs', { kind: 'third', url, token: 'a-secret' }, 400],
    ['less than it needs', { kind: 'third' }, 400],
    ['what another platform needs', { kind: 'sample', url }, 400],
    ['a kind that is not on the list', { kind: 'fourth', url }, 400],
  ])('accepts a source only with what it needs: %s', async (_, source, status) => {
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

  test('judges the events of its own projects only', async () => {
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

  test("is included in the API's description", async () => {
    const { text } = await api.call('GET', '/openapi.json');
    expect(text).toContain('"third"');
    expect(text).toContain('"flow_saved"');
  });
});
