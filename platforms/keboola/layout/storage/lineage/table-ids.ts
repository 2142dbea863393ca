import type { Json } from '../../../../../model/text/json.ts';

const bucketPattern = /^(?:in|out|sys)\.[A-Za-z0-9_-]{1,200}$/;
// A name that contains a variable (`{{ … }}`) is known only when a job runs.
const tablePattern = /^((?:in|out|sys)\.[A-Za-z0-9_-]{1,200})\.[^\s{}]{1,200}$/;

/** The table that a configuration names, such as `in.c-shop.orders`. `null` for any other value. */
export function namedTable(value: Json | undefined): NamedTable | null {
  if (typeof value !== 'string') return null;
  const bucketId = tablePattern.exec(value)?.[1];
  return bucketId === undefined ? null : { bucketId, tableId: value };
}

/** The bucket that a configuration names. `null` for any other value. */
export function namedBucket(value: Json | undefined): NamedTable | null {
  if (typeof value !== 'string' || !bucketPattern.test(value)) return null;
  return { bucketId: value, tableId: null };
}

/** A table, or a whole bucket. */
export interface NamedTable {
  bucketId: string;
  tableId: string | null;
}
