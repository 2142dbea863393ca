import type { Db } from '../connect.ts';
import { sql } from 'kysely';

/** Days that a delivery's id is remembered: hosts send again within hours, and show for resending what is of weeks. */
const daysKept = 30;

/** Notes that a host delivered this to the space; answers whether it is the first time. Forgets what is old. */
export async function noteDelivery(db: Db, spaceId: string, deliveryId: string): Promise<boolean> {
  await db
    .deleteFrom('webhookDeliveries')
    .where('spaceId', '=', spaceId)
    .where('receivedAt', '<', sql<Date>`now() - make_interval(days => ${daysKept})`)
    .execute();
  const stored = await db
    .insertInto('webhookDeliveries')
    .values({ spaceId, deliveryId })
    .onConflict((conflict) => conflict.columns(['spaceId', 'deliveryId']).doNothing())
    .returning('deliveryId')
    .executeTakeFirst();
  return stored !== undefined;
}
