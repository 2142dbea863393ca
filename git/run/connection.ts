import { isIP } from 'node:net';
import { usualStyle, type CommitStyle } from '../../model/streams/commit-style.ts';
import { StreamFailure, Unreachable } from '../../model/streams/errors.ts';
import type { AddressPolicy } from '../../network/address-policy.ts';
import type { GitNetwork, GitPassage } from '../../network/git-network.ts';
import { isBranchName } from './branch-name.ts';
import type { Remote } from '../types.ts';

/** A remote that has been checked, in the form that git processes need. */
export interface Connection {
  url: string;
  branch: string;
  /** `refs/heads/<branch>`. */
  ref: string;
  /** See `Remote.startFrom`; `null` if it is not set. */
  startFrom: string | null;
  protocols: readonly string[];
  /**
   * The configuration that defines the remote `origin` for one run, with its credential; see
   * {@link connect}.
   */
  config: Readonly<Record<string, string>>;
  /** Strings that must not appear in any text. */
  secrets: readonly string[];
  /** The way through a proxy; `null` if the host is reached directly. */
  passage: GitPassage | null;
  /** What the host asks of commits and pushes. */
  style: CommitStyle;
  /** See `Remote.signingKey`. */
  signingKey: string | null;
  /** See `Remote.proofKey`. */
  proofKey: Uint8Array | null;
}

/** Where connections may go, and how they get there. */
export interface Ways {
  policy: AddressPolicy;
  /** Proxies and certificates; `null`: every host is reached directly, with the system's certificates. */
  network: GitNetwork | null;
}

/**
 * Checks a remote against the policy, and pins its host to the checked addresses, so that nothing
 * is gained by a name that resolves to something else a moment later (DNS rebinding). Throws
 * `StreamFailure`: `address_refused`, or `repository_unreachable` if the name cannot be resolved.
 */
export async function connect(remote: Remote, ways: Ways): Promise<Connection> {
  const { policy, network } = ways;
  const url = policy.checkRepositoryUrl(remote.url);
  const { branch, startFrom = null } = remote;
  for (const name of [branch, ...(startFrom === null || startFrom === 'HEAD' ? [] : [startFrom])]) {
    if (isBranchName(name)) continue;
    throw new StreamFailure(
      'repository_error',
      `${JSON.stringify(name)} is not the name of a Git branch. Choose another branch for the mirror.`,
    );
  }
  const config: Record<string, string> = { 'remote.origin.url': url };
  const secrets: string[] = [];
  let passage: GitPassage | null = null;
  const { protocol, hostname, port } = new URL(url);
  if (protocol !== 'file:') {
    // A redirect would bypass the check of the address and carry the credential along.
    config['http.followRedirects'] = 'false';
    config['http.lowSpeedLimit'] = '1';
    config['http.lowSpeedTime'] = '60';
    Object.assign(config, network?.config);
    passage = await passageTo(url, network);
    if (passage === null) {
      const pin = await pinnedHost(policy, hostname, port || (protocol === 'http:' ? '80' : '443'));
      if (pin !== null) config['http.curloptResolve'] = pin;
    } else {
      Object.assign(config, passage.config);
      secrets.push(passage.secret);
    }
    if (remote.credential !== null) {
      const { username, password } = remote.credential;
      const basic = Buffer.from(`${username}:${password}`).toString('base64');
      config[`http.${url}.extraHeader`] = `Authorization: Basic ${basic}`;
      secrets.push(basic, password, encodeURIComponent(password));
      // Some hosts take the token as the user name.
      if (username.length >= 16) secrets.push(username);
    }
  }
  return {
    url,
    branch,
    ref: `refs/heads/${branch}`,
    startFrom,
    protocols: [protocol.slice(0, -1)],
    config,
    secrets,
    passage,
    style: remote.style ?? usualStyle,
    signingKey: remote.signingKey ?? null,
    proofKey: remote.proofKey ?? null,
  };
}

/** The way through a proxy, on which every connection is checked again. */
async function passageTo(url: string, network: GitNetwork | null): Promise<GitPassage | null> {
  try {
    return (await network?.passageTo(new URL(url))) ?? null;
  } catch (cause) {
    if (!(cause instanceof Unreachable)) throw cause;
    throw new StreamFailure(
      'repository_unreachable',
      `${url} cannot be reached. ${cause.message} Gitward will retry automatically.`,
      { cause },
    );
  }
}

/**
 * libcurl's `host:port:address[,address]`; `null` if the host is an address and needs no lookup.
 */
async function pinnedHost(
  policy: AddressPolicy,
  hostname: string,
  port: string,
): Promise<string | null> {
  try {
    const addresses = await policy.resolve(hostname);
    if (isIP(hostname.replace(/^\[|\]$/g, '')) !== 0) return null;
    const list = addresses.map(({ address, family }) => (family === 6 ? `[${address}]` : address));
    return `${hostname}:${port}:${list.join(',')}`;
  } catch (cause) {
    if (cause instanceof StreamFailure) throw cause;
    throw new StreamFailure(
      'repository_unreachable',
      `The name ${hostname} cannot be resolved. Check the repository's address. Gitward will retry automatically.`,
      { cause },
    );
  }
}
