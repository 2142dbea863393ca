import { openRemote } from '../../db/streams/open-remote.ts';
import {
  listVisibilities,
  putVisibility,
  type CheckedVisibility,
} from '../../db/streams/visibilities.ts';
import type { Remote } from '../../git/types.ts';
import { StreamFailure } from '../../model/streams/errors.ts';
import {
  judgeVisibility,
  type HostAnswer,
  type Visibility,
} from '../../model/streams/visibility.ts';
import { whyNotAsked, type StreamRepository } from './ask-host.ts';
import type { ActivityDependencies } from './dependencies.ts';

/** The parts that are needed to ask who may read a repository. */
export type VisibilityDependencies = Pick<ActivityDependencies, 'db' | 'sealer' | 'git' | 'hosts'>;

/** How long an answer is valid, in milliseconds; an unknown one is asked for again sooner. */
const goodFor: Record<Visibility['result'], number> = {
  public: 5 * 60_000,
  private: 5 * 60_000,
  unknown: 30_000,
};

/**
 * Why confidential data must not be sent to the repository; `null` if it may, because the repository is known to be
 * private. Always asks again with `anew`; otherwise like {@link currentVisibility}.
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
 * Who may read the stream's repository: the last answer if it is at most five minutes old, or else a new answer, which
 * is stored. Rejects only with the signal's reason and with defects.
 */
export async function currentVisibility(
  deps: VisibilityDependencies,
  repository: StreamRepository,
  options: { signal: AbortSignal },
): Promise<Visibility> {
  const known = await lastVisibility(deps, repository);
  if (known !== undefined && Date.now() - known.checkedAt.getTime() < goodFor[known.result])
    return known;
  return checkVisibility(deps, repository, options);
}

/**
 * Like {@link currentVisibility}; but while the host refuses the credential, or limits how often it is asked, it is the last
 * answer, however old. For work whose result is checked again before it is sent.
 */
export async function visibilityInTurn(
  deps: VisibilityDependencies,
  repository: StreamRepository,
  options: { signal: AbortSignal },
): Promise<Visibility> {
  const reason = await whyNotAsked(deps, repository);
  if (reason === null) return currentVisibility(deps, repository, options);
  return (await lastVisibility(deps, repository)) ?? { result: 'unknown', reason };
}

async function lastVisibility(
  { db }: VisibilityDependencies,
  { stream, repositoryUrl: url }: StreamRepository,
): Promise<CheckedVisibility | undefined> {
  return (await listVisibilities(db, [{ stream, url }])).get(stream);
}

/** Asks who may read the stream's repository, and stores the answer. Rejects like {@link currentVisibility}. */
export async function checkVisibility(
  deps: VisibilityDependencies,
  repository: StreamRepository,
  { signal }: { signal: AbortSignal },
): Promise<CheckedVisibility> {
  // The time of the request: an answer that took long must not look newer than it is.
  const checkedAt = new Date();
  const remote = await openOrUnknown(deps, repository);
  const visibility =
    'result' in remote ? remote : (await askVisibility(deps, remote, { signal })).visibility;
  const checked = { ...visibility, checkedAt };
  await putVisibility(deps.db, repository.stream, repository.repositoryUrl, checked);
  return checked;
}

/** Opens the remote; if its credential is not for it, nothing is asked, and so nothing is known. */
async function openOrUnknown(
  deps: VisibilityDependencies,
  repository: StreamRepository,
): Promise<Remote | Visibility> {
  try {
    return await openRemote(deps, repository);
  } catch (error) {
    if (!(error instanceof StreamFailure)) throw error;
    return { result: 'unknown', reason: error.message };
  }
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
