import { sql } from 'kysely';
import { jsonb } from '../../../db/storable.ts';
import { customer, SpaceUnderTest, type SpacesUnderTest } from './spaces-under-test.ts';

/** The files of this many customers, each with its number as its tier. */
export function customers(count: number): Record<string, string> {
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      pathOf(index),
      customer(`c${index}`, [`tier: t${index}`]),
    ]),
  );
}

/** The path of a customer's file, by its number. */
export function pathOf(index: number): string {
  return `knowledge/customers/${index % 10}/c${index}.md`;
}

/** Loses the worker while it reads a branch, and compares the result of the next reading with an uninterrupted one. */
export function lostReadings(under: SpacesUnderTest) {
  const { db } = under;

  /** Another space on the same branch, which reads it in one piece. */
  async function twinOf(of: SpaceUnderTest): Promise<SpaceUnderTest> {
    const { repositoryUrl, root } = await of.row();
    const id = `${of.id}-twin`;
    await db
      .insertInto('spaces')
      .values({
        id,
        name: id,
        repositoryUrl,
        repositoryBranch: 'main',
        credentialId: under.credentialId,
        root,
        rules: jsonb({ publicKinds: [], index: false, notify: { emails: [] } }),
      })
      .execute();
    return new SpaceUnderTest(under, id, of.repository);
  }

  /** What the database holds of a space: its entries and its whole history. */
  async function heldOf({ id }: SpaceUnderTest) {
    const entries = await db
      .selectFrom('entries')
      .select(['id', 'path', 'headText', 'gitBlob', 'headBlob', 'gitText', 'commitSha', 'waiting'])
      .where('spaceId', '=', id)
      .orderBy('id')
      .execute();
    const versions = await db
      .selectFrom('entryVersions as v')
      .innerJoin('spaceCommits as c', (join) =>
        join.onRef('c.spaceId', '=', 'v.spaceId').onRef('c.position', '=', 'v.position'),
      )
      .select(['c.position', 'c.sha', 'entryId', 'path', 'previousPath', 'blobId'])
      .where('v.spaceId', '=', id)
      .orderBy('c.position')
      .orderBy('entryId')
      .execute();
    return { entries, versions };
  }

  /** Loses the worker in the transaction that stores an entry with this path. */
  async function loseWorkerAt(path: string): Promise<void> {
    await sql`
      CREATE OR REPLACE FUNCTION lose_worker() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION 'The worker is gone.'; END $$`.execute(db);
    await sql`
      CREATE TRIGGER lose_worker BEFORE INSERT OR UPDATE ON entries FOR EACH ROW
      WHEN (NEW.path = ${sql.lit(path)} AND NEW.synced_at IS NOT NULL) EXECUTE FUNCTION lose_worker()`.execute(
      db,
    );
  }

  async function findWorker(): Promise<void> {
    await sql`DROP TRIGGER IF EXISTS lose_worker ON entries`.execute(db);
  }

  return { findWorker, heldOf, loseWorkerAt, twinOf };
}
