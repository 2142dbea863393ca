import type { Json } from '../../../../../model/text/json.ts';

const bucketPattern = /^(?:in|out|sys)\.[A-Za-z0-9_-]{1,200}$/;
// A name with a variable (`{{ … }}`) in it is known only when a job runs.
const tablePattern = /^((?:in|out|sys)\.[A-Za-z0-9_-]{1,200})\.[^\s{}]{1,200}$/;

/** A table's id as a configuration names it, such as `in.c-shop.orders`; `null` for anything else. */
export function namedTable(value: Json | undefined): NamedTable | null {
  if (typeof value !== 'string') return null;
  const bucketId = tablePattern.exec(value)?.[1];
  return bucketId === undefined ? null : { bucketId, tableId: value };
}

/** A bucket's id as a configuration names it; `null` for anything else. */
export function namedBucket(value: Json | undefined): NamedTable | null {
  if (typeof value !== 'string' || !bucketPattern.test(value)) return null;
  return { bucketId: value, tableId: null };
}

/** A table, or all of a bucket. */
export interface NamedTable {
  bucketId: string;
  tableId: string | null;
}
