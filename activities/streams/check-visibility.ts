import { openRemote, type RepositoryPlace } from '../../db/streams/open-remote.ts';
import {
  listVisibilities,
  putVisibility,
  type CheckedVisibility,
} from '../../db/streams/visibilities.ts';
import type { Remote } from '../../git/types.ts';
import type { StreamId } from '../../model/streams/ids.ts';
import {
  judgeVisibility,
  type HostAnswer,
  type Visibility,
} from '../../model/streams/visibility.ts';
import type { ActivityDependencies } from './dependencies.ts';

/** What asking who may read a repository needs. */
export type VisibilityDependencies = Pick<ActivityDependencies, 'db' | 'sealer' | 'git' | 'hosts'>;

/** How long an answer is good for, in milliseconds; one that says nothing is asked for again sooner. */
const goodFor: Record<Visibility['result'], number> = {
  public: 5 * 60_000,
  private: 5 * 60_000,
  unknown: 30_000,
};

/** A stream's repository, as one asks who may read it. */
export interface StreamRepository extends RepositoryPlace {
  stream: StreamId;
}

/**
 * Why what only few may read must not leave for the repository; `null` where it may: the repository is known to be
 * private. Asked anew where `anew` says so, else as {@link currentVisibility}.
 */
export async function whyNotPrivate(
  deps: VisibilityDependencies,
  repository: StreamRepository,
  options: { signal: AbortSignal; anew?: boolean },
): Promise<Visibility | null> {
  const ask = options.anew === true ? checkVisibility : currentVisibility;
  const visibility = await ask(deps, repository, options);
  return visibility.result === 'private' ? null : visibility;
}

/**
 * Who may read the stream's repository: the last answer where it is not older than five minutes, else asked
 * now and kept. Rejects only with the signal's reason and with defects.
 */
export async function currentVisibility(
  deps: VisibilityDependencies,
  repository: StreamRepository,
  options: { signal: AbortSignal },
): Promise<Visibility> {
  const { stream, repositoryUrl: url } = repository;
  const known = (await listVisibilities(deps.db, [{ stream, url }])).get(stream);
  if (known !== undefined && Date.now() - known.checkedAt.getTime() < goodFor[known.result])
    return known;
  return checkVisibility(deps, repository, options);
}

/** Asks who may read the stream's repository, and keeps the answer. Rejects as {@link currentVisibility}. */
export async function checkVisibility(
  deps: VisibilityDependencies,
  repository: StreamRepository,
  { signal }: { signal: AbortSignal },
): Promise<CheckedVisibility> {
  // The time of the question: an answer that took long must not pass for a new one.
  const checkedAt = new Date();
  const { visibility } = await askVisibility(deps, await openRemote(deps, repository), { signal });
  const checked = { ...visibility, checkedAt };
  await putVisibility(deps.db, repository.stream, repository.repositoryUrl, checked);
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
