import { mirrorStream, type MirrorKey } from '../../model/mirror/ids.ts';
import type { Db } from '../connect.ts';
import { forgetAllRefused, listRefused } from '../streams/refused-files.ts';
import { wantResync } from './mirror-marks.ts';

/** After this many hours, a catch-up sends refused files again: the host's rules may be others by now. */
const retriedAfter = 24;

/**
 * Has the refused files of a mirror sent again, with a full render: at once or, with `onlyOld`, if the oldest has been
 * refused for a day.
 */
export async function retryRefused(
  db: Db,
  key: MirrorKey,
  { onlyOld = false }: { onlyOld?: boolean } = {},
): Promise<void> {
  const stream = mirrorStream(key);
  await db.transaction().execute(async (trx) => {
    const refused = await listRefused(trx, stream);
    const latest = Date.now() - (onlyOld ? retriedAfter * 3_600_000 : 0);
    if (!refused.some(({ refusedAt }) => refusedAt.getTime() <= latest)) return;
    await forgetAllRefused(trx, stream);
    await wantResync(trx, key, 'recovery');
  });
}
