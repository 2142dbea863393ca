import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createGitDeliverer, type ClosableGitDeliverer } from '../../git/deliver/deliverer.ts';
import type { GitTimeouts } from '../../git/run/session.ts';
import { plannedCommit } from '../../git/planned-commit.ts';
import type {
  CommitMessage,
  Delivery,
  FindRecorded,
  Plan,
  PlannedCommit,
  PlanOn,
  Remote,
  StreamHistory,
} from '../../git/types.ts';
import { createAddressPolicy } from '../../network/address-policy.ts';
import type { GitRepository } from '../support/git-repository.ts';
import { GitServer } from '../../examples/git-server/git-server.ts';

export const stream = 'mirror/100/200';
export const installation = '6f1f9a52-6ad5-4d2e-9b50-1d7f0b0a9c11';
export const ada = { name: 'Ada Lovelace', email: 'ada@example.com' };

/** A server with an empty repository, and a deliverer to it. */
export interface Bench {
  server: GitServer;
  repository: GitRepository;
  remote: Remote;
  deliverer: ClosableGitDeliverer;
  cacheDirectory: string;
  close(): Promise<void>;
}

export async function startBench(timeouts: Partial<GitTimeouts> = {}): Promise<Bench> {
  const server = await GitServer.start();
  const repository = await server.createRepository('mirror');
  const cacheDirectory = await mkdtemp(join(tmpdir(), 'git-cache-'));
  const deliverer = await newDeliverer(cacheDirectory, timeouts);
  return {
    server,
    repository,
    remote: { url: server.url('mirror'), branch: 'main', credential: server.credential },
    deliverer,
    cacheDirectory,
    async close() {
      await deliverer.close();
      await server.close();
      await rm(cacheDirectory, { recursive: true, force: true });
    },
  };
}

/** A deliverer as another process would have it, with caches of its own. */
export function newDeliverer(
  cacheDirectory: string,
  timeouts: Partial<GitTimeouts> = {},
): Promise<ClosableGitDeliverer> {
  const policy = createAddressPolicy({ allowPrivateNetwork: true, allowFileRepositories: true });
  return createGitDeliverer({ cacheDirectory, policy, timeouts });
}

/** A planned commit, with fixed values for everything that a test does not set. */
export function commit(
  files: Record<string, string | null>,
  more: Partial<CommitMessage> & { batch?: string; through?: number } = {},
): PlannedCommit {
  const { batch = 'b0000000-0000-4000-8000-000000000001', through = 1, ...rest } = more;
  const changes = Object.entries(files).map(([path, content]) => ({
    path,
    content: content === null ? null : Buffer.from(content),
  }));
  const message: CommitMessage = {
    author: ada,
    coAuthors: [],
    authoredAt: new Date('2026-03-01T10:00:00.900Z'),
    subject: 'Change something',
    body: '',
    ...rest,
  };
  const trailers = { stream, installation, batches: [batch], through, reason: 'changes' as const };
  return plannedCommit(changes, message, trailers);
}

/** Answers as a database that knows every commit. */
export const everyCommitRecorded: FindRecorded = (shas) =>
  Promise.resolve(new Map(shas.map((sha) => [sha, ['recorded']])));

/** Answers as a database that knows no commit. */
export const noCommitRecorded: FindRecorded = () => Promise.resolve(new Map());

/** Where a delivery ended, without the plan for it. */
export function outcomeOf({ tip, commits }: Delivery): Pick<Delivery, 'tip' | 'commits'> {
  return { tip, commits };
}

/** A plan that always makes these commits. */
export function always(...commits: PlannedCommit[]): PlanOn {
  return () => Promise.resolve<Plan>({ kind: 'commits', commits });
}

/** A plan as a stream makes it: what the branch already contains is not committed again. */
export function once(planned: PlannedCommit, knownSha: string | null = null): PlanOn {
  return async (tip) => {
    const { newer } = await tip.findStream(stream, knownSha, everyCommitRecorded);
    const [batch] = planned.trailers.batches;
    const there = newer.some(({ trailers }) => trailers?.batches.includes(batch ?? randomUUID()));
    return there ? { kind: 'nothing' } : { kind: 'commits', commits: [planned] };
  };
}

/** Commits this content of one file for a batch; returns the commit's id. */
export async function sendBatch(
  { deliverer, remote }: Bench,
  content: string,
  batch: string,
): Promise<string> {
  const planned = commit({ ours: content }, { batch });
  return (await deliverer.deliver(remote, always(planned), unbounded())).commits[0]!;
}

/** Searches the stream's commits with a new cache, which contains only the tip. */
export async function findWithNewCache(
  { remote, cacheDirectory }: Bench,
  wanted: { knownSha: string | null; of?: string; recorded?: FindRecorded | undefined },
): Promise<StreamHistory> {
  const { knownSha, of = stream, recorded = everyCommitRecorded } = wanted;
  const fresh = await newDeliverer(cacheDirectory);
  try {
    return await fresh.withTip(
      remote,
      (tip) => tip.findStream(of, knownSha, recorded),
      unbounded(),
    );
  } finally {
    await fresh.close();
  }
}

/** The options of a delivery that is never aborted. */
export function unbounded(): { signal: AbortSignal } {
  return { signal: new AbortController().signal };
}
