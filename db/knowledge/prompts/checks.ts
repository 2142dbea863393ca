import { sql, type Insertable, type Selectable } from 'kysely';
import type { CheckVerdict } from '../../../model/knowledge/check.ts';
import type { OperationState } from '../../../model/knowledge/operation.ts';
import type { Person } from '../../../model/streams/author.ts';
import type { Db, Trx } from '../../connect.ts';
import type { PromptCheckResultsTable, PromptChecksTable } from '../../schema/prompts.ts';
import { jsonb, storableText } from '../../storable.ts';

/** A run of a prompt's examples, with how far it is. */
export interface PromptCheck extends Selectable<PromptChecksTable> {
  /** That of its operation. */
  state: OperationState;
  person: Person;
  /** How many examples have each verdict; `waiting`: none yet. */
  verdicts: Partial<Record<CheckVerdict | 'waiting', number>>;
}

/** An example of a run, and what came of it. */
export type CheckResult = Selectable<PromptCheckResultsTable>;

/** A run to store. Its operation is stored before, in the same transaction. */
export type NewCheck = Omit<Selectable<PromptChecksTable>, 'createdAt'>;

/** An example of it, perhaps with a verdict already. */
export type NewCheckResult = Pick<
  CheckResult,
  'ordinal' | 'name' | 'variant' | 'example' | 'verdict' | 'reason'
>;

/** Stores a run with its examples. */
export async function insertCheck(
  trx: Trx,
  check: NewCheck,
  results: readonly NewCheckResult[],
): Promise<void> {
  await trx
    .insertInto('promptChecks')
    .values({ ...check, sources: jsonb(check.sources) })
    .execute();
  const rows = results.map(
    ({ name, example, reason, verdict, ...result }): Insertable<PromptCheckResultsTable> => ({
      ...{ ...result, verdict, checkId: check.id, name: storableText(name) },
      example: jsonb(example),
      reason: reason === null ? null : storableText(reason),
      at: verdict === null ? null : new Date(),
    }),
  );
  await trx.insertInto('promptCheckResults').values(rows).execute();
}

/** Finds a run of a prompt; `null` if it has none with this id. */
export async function findCheck(
  db: Db,
  { spaceId, promptId, id }: { spaceId: string; promptId: string; id: string },
): Promise<PromptCheck | null> {
  const row = await checksOf(db, spaceId)
    .where('promptId', '=', promptId)
    .where('promptChecks.id', '=', id)
    .executeTakeFirst();
  return row ?? null;
}

/** Lists the runs of a prompt, newest first, after the one with the id `after`. */
export async function listChecks(
  db: Db,
  asked: { spaceId: string; promptId: string; after: string | null; limit: number },
): Promise<PromptCheck[]> {
  const { spaceId, promptId, after, limit } = asked;
  let query = checksOf(db, spaceId)
    .where('promptId', '=', promptId)
    .orderBy('promptChecks.createdAt', 'desc')
    .orderBy('promptChecks.id', 'desc')
    .limit(limit);
  if (after !== null)
    query = query.where(
      sql<boolean>`(prompt_checks.created_at, prompt_checks.id) < (SELECT created_at, id FROM prompt_checks WHERE id = ${after})`,
    );
  return query.execute();
}

/** Finds the newest run of all examples of each of these versions. */
export async function listNewestChecks(
  db: Db,
  { spaceId, versions }: { spaceId: string; versions: readonly string[] },
): Promise<PromptCheck[]> {
  return checksOf(db, spaceId)
    .distinctOn(['promptId', 'version'])
    .where('version', '=', sql<string>`ANY (${versions}::text[])`)
    .where('variant', 'is', null)
    .orderBy('promptId')
    .orderBy('version')
    .orderBy('promptChecks.createdAt', 'desc')
    .orderBy('promptChecks.id', 'desc')
    .execute();
}

/** Finds a run of the same version and variant against the same model that has not ended. */
export async function findOpenCheck(
  db: Db,
  { spaceId, version, variant, model, origin }: Omit<NewCheck, 'id' | 'sources'>,
): Promise<PromptCheck | null> {
  const row = await checksOf(db, spaceId)
    .where('version', '=', version)
    .where('variant', 'is not distinct from', variant)
    .where('model', '=', model)
    .where('origin', '=', origin)
    .where('operations.state', 'in', ['waiting', 'running'])
    .orderBy('promptChecks.createdAt', 'desc')
    .executeTakeFirst();
  return row ?? null;
}

function checksOf(db: Db, spaceId: string) {
  return db
    .selectFrom('promptChecks')
    .innerJoin('operations', 'operations.id', 'promptChecks.id')
    .selectAll('promptChecks')
    .select(['operations.state', 'operations.person'])
    .select(
      sql<PromptCheck['verdicts']>`coalesce((
        SELECT jsonb_object_agg(verdict, count) FROM (
          SELECT coalesce(verdict, 'waiting') AS verdict, count(*) AS count
          FROM prompt_check_results WHERE check_id = prompt_checks.id GROUP BY 1) counted), '{}')`.as(
        'verdicts',
      ),
    )
    .where('promptChecks.spaceId', '=', spaceId);
}

/** Lists the examples of a run in their order. */
export async function listCheckResults(db: Db, checkId: string): Promise<CheckResult[]> {
  return db
    .selectFrom('promptCheckResults')
    .selectAll()
    .where('checkId', '=', checkId)
    .orderBy('ordinal')
    .execute();
}

/** What came of an example that was run. */
export type RunResult = Pick<CheckResult, 'ordinal' | 'reason' | 'answer'> & {
  verdict: CheckVerdict;
};

/** Notes what came of examples. Pass the transaction in which their operation learns of it. */
export async function noteCheckResults(
  trx: Trx,
  checkId: string,
  results: readonly RunResult[],
): Promise<void> {
  for (const { ordinal, verdict, reason, answer } of results)
    await trx
      .updateTable('promptCheckResults')
      .set({
        verdict,
        reason: reason === null ? null : storableText(reason),
        answer: answer === null ? null : storableText(answer),
        at: sql<Date>`now()`,
      })
      .where('checkId', '=', checkId)
      .where('ordinal', '=', ordinal)
      .execute();
}

/** What a person says of an answer. */
export interface Judgement {
  checkId: string;
  ordinal: number;
  isPassed: boolean;
  note: string;
  by: Person;
}

/**
 * Notes what a person says of an answer that waits for that, or that somebody has judged before. Returns whether it is such an
 * answer.
 */
export async function judgeCheckResult(
  trx: Trx,
  { checkId, ordinal, isPassed, note, by }: Judgement,
): Promise<boolean> {
  const judged = await trx
    .updateTable('promptCheckResults')
    .set({
      verdict: isPassed ? 'passed' : 'failed',
      judgedBy: jsonb(by),
      judgedNote: storableText(note),
      judgedAt: sql<Date>`now()`,
    })
    .where('checkId', '=', checkId)
    .where('ordinal', '=', ordinal)
    .where((of) => of.or([of('verdict', '=', 'needs_person'), of('judgedAt', 'is not', null)]))
    .executeTakeFirst();
  return judged.numUpdatedRows > 0n;
}

/** Finds which model a run began with; `null` if there is no such run. */
export async function findModelOfCheck(
  db: Db,
  id: string,
): Promise<Pick<PromptCheck, 'model' | 'origin'> | null> {
  const row = await db
    .selectFrom('promptChecks')
    .select(['model', 'origin'])
    .where('id', '=', id)
    .executeTakeFirst();
  return row ?? null;
}
