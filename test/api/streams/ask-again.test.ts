import { expect, test } from 'vitest';
import { findAsker, noteRefusal, takeTurn } from '../../../db/streams/host-refusals.ts';
import { apiUnderTest, withMirror } from '../api-under-test.ts';

const api = await apiUnderTest();
const interval = 300_000;
const repositoryUrl = 'https://git.example/mirror.git';

await withMirror(api, 'shop');
const made = await api.call('POST', '/v1/spaces', {
  ...{ id: 'sales', name: 'Sales' },
  repository: { url: 'https://git.example/sales.git', branch: 'main' },
});
if (made.status !== 201) throw new Error(made.text);

test.each(['/v1/projects/shop/mirrors/1', '/v1/spaces/sales'])(
  'a host that wants to be left alone is asked nevertheless when somebody retries %s',
  async (path) => {
    const asker = (await findAsker(api.db, { repositoryUrl, credentialId: null }))!;
    const turn = async () => (await takeTurn(api.db, asker, interval)).kind;
    for (const verbs of [['retry'], ['pause', 'resume']]) {
      const wider = { of: 'rate', step: 'read', wait: null } as const;
      await noteRefusal(api.db, asker, { wider, words: '' }, interval);
      for (const verb of verbs) {
        expect(await turn()).toBe('wait');
        const { status } = await api.call('POST', `${path}/actions/${verb}`);
        expect([200, 202]).toContain(status);
      }
      expect(await turn()).toBe('knock');
    }
  },
);
