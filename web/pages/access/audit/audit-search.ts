/** What stands in the address of the audit log: its filters, and the entry that is open. */
export interface AuditSearch {
  actor?: string;
  /** The beginning of an action: `token.`. */
  action?: string;
  /** The beginning of a target: `mirror/<project>/`. */
  target?: string;
  /** The first day and the last one, such as `2026-11-28`. */
  from?: string;
  to?: string;
  entry?: number;
}

/** What changes in an address; `undefined` takes it away. */
export type AuditChange = { [Name in keyof AuditSearch]?: AuditSearch[Name] | undefined };

const words = ['actor', 'action', 'target'] as const;
const days = ['from', 'to'] as const;
const isDay = (value: unknown): value is string =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value));

/** Reads the address of the audit log. What it does not know is left out; so is what is empty. */
export function auditSearch(raw: Record<string, unknown>): AuditSearch {
  const search: AuditSearch = {};
  for (const name of words) {
    const value = raw[name];
    // An address may have a number where a name looks like one.
    const text = typeof value === 'number' ? String(value) : value;
    if (typeof text === 'string' && text !== '') search[name] = text;
  }
  for (const name of days) {
    const value = raw[name];
    if (isDay(value)) search[name] = value;
  }
  const { entry } = raw;
  if (typeof entry === 'number' && Number.isSafeInteger(entry) && entry > 0) search.entry = entry;
  return search;
}

/** The filters as the API takes them: days are the viewer's, and the last one is included. */
export function auditQuery({ actor, action, target, from, to }: AuditSearch): {
  actor?: string;
  action?: string;
  target?: string;
  from?: string;
  to?: string;
} {
  return {
    ...(actor !== undefined && { actor }),
    ...(action !== undefined && { action }),
    ...(target !== undefined && { target }),
    ...(from !== undefined && { from: startOf(from, 0) }),
    ...(to !== undefined && { to: startOf(to, 1) }),
  };
}

/** When a day begins for the viewer, or the one that is so many days later. */
function startOf(day: string, later: number): string {
  const at = new Date(`${day}T00:00`);
  at.setDate(at.getDate() + later);
  return at.toISOString();
}
