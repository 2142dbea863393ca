import { keyOf, type Mirror } from '../../db/mirror/mirrors.ts';
import { spaceRemote } from '../../db/knowledge/space-remote.ts';
import type { Space } from '../../db/knowledge/spaces.ts';
import {
  readVisibilities,
  storeVisibility,
  type CheckedVisibility,
} from '../../db/streams/visibilities.ts';
import type { Remote } from '../../git/types.ts';
import { mirrorStream } from '../../model/mirror/ids.ts';
import { spaceStream } from '../../model/knowledge/ids.ts';
import type { StreamId } from '../../model/streams/ids.ts';
import {
  judgeVisibility,
  type HostAnswer,
  type Visibility,
} from '../../model/streams/visibility.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { openRemote } from '../mirror/open-mirror.ts';

/** What asking who may read a repository needs. */
export type VisibilityDependencies = Pick<ActivityDependencies, 'db' | 'sealer' | 'git' | 'hosts'>;

/** How long an answer is good for, in milliseconds; one that says nothing is asked for again sooner. */
const goodFor: Record<Visibility['result'], number> = {
  public: 5 * 60_000,
  private: 5 * 60_000,
  unknown: 30_000,
};

/** A stream's repository, as it is asked about. */
interface AskedRepository {
  stream: StreamId;
  url: string;
  open: () => Promise<Remote>;
}

/**
 * Who may read the mirror's repository: the last answer where it is not older than five minutes, else asked
 * now and kept. Rejects only with the signal's reason and with defects.
 */
export async function currentVisibility(
  deps: VisibilityDependencies,
  row: Mirror,
  options: { signal: AbortSignal },
): Promise<Visibility> {
  return current(deps, repositoryOfMirror(deps, row), options);
}

/** As {@link currentVisibility}, of a space's repository. */
export async function currentSpaceVisibility(
  deps: VisibilityDependencies,
  row: Space,
  options: { signal: AbortSignal },
): Promise<Visibility> {
  return current(deps, repositoryOfSpace(deps, row), options);
}

/** Asks who may read the mirror's repository, and keeps the answer. Rejects as {@link currentVisibility}. */
export async function checkVisibility(
  deps: VisibilityDependencies,
  row: Mirror,
  options: { signal: AbortSignal },
): Promise<CheckedVisibility> {
  return check(deps, repositoryOfMirror(deps, row), options);
}

function repositoryOfMirror(deps: VisibilityDependencies, row: Mirror): AskedRepository {
  const stream = mirrorStream(keyOf(row));
  return { stream, url: row.repositoryUrl, open: () => openRemote(deps, row) };
}

function repositoryOfSpace({ db, sealer }: VisibilityDependencies, row: Space): AskedRepository {
  const stream = spaceStream(row.id);
  return { stream, url: row.repositoryUrl, open: () => spaceRemote(db, sealer, row) };
}

async function current(
  deps: VisibilityDependencies,
  asked: AskedRepository,
  options: { signal: AbortSignal },
): Promise<Visibility> {
  const known = (await readVisibilities(deps.db, [asked])).get(asked.stream);
  if (known !== undefined && Date.now() - known.checkedAt.getTime() < goodFor[known.result])
    return known;
  return check(deps, asked, options);
}

async function check(
  deps: VisibilityDependencies,
  { stream, url, open }: AskedRepository,
  { signal }: { signal: AbortSignal },
): Promise<CheckedVisibility> {
  // The time of the question: an answer that took long must not pass for a new one.
  const checkedAt = new Date();
  const { visibility } = await askVisibility(deps, await open(), { signal });
  const checked = { ...visibility, checkedAt };
  await storeVisibility(deps.db, stream, url, checked);
  return checked;
}

/** Asks the host's API, and the repository itself without a credential, at the same time. */
export async function askVisibility(
  { git, hosts }: Pick<VisibilityDependencies, 'git' | 'hosts'>,
  remote: Remote,
  { signal }: { signal: AbortSignal },
): Promise<{ visibility: Visibility; host: HostAnswer | null }> {
  const [host, anonymous] = await Promise.all([
    hosts.ask(remote, { signal }),
    git.askAnonymously(remote.url, { signal }),
  ]);
  return { visibility: judgeVisibility(host, anonymous), host };
}
