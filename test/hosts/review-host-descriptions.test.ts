import { expect, test } from 'vitest';
import type { ReviewHostKind } from '../../hosts/reviews/types.ts';
import { startReviewHost } from '../support/review-hosts/start-review-host.ts';

const pulls: Record<ReviewHostKind, string> = {
  github: '/api/v3/repos/shop/knowledge/pulls',
  gitlab: '/api/v4/projects/shop%2Fsales%2Fknowledge/merge_requests',
  gitea: '/api/v1/repos/shop/knowledge/pulls',
};

test.each<ReviewHostKind>(['github', 'gitlab', 'gitea'])(
  'a stand-in for %s takes only what the host’s description has',
  async (kind) => {
    const standIn = await startReviewHost(kind);
    const { password } = standIn.credential('anna');
    const ask = async (method: string, path: string, body?: object) => {
      const answer = await fetch(`${standIn.server.origin}${path}`, {
        method,
        headers: { authorization: `Bearer ${password}` },
        ...(body && { body: JSON.stringify(body) }),
      });
      return [answer.status, standIn.server.violations.splice(0).join()];
    };
    try {
      const at = pulls[kind];
      expect(await ask('GET', `${at}?state=nobody-knows`)).toEqual([
        500,
        expect.stringContaining('state of GET') as string,
      ]);
      expect(await ask('GET', `${at}?colour=red`)).toEqual([
        500,
        expect.stringContaining('has no parameter colour') as string,
      ]);
      expect(await ask('GET', `${at}s`)).toEqual([
        500,
        expect.stringContaining('The API has no GET') as string,
      ]);
      expect(await ask('POST', at, { title: 'Without branches' })).toEqual([
        500,
        expect.stringContaining('must have required property') as string,
      ]);
      expect(await ask('POST', at, { colour: 'red' })).toEqual([
        500,
        expect.stringContaining('There is no colour in the body') as string,
      ]);
    } finally {
      await standIn.close();
    }
  },
);
