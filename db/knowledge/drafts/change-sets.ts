import { randomUUID } from 'node:crypto';
import { sql, type Selectable } from 'kysely';
import type { Actor } from '../../../model/access/actor.ts';
import type { Db, Trx } from '../../connect.ts';
import type { ChangeSetsTable } from '../../schema/knowledge.ts';
import { storableText } from '../../storable.ts';
import { ownedBy, ownerColumns } from '../../access/owned.ts';
import type { DraftKey } from './drafts.ts';

/** A stored change set. */
export type ChangeSet = Selectable<ChangeSetsTable>;

/** A change set as lists show it. */
export type ListedChangeSet = ChangeSet & { drafts: number };

/** What a change set says about itself. */
export interface ChangeSetWords {
  title: string;
  description: string;
}

/** Creates an empty change set. */
export async function insertChangeSet(
  db: Db,
  { spaceId, owner }: { spaceId: string; owner: Actor },
  { title, description }: ChangeSetWords,
): Promise<ChangeSet> {
  return db
    .insertInto('changeSets')
    .values({
      id: randomUUID(),
      spaceId,
      ...ownerColumns(owner),
      title: storableText(title),
      description: storableText(description),
    })
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** Finds a change set of its owner; `null` if there is none. With `lock`, nobody adds a draft to it meanwhile. */
export async function findChangeSet(
  db: Db,
  { spaceId, owner, id }: DraftKey,
  { lock = false }: { lock?: boolean } = {},
): Promise<ChangeSet | null> {
  let query = db
    .selectFrom('changeSets')
    .selectAll()
    .where('spaceId', '=', spaceId)
    .where(ownedBy(owner))
    .where('id', '=', id);
  if (lock) query = query.forUpdate();
  return (await query.executeTakeFirst()) ?? null;
}

/** Lists somebody's change sets, ordered by id, each with how many drafts are in it. */
export async function listChangeSets(
  db: Db,
  {
    spaceId,
    owner,
    after,
    limit,
  }: { spaceId: string; owner: Actor; after: string | null; limit: number },
): Promise<ListedChangeSet[]> {
  let query = db
    .selectFrom('changeSets')
    .selectAll()
    .select(({ selectFrom, fn }) =>
      selectFrom('drafts')
        .whereRef('drafts.changeSetId', '=', 'changeSets.id')
        .select(fn.countAll<number>().as('drafts'))
        .$asScalar()
        .$notNull()
        .as('drafts'),
    )
    .where('spaceId', '=', spaceId)
    .where(ownedBy(owner))
    .orderBy('id')
    .limit(limit);
  if (after !== null) query = query.where('id', '>', after);
  return query.execute();
}

/** Changes what a change set says about itself; returns it, or `null` if there is none. */
export async function updateChangeSet(
  db: Db,
  { spaceId, owner, id }: DraftKey,
  words: Partial<ChangeSetWords>,
): Promise<ChangeSet | null> {
  const row = await db
    .updateTable('changeSets')
    .set({
      ...(words.title === undefined ? {} : { title: storableText(words.title) }),
      ...(words.description === undefined ? {} : { description: storableText(words.description) }),
      updatedAt: sql<Date>`now()`,
    })
    .where('spaceId', '=', spaceId)
    .where(ownedBy(owner))
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst();
  return row ?? null;
}

/** Removes a change set; drafts that are still in it are then alone. */
export async function removeChangeSet(trx: Trx | Db, id: string): Promise<void> {
  await trx.deleteFrom('changeSets').where('id', '=', id).execute();
}
