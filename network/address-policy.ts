import { lookup as lookupAll } from 'node:dns/promises';
import ipaddr from 'ipaddr.js';
import { StreamFailure } from '../model/streams/errors.ts';
import { isMetadataName, judgeAddress } from './judge-address.ts';

/** What the settings allow in addition to `https:` to public addresses. */
export interface AddressPolicyOptions {
  /** `http:`, and loopback, private, link-local and shared (RFC 6598) addresses. */
  allowPrivateNetwork: boolean;
  /** `file:` repositories. */
  allowFileRepositories: boolean;
}

/** An address that a name resolves to and that we may connect to. */
export interface ResolvedAddress {
  address: string;
  family: 4 | 6;
}

/**
 * Where Gitward may connect to. Every method throws `StreamFailure('address_refused')`; if a
 * setting would allow the address, the message names it. Messages contain the origin of an address
 * at most, because the paths of webhooks are secrets.
 */
export interface AddressPolicy {
  /**
   * Returns the URL as it is passed to git (WHATWG-normalised). Checks the text only; names are
   * checked by `resolve`.
   */
  checkRepositoryUrl(url: string): string;
  /** The same for sources and webhooks; a query is allowed, a user or password is not. */
  checkHttpUrl(url: string): string;
  /**
   * The addresses of a name (or of an address literal, with or without brackets) that we may
   * connect to; never empty. Rejects with the resolver's own error (`ENOTFOUND`, `EAI_AGAIN`) if
   * the name does not resolve.
   */
  resolve(hostname: string): Promise<ResolvedAddress[]>;
}

/** Returns all addresses of a name; `dns.promises.lookup` with `all`. */
export type LookupAll = (hostname: string) => Promise<{ address: string; family: number }[]>;

const systemLookup: LookupAll = (hostname) => lookupAll(hostname, { all: true, order: 'verbatim' });

/** Creates the policy for these settings. */
export function createAddressPolicy(
  { allowPrivateNetwork, allowFileRepositories }: AddressPolicyOptions,
  lookup: LookupAll = systemLookup,
): AddressPolicy {
  function permitted(address: string): string | null {
    return judgeAddress(address, allowPrivateNetwork);
  }

  function checkHost(url: URL): void {
    const name = bareHostname(url.hostname);
    if (ipaddr.isValid(name)) {
      const reason = permitted(name);
      if (reason !== null) refuse(`${url.origin} is refused: ${reason}`);
    } else if (!/^[a-z0-9_-]+(\.[a-z0-9_-]+)*$/.test(name)) {
      refuse(`${url.origin} is refused: this is not a host name.`);
    } else if (isMetadataName(name)) {
      refuse(`${url.origin} is refused: ${name} is a cloud's metadata service.`);
    } else if (!allowPrivateNetwork && (name === 'localhost' || name.endsWith('.localhost'))) {
      refuse(`${url.origin} is refused: localhost is a private address. ${privateHint}`);
    }
  }

  function checkScheme(url: URL): void {
    if (url.protocol === 'http:' && !allowPrivateNetwork)
      refuse(
        `${url.origin} is refused: over http:, anyone on the network path can read the credential. Use https:. ${privateHint}`,
      );
  }

  return {
    checkRepositoryUrl(text) {
      if (/^(ssh|git\+ssh):/i.test(text) || /^[^/:@\s]+@[^/:\s]+:/.test(text))
        refuse('SSH repositories are not supported yet. Use the https: address and a token.');
      const url = parse(text);
      if (url.search !== '' || url.hash !== '' || /[?#]/.test(text))
        refuse('A repository address must not have a query ("?") or a fragment ("#"). Remove it.');
      if (url.protocol === 'file:') {
        if (!allowFileRepositories)
          refuse(
            'Repositories on the local file system are refused. ' +
              'GITWARD_ALLOW_FILE_REPOSITORIES=true allows them.',
          );
        if (url.hostname !== '') refuse('A file: address has three slashes: file:///path.');
        if (url.pathname === '/') refuse('The file: address names no repository.');
        return url.href;
      }
      if (url.protocol !== 'https:' && url.protocol !== 'http:')
        refuse(`${url.protocol} is not a way to reach a repository. Use https:.`);
      checkScheme(url);
      checkHost(url);
      if (url.pathname === '/') refuse(`${url.origin} names no repository.`);
      return url.href;
    },
    checkHttpUrl(text) {
      const url = parse(text);
      if (url.protocol !== 'https:' && url.protocol !== 'http:')
        refuse(`${url.protocol} is not a way to reach a web address. Use https:.`);
      if (url.hash !== '') refuse('The address has a fragment ("#"). Remove it.');
      checkScheme(url);
      checkHost(url);
      return url.href;
    },
    async resolve(hostname) {
      const name = bareHostname(hostname);
      const found = ipaddr.isValid(name) ? [{ address: name }] : await lookup(name);
      let reason = 'it has no address.';
      const addresses: ResolvedAddress[] = [];
      for (const { address } of found) {
        const refusal = permitted(address);
        if (refusal === null)
          addresses.push({ address, family: ipaddr.parse(address).kind() === 'ipv4' ? 4 : 6 });
        else reason = refusal;
      }
      if (addresses.length === 0) refuse(`${name} is refused: ${reason}`);
      return addresses;
    },
  };
}

/** Added to a message when the setting would help. */
export const privateHint = 'GITWARD_ALLOW_PRIVATE_NETWORK=true allows it.';

/** A host name as resolvers expect it: without IPv6 brackets and without a trailing dot. */
export function bareHostname(hostname: string): string {
  return hostname
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '');
}

function parse(text: string): URL {
  // Checked before parsing: WHATWG drops tabs and line breaks, and turns backslashes into slashes.
  // eslint-disable-next-line no-control-regex -- controls are what is being refused
  if (text.startsWith('-') || /[\u0000-\u0020\u007f\\]/.test(text))
    refuse('The address starts with "-", or contains spaces, backslashes or control characters.');
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    refuse('This is not an address. Give it in full, such as https://host/owner/repository.git.');
  }
  if (url.username !== '' || url.password !== '')
    refuse('The address contains a user or a password. Store them as a credential instead.');
  return url;
}

function refuse(message: string): never {
  throw new StreamFailure('address_refused', message);
}
