import { StreamFailure } from '../../../model/streams/errors.ts';

/**
 * The Queue API's address that an index names, if the token may go there. An index that was tampered with
 * must not carry the token to another's host, so the address has to be of the same stack: at the same
 * origin as the Storage API, or, where that is `connection.<stack>`, at `queue.<stack>` by the same
 * scheme and port (https://developers.keboola.com/overview/api/: a stack's services differ in the first
 * label alone). Throws `StreamFailure('address_refused')` for any other.
 */
export function queueAddress(storage: URL, named: string, checkUrl: (url: string) => string): URL {
  const queue = new URL(checkUrl(named));
  const stack = /^connection\.([^.]+\..+)$/.exec(storage.hostname)?.[1];
  const isSibling =
    stack !== undefined &&
    queue.hostname === `queue.${stack}` &&
    queue.protocol === storage.protocol &&
    queue.port === storage.port;
  if (queue.origin === storage.origin || isSibling) return queue;
  throw new StreamFailure(
    'address_refused',
    `${storage.origin} names ${queue.origin} as its job queue, which is not of the same stack: the token is not sent there. ` +
      'Job runs come from events alone.',
  );
}
