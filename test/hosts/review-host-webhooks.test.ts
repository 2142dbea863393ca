import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Agent } from 'undici';
import { expect, test } from 'vitest';
import {
  deliveryId,
  isSigned,
  mayBeNews,
  type Posted,
} from '../../api/knowledge/webhooks/webhook-schemes.ts';
import { createReviewHosts } from '../../hosts/reviews/create-review-hosts.ts';
import type { ReviewHostKind } from '../../hosts/reviews/types.ts';
import { startReviewHost } from '../support/review-hosts/start-review-host.ts';

const secret = 'the-secret-of-the-hook';

test.each<ReviewHostKind>(['github', 'gitlab', 'gitea'])(
  'a stand-in for %s reports what happens, signed as the host signs',
  async (kind) => {
    const posted: Posted[] = [];
    const receiver = createServer((request, response) => {
      const chunks: Uint8Array[] = [];
      request.on('data', (chunk: Uint8Array) => chunks.push(chunk));
      request.on('end', () => {
        posted.push({ headers: request.headers, body: Buffer.concat(chunks) });
        response.writeHead(202).end();
      });
    });
    receiver.listen(0, '127.0.0.1');
    await once(receiver, 'listening');
    const dispatcher = new Agent();
    const standIn = await startReviewHost(kind);
    try {
      const { url, repository } = standIn;
      const first = await repository.commit({ files: { 'a.md': 'text\n' } });
      await repository.setBranch('change', first);
      const sha = await repository.commit({ branch: 'change', files: { 'a.md': 'new\n' } });
      const { port } = receiver.address() as AddressInfo;
      standIn.webhook = { url: `http://127.0.0.1:${port}/`, secret };

      const hosts = createReviewHosts({ dispatcher, known: [] });
      const { signal } = new AbortController();
      const as = (who: 'anna' | 'berta') =>
        hosts.open({ url, credential: standIn.credential(who) }, { signal });
      const anna = await as('anna');
      const pull = await anna!.create({
        ...{ source: 'change', target: 'main', title: 'A change', description: '' },
      });
      await standIn.tellOfPush('change');
      await (await as('berta'))!.approve(pull.number, { sha, comment: '' });
      await anna!.merge(pull.number, { sha, title: 'A change', message: '' });

      const told = ['changed', 'pushed', 'changed', 'reviewed', 'changed', 'pushed'];
      expect(standIn.reports).toEqual(told.map((event) => ({ event, status: 202 })));
      // Of the pushes, only that of the merge is one to the space's branch.
      expect(posted.map((one) => mayBeNews(kind, one, 'main'))).toEqual([
        ...[true, false, true, true, true, true],
      ]);
      for (const one of posted) {
        expect(isSigned(kind, one, [secret])).toBe(true);
        expect(isSigned(kind, one, ['another-secret-of-a-hook'])).toBe(false);
        if (kind === 'gitea') expect(isSigned('github', one, [secret])).toBe(true);
      }
      expect(new Set(posted.map((one) => deliveryId(kind, one))).size).toBe(posted.length);
      expect(posted.every(({ headers }) => isOfHost(kind, headers))).toBe(true);
      expect(standIn.server.violations).toEqual([]);
    } finally {
      await standIn.close();
      await dispatcher.close();
      receiver.close();
    }
  },
);

function isOfHost(kind: ReviewHostKind, headers: IncomingHttpHeaders): boolean {
  return headers[`x-${kind}-event`] !== undefined;
}
