import type { Db } from '../connect.ts';
import { sql } from 'kysely';

/**
 * How many days a delivery's id is remembered. Hosts retry within hours, but let people resend
 * deliveries that are weeks old.
 */
const daysKept = 30;

/** When the host last delivered something to the space; `null` if it never has, or not for long. */
export async function readLastDelivery(db: Db, spaceId: string): Promise<Date | null> {
  const { at } = await db
    .selectFrom('webhookDeliveries')
    .select(({ fn }) => fn.max<Date | null>('receivedAt').as('at'))
    .where('spaceId', '=', spaceId)
    .executeTakeFirstOrThrow();
  return at;
}

/**
 * Records that a host delivered this to the space, and returns whether it is the first time.
 * Forgets old deliveries.
 */
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
