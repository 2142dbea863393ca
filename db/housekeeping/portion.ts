import { sql, type RawBuilder } from 'kysely';
import type { Cursor } from '../../model/housekeeping/run.ts';
import type { Trx } from '../connect.ts';

/** What a portion of a removal is asked for. */
export interface PortionInput {
  /** What was settled before this time is old. */
  before: Date;
  /** How many rows are looked at, and so removed, at most. */
  limit: number;
  /** Where the last portion ended; `null` for the first one. */
  cursor: Cursor | null;
}

/** What a portion did. */
export interface Portion {
  removed: number;
  /** Where the next portion begins; `null`: nothing old is left after this one. */
  cursor: Cursor | null;
}

/** Removes the next portion of old rows of one kind, in the caller's transaction. */
export type RemovePortion = (trx: Trx, input: PortionInput) => Promise<Portion>;

/** Rows of a table that are old, as SQL about the alias `t`. */
export interface OldRows {
  table: string;
  /** When the row was settled, as an index has it: rows are looked at in this order. */
  at: RawBuilder<unknown>;
  /** Which rows are in that index, if not all are; none that waits. */
  settled?: RawBuilder<boolean>;
  /** Whether nothing needs the row any more: asked of rows that are old. */
  mayGo?: (before: Date) => RawBuilder<boolean>;
  /** Removes what refers to these rows and does not go by itself. They are a condition on the alias `t`. */
  removeDependants?: (trx: Trx, rows: RawBuilder<boolean>) => Promise<void>;
}

/**
 * A removal of old rows in the order of their time: each portion looks at the next `limit` of them, locks those that may go and
 * that nobody else has locked, and removes these. Whoever writes waits for nothing but rows that go.
 */
export function removalOf(rows: OldRows): RemovePortion {
  const { table: name, at, settled = always, mayGo = () => always, removeDependants } = rows;
  const table = sql.table(name);

  return async (trx, { before, limit, cursor }) => {
    const [lastAt, lastPlace] = cursor ?? [];
    const after =
      cursor === null
        ? always
        : sql`(${at}, t.ctid) > (${lastAt}::timestamptz, ${lastPlace}::tid) AND ${at} >= ${lastAt}::timestamptz`;
    const { rows: seen } = await sql<{ place: string; at: string; mayGo: boolean }>`
      SELECT t.place::text AS place, t.settled_at::text AS at, coalesce(${mayGo(before)}, false) AS may_go
      FROM (
        SELECT t.*, t.ctid AS place, ${at} AS settled_at FROM ${table} t
        WHERE ${settled} AND ${at} < ${before} AND ${after}
        ORDER BY ${at}, t.ctid LIMIT ${limit}
      ) t
      ORDER BY t.settled_at, t.place`.execute(trx);
    const last = seen.at(-1);
    const wanted = seen.flatMap(({ place, mayGo: may }) => (may ? [place] : []));
    const removed = wanted.length === 0 ? 0 : await remove(trx, wanted, before);
    const isLast = last === undefined || seen.length < limit;
    return { removed, cursor: isLast ? null : [last.at, last.place] };
  };

  async function remove(trx: Trx, wanted: readonly string[], before: Date): Promise<number> {
    // Asked once more of the locked rows, because somebody may have changed them since. A row that was is at another place.
    const { rows: locked } = await sql<{ place: string }>`
      SELECT t.ctid::text AS place FROM ${table} t
      WHERE ${whereRowsAre(wanted)} AND ${settled} AND ${at} < ${before} AND ${mayGo(before)}
      FOR UPDATE OF t SKIP LOCKED`.execute(trx);
    if (locked.length === 0) return 0;
    const going = whereRowsAre(locked.map(({ place }) => place));
    await removeDependants?.(trx, going);
    const gone = await sql`DELETE FROM ${table} t WHERE ${going}`.execute(trx);
    return Number(gone.numAffectedRows ?? 0);
  }
}

const always = sql<boolean>`true`;

/** Rows by where they are in the table (ctid), which is theirs until somebody changes them. */
function whereRowsAre(places: readonly string[]): RawBuilder<boolean> {
  return sql<boolean>`t.ctid = ANY (${places}::tid[])`;
}
