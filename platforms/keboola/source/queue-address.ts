import { StreamFailure } from '../../../model/streams/errors.ts';

/**
 * The URL of the Queue API that an index names, if the token may be sent there. An index that was tampered
 * with must not direct the token to someone else's host, so the URL must belong to the same stack: it must
 * have the same origin as the Storage API or, if that is `connection.<stack>`, be `queue.<stack>` with the
 * same scheme and port (https://developers.keboola.com/overview/api/: the services of a stack differ only in
 * the first label). Throws `StreamFailure('address_refused')` for any other.
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
