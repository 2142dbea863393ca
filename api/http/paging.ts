import { Type } from '@fastify/type-provider-typebox';
import { fieldProblem, type ApiProblem } from './problem.ts';

/** The query parameters of every list. */
export const PageQuery = Type.Object({
  limit: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 200, default: 50, description: 'Items per page.' }),
  ),
  cursor: Type.Optional(
    // Enough for the longest name in base64.
    Type.String({ maxLength: 4_000, description: '`nextCursor` of the previous page.' }),
  ),
});

/** A page of a list. */
export interface Page<T> {
  items: T[];
  /** `null` on the last page. */
  nextCursor: string | null;
}

/**
 * Where a page starts, from its query. `pattern` matches the decoded cursors of this list. Throws
 * 422 for any other cursor.
 */
export function pageStart(
  query: { limit?: number; cursor?: string },
  pattern: RegExp,
): { limit: number; after: string | null } {
  const limit = query.limit ?? 50;
  if (query.cursor === undefined) return { limit, after: null };
  const after = Buffer.from(query.cursor, 'base64url').toString('utf8');
  if (!pattern.test(after)) throw badCursor();
  return { limit, after };
}

/** The problem for a cursor that is none of the list's. */
export function badCursor(): ApiProblem {
  return fieldProblem('/cursor', 'is not a cursor of this list; start without one');
}

/**
 * Makes a page of rows that were queried with a limit of one more than `limit`, which shows whether
 * there are more.
 */
export function pageOf<Row, T>(
  rows: readonly Row[],
  limit: number,
  cursor: (row: Row) => string | number,
  view: (row: Row) => T,
): Page<T> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(view),
    nextCursor:
      rows.length > limit && last !== undefined
        ? Buffer.from(String(cursor(last))).toString('base64url')
        : null,
  };
}
