import type { Dispatcher } from 'undici';
import { StreamFailure } from '../../model/streams/errors.ts';
import { gitea as giteaHost } from '../gitea.ts';
import { github as githubHost } from '../github.ts';
import { gitlab as gitlabHost } from '../gitlab.ts';
import { apisOf, knownHosts } from '../known-hosts.ts';
import { repositoryPath } from '../repository-path.ts';
import type { HostApi, HostKind, KnownHost } from '../types.ts';
import { requireDone } from './answers.ts';
import { createAsk } from './ask.ts';
import { gitea } from './gitea/gitea.ts';
import { github } from './github/github.ts';
import { gitlab } from './gitlab/gitlab.ts';
import type { OpenedRepository, ReviewApi } from './review-api.ts';
import type { ReviewedRepository, ReviewHosts } from './types.ts';

/** What {@link createReviewHosts} needs. */
export interface ReviewHostsOptions {
  /** Makes the connections, and refuses addresses that the settings do not allow. */
  dispatcher: Dispatcher;
  /** The hosts that are known by name; tests pass their own. Defaults to {@link knownHosts}. */
  known?: readonly KnownHost[];
}

/** Bitbucket Cloud has pull requests as well, and an API of its own kind, which we do not know. */
const kinds: Record<HostKind, { reviews: ReviewApi; host: HostApi } | null> = {
  github: { reviews: github, host: githubHost },
  gitlab: { reviews: gitlab, host: gitlabHost },
  gitea: { reviews: gitea, host: giteaHost },
  bitbucket: null,
};

/** See {@link ReviewHosts}. It keeps no state. */
export function createReviewHosts({
  dispatcher,
  known = knownHosts,
}: ReviewHostsOptions): ReviewHosts {
  return {
    async open(repository, { signal }) {
      signal.throwIfAborted();
      const url = new URL(repository.url);
      if (url.protocol !== 'https:' && url.protocol !== 'http:') return null;
      const apis = apisOf(url, known);
      const candidates = apis.flatMap((api) =>
        candidateOf(api, url, repository.credential, signal),
      );
      if (apis.length > 1) return firstThatIs(candidates);
      // A host that is known by name need not be asked which it is.
      const [one] = candidates;
      return one?.reviews.open(one.opened) ?? null;
    },
  };

  function candidateOf(
    { kind, api }: KnownHost,
    url: URL,
    credential: ReviewedRepository['credential'],
    signal: AbortSignal,
  ): Candidate[] {
    const known = kinds[kind];
    const path = repositoryPath(url);
    const address = known?.reviews.repository(api, path) ?? null;
    if (known === null || address === null) return [];
    const { reviews, host } = known;
    const authorization = credential && {
      header: host.authorization(credential),
      secret: credential.password,
    };
    const ask = createAsk({ dispatcher, name: reviews.name, authorization, signal });
    const page = url.origin + url.pathname.replace(/\/+$/, '').replace(/\.git$/, '');
    return [{ reviews, address, opened: { ask, api, path, page } }];
  }
}

/** An API that a host may have. */
interface Candidate {
  reviews: ReviewApi;
  /** The repository's address in this API. */
  address: string;
  opened: OpenedRepository;
}

/**
 * Asks a self-hosted host for the repository in each way, until an answer is one of that kind of API. Throws `StreamFailure` if it shows
 * no such repository, and if none is and one of the ways failed, because it may be that one.
 */
async function firstThatIs(
  candidates: readonly Candidate[],
): Promise<ReturnType<ReviewApi['open']> | null> {
  let failure: StreamFailure | null = null;
  for (const { reviews, address, opened } of candidates) {
    try {
      const answer = await opened.ask({ method: 'GET', url: address });
      if (!reviews.isOurs(answer)) continue;
      requireDone(answer, { name: reviews.name, for: 'for the repository' });
      return reviews.open(opened);
    } catch (error) {
      if (!(error instanceof StreamFailure)) throw error;
      // Whatever that was, it was no answer of this kind of API.
      if (error.code !== 'repository_error') failure ??= error;
    }
  }
  if (failure !== null) throw failure;
  return null;
}
