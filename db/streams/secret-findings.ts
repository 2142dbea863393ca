import { sql } from 'kysely';
import type { StreamId } from '../../model/streams/ids.ts';
import type { SecretFinding } from '../../model/text/secrets-in-text.ts';
import type { Db, Trx } from '../connect.ts';

/** A finding, and since when the file has it there. */
export interface StoredFinding extends SecretFinding {
  foundAt: Date;
}

/** Where a list of findings continues. */
export type FindingPlace = Pick<SecretFinding, 'path' | 'line' | 'column'>;

// While a statement is being sent it is in memory several times.
const findingsAStatement = 5_000;

/** Lists the findings of a stream by path and line, starting after `after`. */
export async function listFindings(
  db: Db,
  stream: StreamId,
  { after, limit }: { after: FindingPlace | null; limit: number },
): Promise<StoredFinding[]> {
  const rows = await db
    .selectFrom('secretFindings')
    .selectAll()
    .where('stream', '=', stream)
    .$if(after !== null, (query) =>
      query.where(
        sql<boolean>`(path, line, at_column) > (${after?.path}::text, ${after?.line}::int, ${after?.column}::int)`,
      ),
    )
    .orderBy('path')
    .orderBy('line')
    .orderBy('atColumn')
    .limit(limit)
    .execute();
  return rows.map(({ path, line, atColumn, rule, fingerprint, masked, foundAt }) => ({
    ...{ path, line, column: atColumn, rule, fingerprint, masked, foundAt },
  }));
}

/** Counts the findings of each of these streams; one without any is absent. */
export async function countFindings(
  db: Db,
  streams: readonly StreamId[],
): Promise<Map<StreamId, number>> {
  if (streams.length === 0) return new Map();
  const rows = await db
    .selectFrom('secretFindings')
    .select(['stream', (eb) => eb.fn.countAll<number>().as('count')])
    .where('stream', 'in', streams)
    .groupBy('stream')
    .execute();
  return new Map(rows.map(({ stream, count }) => [stream, count]));
}

/** Puts these findings in place of those that the files had; files without any are said by their paths alone. */
export async function replaceFindings(
  trx: Trx,
  stream: StreamId,
  paths: readonly string[],
  findings: readonly SecretFinding[],
): Promise<void> {
  const before = await foundIn(trx, stream, paths);
  await trx
    .deleteFrom('secretFindings')
    .where('stream', '=', stream)
    .where(sql<boolean>`path = ANY (${paths}::text[])`)
    .execute();
  for (let start = 0; start < findings.length; start += findingsAStatement)
    await trx
      .insertInto('secretFindings')
      .values(
        findings.slice(start, start + findingsAStatement).map((finding) => {
          const { path, line, column, rule, fingerprint, masked } = finding;
          const since = before.get(`${fingerprint} ${path}`);
          return {
            ...{ stream, path, line, atColumn: column, rule, fingerprint, masked },
            ...(since === undefined ? {} : { foundAt: since }),
          };
        }),
      )
      .execute();
}

/** Since when each of these files has each of its secrets. */
async function foundIn(
  trx: Trx,
  stream: StreamId,
  paths: readonly string[],
): Promise<Map<string, Date>> {
  const rows = await trx
    .selectFrom('secretFindings')
    .select(['path', 'fingerprint', 'foundAt'])
    .where('stream', '=', stream)
    .where(sql<boolean>`path = ANY (${paths}::text[])`)
    .orderBy('foundAt', 'desc')
    .execute();
  return new Map(rows.map(({ path, fingerprint, foundAt }) => [`${fingerprint} ${path}`, foundAt]));
}

/** Forgets the findings of all files but these. */
export async function keepFindings(
  trx: Trx,
  stream: StreamId,
  isKept: (path: string) => boolean,
): Promise<void> {
  const rows = await trx
    .selectFrom('secretFindings')
    .select('path')
    .distinct()
    .where('stream', '=', stream)
    .execute();
  const gone = rows.map(({ path }) => path).filter((path) => !isKept(path));
  await replaceFindings(trx, stream, gone, []);
}
