import { Agent } from 'undici';
import { afterAll, afterEach, beforeEach, expect } from 'vitest';
import { createReviewHosts } from '../../hosts/reviews/create-review-hosts.ts';
import type {
  PullRequest,
  ReviewHost,
  ReviewHostKind,
  ReviewHosts,
} from '../../hosts/reviews/types.ts';
import {
  startReviewHost,
  type ReviewHostStandIn,
  type Who,
} from '../support/review-hosts/start-review-host.ts';

/** What {@link ReviewBench.proposed} proposes. */
export const change = { source: 'change', target: 'main', title: 'A change', description: '' };

/** How a commit of it is merged. */
export function merge(sha: string): Parameters<ReviewHost['merge']>[1] {
  return { sha, title: 'A change', message: 'In words.' };
}

/** A stand-in, and how to ask it. */
export interface ReviewBench {
  /** A new one for each test. */
  standIn: ReviewHostStandIn;
  hosts: ReviewHosts;
  /** The host as somebody asks it. */
  as: (who: Who) => Promise<ReviewHost>;
  /** A pull request by Anna, of a branch with one commit. */
  proposed: () => Promise<{ host: ReviewHost; pull: PullRequest; sha: string }>;
}

/** Starts a stand-in for each test around here. After each, it must not have been asked, or have answered, what its host does not have. */
export function reviewBench(kind: ReviewHostKind): ReviewBench {
  const dispatcher = new Agent();
  const { signal } = new AbortController();
  const bench: Omit<ReviewBench, 'standIn'> & { standIn?: ReviewHostStandIn } = {
    hosts: createReviewHosts({ dispatcher, known: [] }),
    async as(who) {
      const { url, credential } = bench.standIn!;
      const host = await bench.hosts.open({ url, credential: credential(who) }, { signal });
      expect(host?.kind).toBe(kind);
      return host!;
    },
    async proposed() {
      const { repository } = bench.standIn!;
      await repository.setBranch('change', (await repository.tip())!);
      const sha = await repository.commit({ branch: 'change', files: { 'a.md': 'changed\n' } });
      const host = await bench.as('anna');
      return { host, pull: await host.create(change), sha };
    },
  };
  beforeEach(async () => {
    bench.standIn = await startReviewHost(kind);
    await bench.standIn.repository.commit({ files: { 'a.md': 'text\n', 'b.md': 'text\n' } });
  });
  afterEach(async () => {
    await bench.standIn?.close();
    expect(bench.standIn?.server.violations).toEqual([]);
  });
  afterAll(() => dispatcher.close());
  return bench as ReviewBench;
}
