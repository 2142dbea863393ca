import type { ColumnType } from 'kysely';

/** A `timestamptz`: read as Date, written as Date or ISO 8601. */
export type Timestamp = ColumnType<Date, Date | string, Date | string>;
export type NullableTimestamp = ColumnType<
  Date | null,
  Date | string | null | undefined,
  Date | string | null
>;
/** Set by the database when the row is inserted. */
export type CreatedAt = ColumnType<Date, Date | string | undefined, never>;
/** A `bigint`, read as a number (`db/connect.ts` parses it; sequences stay below 2^53). */
export type BigInt_ = ColumnType<number, number, number>;
/** A `bigint` that the database fills in. */
export type Counter = ColumnType<number, number | undefined, number>;
/** A `jsonb` column: written as JSON text, read as the parsed value. */
export type Jsonb<T> = ColumnType<T, string, string>;
