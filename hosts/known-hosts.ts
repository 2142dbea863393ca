import type { HostKind, KnownHost } from './types.ts';

/** The public Git hosts. */
export const knownHosts: readonly KnownHost[] = [
  {
    hostname: 'github.com',
    kind: 'github',
    api: 'https://api.github.com',
    openToSignUp: true,
  },
  {
    hostname: 'gitlab.com',
    kind: 'gitlab',
    api: 'https://gitlab.com/api/v4',
    openToSignUp: true,
  },
  {
    hostname: 'bitbucket.org',
    kind: 'bitbucket',
    api: 'https://api.bitbucket.org/2.0',
    openToSignUp: true,
  },
  {
    hostname: 'codeberg.org',
    kind: 'gitea',
    api: 'https://codeberg.org/api/v1',
    openToSignUp: true,
  },
  { hostname: 'gitea.com', kind: 'gitea', api: 'https://gitea.com/api/v1', openToSignUp: true },
];

/**
 * The paths of the APIs of self-hosted hosts, below the host's origin, in the order in which they
 * are tried.
 */
const selfHosted: readonly { kind: HostKind; path: string }[] = [
  { kind: 'gitea', path: '/api/v1' },
  { kind: 'gitlab', path: '/api/v4' },
  { kind: 'github', path: '/api/v3' },
];

/**
 * The APIs that a host may have: the one of a host that is known by name, otherwise all that can be
 * self-hosted.
 */
export function apisOf(url: URL, known: readonly KnownHost[] = knownHosts): KnownHost[] {
  const { hostname, origin, host } = url;
  const found = known.find((one) => one.hostname === hostname);
  if (found !== undefined) return [found];
  // GitHub Enterprise Cloud with data residency: its API has its own host name, and nobody can sign
  // up there.
  if (hostname.endsWith('.ghe.com'))
    return [{ hostname, kind: 'github', api: `https://api.${host}`, openToSignUp: false }];
  return selfHosted.map(({ kind, path }) => ({
    hostname,
    kind,
    api: `${origin}${path}`,
    openToSignUp: false,
  }));
}
