import { sql } from 'kysely';
import type { FailedAttempt } from '../../model/streams/outage.ts';
import type { Trx } from '../connect.ts';

/** How many days a failed attempt is remembered: a little longer than the longest period of a stream's health. */
const daysKept = 35;

/** Records a failed attempt, once however often it is told, and forgets old ones of its stream. */
export async function recordFailedAttempt(
  trx: Trx,
  { stream, lane, attemptStartedAt }: Pick<FailedAttempt, 'stream' | 'lane' | 'attemptStartedAt'>,
): Promise<void> {
  await trx
    .deleteFrom('failedAttempts')
    .where('stream', '=', stream)
    .where('startedAt', '<', sql<Date>`now() - make_interval(days => ${daysKept})`)
    .execute();
  await trx
    .insertInto('failedAttempts')
    .values({ stream, lane, startedAt: attemptStartedAt })
    .onConflict((conflict) => conflict.columns(['stream', 'startedAt', 'lane']).doNothing())
    .execute();
}
