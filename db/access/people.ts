import { randomUUID } from 'node:crypto';
import { sql, type Selectable } from 'kysely';
import type { PersonFacts } from '../../model/access/person.ts';
import type { Db, Trx } from '../connect.ts';
import type { PeopleTable } from '../schema/access.ts';
import { jsonb } from '../storable.ts';

/** A person who signs in as themselves. */
export type PersonRow = Selectable<PeopleTable>;

/** Adds a person of Gitward alone, who signs in with links. */
export async function insertPerson(db: Db, facts: PersonFacts): Promise<PersonRow> {
  return db
    .insertInto('people')
    .values({ id: randomUUID(), ...stored(facts) })
    .returningAll()
    .executeTakeFirstOrThrow();
}

/**
 * Adds the person of a provider, or changes what is said of them; a disabled one stays disabled.
 * They are recognised by issuer and subject alone, which nobody can choose.
 */
export async function putProviderPerson(
  db: Db,
  { issuer, subject }: { issuer: string; subject: string },
  facts: PersonFacts,
): Promise<PersonRow> {
  return db
    .insertInto('people')
    .values({ id: randomUUID(), issuer, subject, ...stored(facts) })
    .onConflict((conflict) => conflict.columns(['issuer', 'subject']).doUpdateSet(stored(facts)))
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** The person, or `null`. */
export async function findPerson(db: Db, id: string): Promise<PersonRow | null> {
  const row = await db.selectFrom('people').selectAll().where('id', '=', id).executeTakeFirst();
  return row ?? null;
}

/** Locks a person until the transaction ends; `null` if there is none. */
export async function lockPerson(trx: Trx, id: string): Promise<PersonRow | null> {
  const row = await trx
    .selectFrom('people')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return row ?? null;
}

/** Changes what is said of a person. */
export async function updatePerson(
  db: Db,
  id: string,
  facts: PersonFacts & { isDisabled: boolean },
): Promise<PersonRow> {
  const { isDisabled, ...said } = facts;
  return db
    .updateTable('people')
    .set({
      ...stored(said),
      disabledAt: isDisabled ? sql<Date>`coalesce(disabled_at, now())` : null,
    })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** Records that a person was here, at most once a minute. */
export async function notePersonSeen(db: Db, id: string): Promise<void> {
  await db
    .updateTable('people')
    .set({ lastSeenAt: sql<Date>`now()` })
    .where('id', '=', id)
    .where(sql<boolean>`(last_seen_at IS NULL OR last_seen_at < now() - interval '1 minute')`)
    .execute();
}

/** Lists people by id, starting after `after`, including disabled ones. */
export async function listPeople(
  db: Db,
  { after, limit }: { after: string | null; limit: number },
): Promise<PersonRow[]> {
  let query = db.selectFrom('people').selectAll().orderBy('id').limit(limit);
  if (after !== null) query = query.where('id', '>', after);
  return query.execute();
}

function stored({ spaces, ...facts }: PersonFacts) {
  return { ...facts, spaces: spaces === null ? null : jsonb(spaces) };
}
