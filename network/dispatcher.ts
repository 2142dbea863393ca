import type { TcpNetConnectOpts } from 'node:net';
import { Agent, buildConnector } from 'undici';
import type { AddressPolicy } from './address-policy.ts';
import { explainCertificate } from './certificates.ts';
import { createReach, openNetwork, type NetworkSettings } from './reach.ts';

/** The limits of a dispatcher's connections, in milliseconds, and the way that they take. */
export interface DispatcherOptions {
  connectTimeout?: number;
  headersTimeout?: number;
  bodyTimeout?: number;
  /** Proxies and certificates; defaults to none. */
  network?: NetworkSettings;
}

/**
 * An undici Agent that connects only to addresses that the policy allows, directly or through a proxy. It checks the
 * addresses that it then connects to (or has the proxy connect to), so a name that resolves differently the second time
 * (DNS rebinding) gains nothing. A refused request rejects with the policy's `StreamFailure`, and one that fails because of
 * the proxy or a certificate with `Unreachable` (as `cause` with `fetch`). Close it with `close()`.
 *
 * Without a policy (`null`) it connects to any address: that is for an operator's own client.
 */
export function createDispatcher(
  policy: AddressPolicy | null,
  options: DispatcherOptions = {},
): Agent {
  const { connectTimeout: timeout = 10_000 } = options;
  const reach = createReach(options.network ?? openNetwork, policy);
  const connector = buildConnector({
    timeout,
    ...(reach.trust !== undefined && { secureContext: reach.trust }),
    ...(policy !== null && { lookup: lookupBy(policy) }),
  });
  return new Agent({
    headersTimeout: options.headersTimeout ?? 30_000,
    bodyTimeout: options.bodyTimeout ?? 30_000,
    connect: (target, callback) => {
      const fail = (error: unknown) =>
        callback(explainCertificate(asError(error), target.hostname), null);
      const done: buildConnector.Callback = (...[error, socket]) =>
        error === null ? callback(null, socket) : fail(error);
      const url = new URL(`${target.protocol}//${target.host ?? target.hostname}/`);
      // Node does not look up a host that is already an address, so the text is checked as well.
      try {
        policy?.checkHttpUrl(url.href);
      } catch (error) {
        fail(error);
        return;
      }
      const proxy = reach.proxyFor(url);
      if (proxy === null) {
        connector(target, done);
        return;
      }
      reach.open(url, proxy, timeout).then((socket) => {
        if (url.protocol === 'https:') connector({ ...target, httpSocket: socket }, done);
        else callback(null, socket);
      }, fail);
    },
  });
}

type Lookup = NonNullable<TcpNetConnectOpts['lookup']>;

/** Resolves names to the addresses that the policy allows. */
function lookupBy(policy: AddressPolicy): Lookup {
  return (hostname, { all }, callback) => {
    policy.resolve(hostname).then(
      (addresses) => {
        const [first] = addresses;
        if (all === true || first === undefined) callback(null, addresses);
        else callback(null, first.address, first.family);
      },
      (error: unknown) => callback(asError(error), ''),
    );
  };
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error('The address was refused.', { cause: error });
}
