import type { Dispatcher } from 'undici';
import { StreamFailure, Unreachable } from '../model/streams/errors.ts';
import type { HostAnswer } from '../model/streams/visibility.ts';
import { unknownAnswer } from './answer.ts';
import { bitbucket } from './bitbucket.ts';
import { getJson } from './get-json.ts';
import { gitea } from './gitea.ts';
import { github } from './github.ts';
import { gitlab } from './gitlab.ts';
import { apisOf, knownHosts } from './known-hosts.ts';
import { repositoryPath } from './repository-path.ts';
import type { HostApi, HostedBranch, HostKind, Hosts, KnownHost } from './types.ts';

/** What {@link createHosts} needs. */
export interface HostsOptions {
  /** Makes the connections, and refuses addresses that the settings do not allow. */
  dispatcher: Dispatcher;
  /** The hosts that are known by name; tests pass their own. Defaults to {@link knownHosts}. */
  known?: readonly KnownHost[];
}

const kinds: Record<HostKind, HostApi> = { github, gitlab, gitea, bitbucket };

/** See {@link Hosts}. It keeps no state. */
export function createHosts({ dispatcher, known = knownHosts }: HostsOptions): Hosts {
  return {
    async ask(branch, { signal }) {
      signal.throwIfAborted();
      const url = new URL(branch.url);
      if (url.protocol !== 'https:' && url.protocol !== 'http:') return null;
      const candidates = apisOf(url, known);
      const byName = candidates.length === 1;
      const answers: HostAnswer[] = [];
      for (const candidate of candidates) {
        const answer = await askOne(candidate, url, branch, signal);
        if (answer === null) continue;
        if (answer.visibility !== 'unknown') return answer;
        answers.push(answer);
      }
      // If we were only guessing, a refusal may come from something that is not a Git host at all.
      return byName ? (answers[0] ?? null) : null;
    },
  };

  async function askOne(
    { kind, api, openToSignUp }: KnownHost,
    url: URL,
    { branch, credential }: HostedBranch,
    signal: AbortSignal,
  ): Promise<HostAnswer | null> {
    const host = kinds[kind];
    const authorization = credential && host.authorization(credential);
    try {
      return await host.read(
        (path) => getJson(`${api}${path}`, { dispatcher, authorization, signal }),
        { api, path: repositoryPath(url), branch, openToSignUp },
      );
    } catch (error) {
      signal.throwIfAborted();
      const said = `${host.name}’s API could not be asked`;
      return unknownAnswer(
        host.name,
        error instanceof Unreachable ? `${said}. ${error.message}` : `${said} (${codeOf(error)}).`,
      );
    }
  }
}

/**
 * A code such as `ECONNREFUSED`, because the messages of connection errors could contain anything.
 */
function codeOf(error: unknown): string {
  if (error instanceof StreamFailure) return error.code;
  if (!(error instanceof Error)) return 'unknown error';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
