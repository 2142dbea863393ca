import type { HostKind, KnownHost } from './types.ts';

/** The public Git hosts. */
export const knownHosts: readonly KnownHost[] = [
  {
    origin: 'https://github.com',
    kind: 'github',
    api: 'https://api.github.com',
    openToSignUp: true,
  },
  {
    origin: 'https://gitlab.com',
    kind: 'gitlab',
    api: 'https://gitlab.com/api/v4',
    openToSignUp: true,
  },
  {
    origin: 'https://bitbucket.org',
    kind: 'bitbucket',
    api: 'https://api.bitbucket.org/2.0',
    openToSignUp: true,
  },
  {
    origin: 'https://codeberg.org',
    kind: 'gitea',
    api: 'https://codeberg.org/api/v1',
    openToSignUp: true,
  },
  {
    origin: 'https://gitea.com',
    kind: 'gitea',
    api: 'https://gitea.com/api/v1',
    openToSignUp: true,
  },
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
 * The APIs that a host may have: the one of a host that is known by its origin, otherwise all that
 * can be self-hosted, which are below that origin. A credential for the origin is sent to no others.
 */
export function apisOf(
  { protocol, hostname, port, origin }: URL,
  known: readonly KnownHost[] = knownHosts,
): KnownHost[] {
  const found = known.find((one) => one.origin === origin);
  if (found !== undefined) return [found];
  // GitHub Enterprise Cloud with data residency: its API has its own host name, and nobody can sign
  // up there.
  if (protocol === 'https:' && hostname.endsWith('.ghe.com') && port === '')
    return [{ origin, kind: 'github', api: `https://api.${hostname}`, openToSignUp: false }];
  return selfHosted.map(({ kind, path }) => ({
    ...{ origin, kind, api: `${origin}${path}` },
    openToSignUp: false,
  }));
}
