import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type Socket } from 'node:net';
import type { SecureContext } from 'node:tls';
import { Unreachable } from '../model/streams/errors.ts';
import { bareHostname } from './address-policy.ts';
import { explainCertificate } from './certificates.ts';
import { portOf, type Proxy } from './proxies.ts';

/** How a tunnel is opened. */
export interface TunnelOptions {
  /** Milliseconds until the proxy must have answered. */
  timeout: number;
  /** What is trusted if the proxy is reached over TLS. */
  trust: SecureContext | undefined;
}

/** The proxy cannot be reached, or does not let us through. */
export class ProxyFailure extends Unreachable {
  /** What it answered; `null` if there was no answer. */
  readonly status: number | null;

  constructor(message: string, status: number | null, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
  }
}

/**
 * Asks a proxy to connect to `authority` (`host:port`; an IPv6 address in brackets), and returns the connection
 * (RFC 9110, section 9.3.6). Rejects with {@link ProxyFailure}. Node reads 16 KiB of the answer's headers at most.
 */
export function openTunnel(
  proxy: Proxy,
  authority: string,
  { timeout, trust }: TunnelOptions,
): Promise<Socket> {
  const url = new URL(proxy.origin);
  const host = bareHostname(url.hostname);
  const request = (url.protocol === 'https:' ? requestHttps : requestHttp)({
    method: 'CONNECT',
    host,
    // Node would take it from the header, which names where the tunnel leads.
    servername: isIP(host) === 0 ? host : '',
    port: portOf(url),
    path: authority,
    agent: false,
    setHost: false,
    headers: {
      host: authority,
      ...(proxy.authorization !== null && { 'proxy-authorization': proxy.authorization }),
    },
    ...(trust !== undefined && { secureContext: trust }),
  });
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new ProxyFailure(`The proxy ${proxy.origin} did not answer in time.`, null));
      request.destroy();
    }, timeout);
    request.on('error', (error) => {
      clearTimeout(timer);
      reject(unreached(proxy, error));
    });
    request.on('connect', ({ statusCode = 0 }, socket, head) => {
      clearTimeout(timer);
      // Whoever gets the connection hears of its end.
      socket.on('error', () => undefined);
      if (statusCode < 200 || statusCode > 299) {
        socket.destroy();
        reject(refused(proxy, authority, statusCode));
        return;
      }
      if (head.length > 0) socket.unshift(head);
      resolve(socket);
    });
    request.end();
  });
}

function unreached({ origin }: Proxy, error: Error): ProxyFailure {
  const explained = explainCertificate(error, `the proxy ${origin}`);
  if (explained instanceof Unreachable)
    return new ProxyFailure(explained.message, null, { cause: error });
  const code = 'code' in error ? String(error.code) : error.name;
  const what = code.startsWith('HPE_') ? 'does not answer as an HTTP proxy' : 'cannot be reached';
  return new ProxyFailure(`The proxy ${origin} ${what} (${code}).`, null, { cause: error });
}

function refused(
  { origin, authorization, setting }: Proxy,
  authority: string,
  status: number,
): ProxyFailure {
  if (status !== 407)
    return new ProxyFailure(
      `The proxy ${origin} does not connect to ${authority} (${status}).`,
      status,
    );
  return new ProxyFailure(
    authorization === null
      ? `The proxy ${origin} asks for a user and a password (407): put them into ${setting}.`
      : `The proxy ${origin} refuses the user or the password in ${setting} (407).`,
    status,
  );
}
