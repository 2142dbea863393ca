import { connect, isIP, type Socket } from 'node:net';
import type { SecureContext } from 'node:tls';
import { StreamFailure, Unreachable } from '../model/streams/errors.ts';
import { bareHostname, type AddressPolicy } from './address-policy.ts';
import { publicCertificates, trustIn, type Certificates } from './certificates.ts';
import { openTunnel, ProxyFailure } from './open-tunnel.ts';
import { isDirect, noProxies, portOf, proxyFor, type Proxies, type Proxy } from './proxies.ts';

/** What the settings say about the way to a host. */
export interface NetworkSettings {
  proxies: Proxies;
  /** Whether a proxy may resolve names that we cannot judge, because they do not resolve here. */
  trustProxyDns: boolean;
  certificates: Certificates;
}

/** Every host is reached directly, and has a certificate of a public authority. */
export const openNetwork: NetworkSettings = {
  proxies: noProxies,
  trustProxyDns: false,
  certificates: publicCertificates,
};

/** Reaches hosts through proxies. */
export interface Reach {
  /** The proxy for an address; `null` if its host is reached directly. */
  proxyFor(url: URL): Proxy | null;
  /**
   * Checks whether the host of an address could be connected to, without doing it. Rejects as `open` does, but knows
   * nothing about the proxy.
   */
  check(url: URL): Promise<void>;
  /**
   * Connects to the host of an address through the proxy. Rejects with `StreamFailure` (`address_refused`) if the policy
   * refuses it, and otherwise with {@link Unreachable}.
   */
  open(url: URL, proxy: Proxy, timeout: number): Promise<Socket>;
  /** What our own TLS clients trust. */
  trust: SecureContext | undefined;
}

/** More addresses of one host are not tried. */
const mostAddresses = 4;

/**
 * Reaches hosts as the settings say. A proxy is asked for an address that the policy has judged, and not for the name,
 * which it might resolve to something else. Without a policy it is asked for the name: that is for an operator's own client.
 */
export function createReach(
  { proxies, trustProxyDns, certificates }: NetworkSettings,
  policy: AddressPolicy | null,
): Reach {
  const trust = trustIn(certificates);

  /** What to connect to, in this order: IP addresses, and the name if the proxy may resolve it. */
  async function targetsOf(url: URL): Promise<string[]> {
    const name = bareHostname(url.hostname);
    if (policy === null) return [name];
    policy.checkHttpUrl(`${url.origin}/`);
    const mayName = trustProxyDns && isIP(name) === 0;
    try {
      const addresses = (await policy.resolve(name)).map(({ address }) => address);
      // Many proxies have no IPv6.
      addresses.sort((a, b) => isIP(a) - isIP(b));
      return [...addresses.slice(0, mostAddresses), ...(mayName ? [name] : [])];
    } catch (cause) {
      if (cause instanceof StreamFailure) throw cause;
      if (mayName) return [name];
      throw new Unreachable(
        `The name ${name} cannot be resolved here. If only the proxy can resolve it, GITWARD_TRUST_PROXY_DNS=true lets it.`,
        { cause },
      );
    }
  }

  async function connectTo(host: string, url: URL, proxy: Proxy, timeout: number): Promise<Socket> {
    const port = portOf(url);
    // What a name resolves to may be this machine, or exempt.
    if (policy !== null && isDirect(proxies, host, port)) return openDirect(host, port, timeout);
    return openTunnel(proxy, `${isIP(host) === 6 ? `[${host}]` : host}:${port}`, {
      timeout,
      trust,
    });
  }

  return {
    trust,
    proxyFor: (url) => proxyFor(proxies, url),
    async check(url) {
      await targetsOf(url);
    },
    async open(url, proxy, timeout) {
      let failure: unknown;
      for (const host of await targetsOf(url)) {
        try {
          return await connectTo(host, url, proxy, timeout);
        } catch (error) {
          failure = error;
          if (error instanceof ProxyFailure && isFinal(error)) break;
        }
      }
      if (failure instanceof ProxyFailure && failure.status === 403 && !trustProxyDns)
        throw new Unreachable(
          `${failure.message} If it lets only names through, GITWARD_TRUST_PROXY_DNS=true asks it for the name as well.`,
          { cause: failure },
        );
      throw failure;
    },
  };
}

/** Whether the proxy would say the same to any other address. */
function isFinal({ status }: ProxyFailure): boolean {
  return status === null || status === 407;
}

function openDirect(host: string, port: number, timeout: number): Promise<Socket> {
  const socket = connect({ host, port });
  return new Promise((resolve, reject) => {
    const fail = (code: string) => {
      socket.destroy();
      reject(new Unreachable(`${host}:${port} cannot be reached (${code}).`));
    };
    const timer = setTimeout(() => fail('ETIMEDOUT'), timeout);
    socket.on('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      fail(error.code ?? error.name);
    });
    socket.once('connect', () => {
      clearTimeout(timer);
      resolve(socket);
    });
  });
}
