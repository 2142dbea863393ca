import { bareHostname } from './address-policy.ts';
import { isLoopbackHost } from './judge-address.ts';
import type { IsExempt } from './no-proxy.ts';

/** An HTTP proxy, through which hosts are reached by `CONNECT`. */
export interface Proxy {
  /** Scheme (`http:` or `https:`), host and port. It contains no user and no password. */
  origin: string;
  /** What it gets as `Proxy-Authorization`; `null`: nothing. */
  authorization: string | null;
  /** The setting that names it, for messages. */
  setting: string;
}

/** Which hosts are reached through which proxy. */
export interface Proxies {
  /** For `https:` addresses. */
  https: Proxy | null;
  /** For `http:` addresses. */
  http: Proxy | null;
  /** What is reached without one. */
  isExempt: IsExempt;
}

/** Every host is reached directly. */
export const noProxies: Proxies = { https: null, http: null, isExempt: () => false };

/**
 * Reads the address of a proxy, such as `http://user:password@proxy.example:3128`; without a scheme it is
 * `http:`. Returns `null` if it is not one.
 */
export function parseProxy(text: string, setting: string): Proxy | null {
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  if (!/^https?:$/.test(url.protocol)) return null;
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '') return null;
  try {
    const [user, password] = [url.username, url.password].map(decodeURIComponent);
    const pair = Buffer.from(`${user ?? ''}:${password ?? ''}`).toString('base64');
    const hasUser = url.username !== '' || url.password !== '';
    return { origin: url.origin, authorization: hasUser ? `Basic ${pair}` : null, setting };
  } catch {
    return null;
  }
}

/** The proxy for an address; `null` if its host is reached directly, as this machine itself always is. */
export function proxyFor(proxies: Proxies, url: URL): Proxy | null {
  const proxy = url.protocol === 'https:' ? proxies.https : proxies.http;
  return proxy === null || isDirect(proxies, url.hostname, portOf(url)) ? null : proxy;
}

/** Whether a host (by its name or its address) is reached without a proxy. */
export function isDirect({ isExempt }: Proxies, hostname: string, port: number): boolean {
  const host = bareHostname(hostname);
  return isLoopbackHost(host) || isExempt(host, port);
}

/** The port of an address, also if it does not say it. */
export function portOf({ protocol, port }: URL): number {
  return port === '' ? (protocol === 'http:' ? 80 : 443) : Number(port);
}

/** The host and port of an address, as `CONNECT` names them. */
export function authorityOf(url: URL): string {
  return `${url.hostname}:${portOf(url)}`;
}
