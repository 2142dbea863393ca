import { sql, type RawBuilder } from 'kysely';

/** Whether the stream of a column, such as `o.stream`, has not ended; with `'active'`, neither is it paused. */
export function streamIs(column: string, wanted: 'active' | 'not ended'): RawBuilder<boolean> {
  const stream = sql.ref(column);
  const unpaused = (alias: string) =>
    wanted === 'active' ? sql`AND ${sql.ref(`${alias}.paused_at`)} IS NULL` : sql``;
  return sql`(EXISTS (
      SELECT FROM mirrors m
      WHERE m.project_id = split_part(${stream}, '/', 2) AND m.branch_id = split_part(${stream}, '/', 3)
        AND ${stream} LIKE 'mirror/%' AND m.ended_at IS NULL ${unpaused('m')})
    OR EXISTS (
      SELECT FROM spaces s
      WHERE s.id = split_part(${stream}, '/', 2) AND ${stream} LIKE 'space/%'
        AND s.ended_at IS NULL ${unpaused('s')}))`;
}

/** The kinds of notices that tell of trouble, and after which it is told that it is over. */
export const ofTrouble = sql`('person_needed', 'escalated')`;
