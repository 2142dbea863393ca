import type { Trx } from '../../../db/connect.ts';
import { approveRemoval, findHeldRemoval } from '../../../db/streams/held-removals.ts';
import type { StreamId } from '../../../model/streams/ids.ts';
import { ApiProblem } from '../../http/problem.ts';

/**
 * Allows a stream to remove what it is held for. `seen` is the removal that somebody looked at; `undefined`: nobody says,
 * and it is the one that is held now. Throws 409 `changed_since` if that is another one, or none.
 */
export async function allowRemoval(
  trx: Trx,
  stream: StreamId,
  seen: string | undefined,
): Promise<void> {
  const digest = seen ?? (await findHeldRemoval(trx, stream))?.digest;
  if (digest !== undefined && (await approveRemoval(trx, stream, digest))) return;
  throw new ApiProblem(
    409,
    'changed_since',
    `What ${stream} would remove has changed since you looked at it. Nothing was approved. Look at it again.`,
  );
}
