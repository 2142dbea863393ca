import { Agent, buildConnector } from 'undici';
import type { AddressPolicy } from './address-policy.ts';

/** The limits of a dispatcher's connections, in milliseconds. */
export interface DispatcherOptions {
  connectTimeout?: number;
  headersTimeout?: number;
  bodyTimeout?: number;
}

/**
 * An undici Agent that connects only where the policy allows. The check is made on the addresses
 * that are connected to, so a name that answers differently the second time (DNS rebinding) gains
 * nothing. A refused request rejects with the policy's `StreamFailure` (as `cause` with `fetch`).
 * Close it with `close()`.
 */
export function createDispatcher(policy: AddressPolicy, options: DispatcherOptions = {}): Agent {
  const connector = buildConnector({
    timeout: options.connectTimeout ?? 10_000,
    lookup: (hostname, { all }, callback) => {
      policy.resolve(hostname).then(
        (addresses) => {
          const [first] = addresses;
          if (all === true || first === undefined) callback(null, addresses);
          else callback(null, first.address, first.family);
        },
        (error: unknown) => callback(asError(error), ''),
      );
    },
  });
  return new Agent({
    headersTimeout: options.headersTimeout ?? 30_000,
    bodyTimeout: options.bodyTimeout ?? 30_000,
    connect: (target, callback) => {
      // Node looks no name up where the host is an address already, so the text is judged as well.
      try {
        policy.checkHttpUrl(`${target.protocol}//${target.host ?? target.hostname}/`);
      } catch (error) {
        callback(asError(error), null);
        return;
      }
      connector(target, callback);
    },
  });
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error('The address was refused.', { cause: error });
}
