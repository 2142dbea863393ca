/**
 * What a token may do, from most to least: `admin` everything; `operator` runs mirrors; `publisher`
 * and `editor` write knowledge; `reader` and `agent` read (an agent is a machine that reads for people).
 */
export type Role = 'admin' | 'operator' | 'publisher' | 'editor' | 'reader' | 'agent';

/** The roles, as schemas list them. */
export const roles = [
  'admin',
  'operator',
  'publisher',
  'editor',
  'reader',
  'agent',
] as const satisfies Role[];

const rank: Record<Role, number> = {
  admin: 5,
  operator: 4,
  publisher: 3,
  editor: 2,
  reader: 1,
  agent: 1,
};

/** Whether `role` is at least `needed`. */
export function roleAllows(role: Role, needed: Role): boolean {
  return rank[role] >= rank[needed];
}
