import { Agent, buildConnector } from 'undici';
import type { AddressPolicy } from './address-policy.ts';

/** The limits of a dispatcher's connections, in milliseconds. */
export interface DispatcherOptions {
  connectTimeout?: number;
  headersTimeout?: number;
  bodyTimeout?: number;
}

/**
 * An undici Agent that connects only to addresses that the policy allows. It checks the addresses
 * that it then connects to, so a name that resolves differently the second time (DNS rebinding)
 * gains nothing. A refused request rejects with the policy's `StreamFailure` (as `cause` with
 * `fetch`). Close it with `close()`.
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
      // Node does not look up a host that is already an address, so the text is checked as well.
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
