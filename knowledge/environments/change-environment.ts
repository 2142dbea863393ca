import type { EntryFields, JsonValue } from '../../model/knowledge/entry.ts';
import { isDeepStrictEqual } from 'node:util';

/** Where an environment, or one entry in it, points. Everything of it is moved together. */
export type Pointer = Record<string, JsonValue>;

/** What an environment's file says about where it points: all of it, or for one entry. */
export function pointerOf(fields: EntryFields, entry: string | null): Pointer {
  const { commit = null, ref = null, entries = null } = fields;
  if (entry === null) return { commit, ref, entries: isMap(entries) && Object.keys(entries).length > 0 ? entries : null }; // prettier-ignore
  return { commit: isMap(entries) && Object.hasOwn(entries, entry) ? (entries[entry] ?? null) : null }; // prettier-ignore
}

/** The fields of the environment's file that point there; `null` removes one. */
export function pointedTo(fields: EntryFields, entry: string | null, to: Pointer): EntryFields {
  if (entry === null) return changed(fields, to);
  const others = isMap(fields.entries ?? null) ? (fields.entries as EntryFields) : {};
  const rest = Object.entries(others).filter(([id]) => id !== entry);
  const added = to.commit == null ? [] : [[entry, to.commit] as const];
  const entries = Object.fromEntries([...rest, ...added]);
  return changed(fields, { entries: Object.keys(entries).length === 0 ? null : entries });
}

/** Only what differs, so that nothing is added to a file to say that it is not there. */
function changed(fields: EntryFields, to: Pointer): EntryFields {
  return Object.fromEntries(
    Object.entries(to).filter(([name, value]) => !isDeepStrictEqual(fields[name] ?? null, value)),
  );
}

/** A state that a file had, and where it pointed then. */
export interface EarlierState {
  pointer: Pointer;
  fields: EntryFields;
}

/**
 * The newest of the earlier states of a file that points elsewhere, or at this commit if one is given; `null` if none does.
 */
export function stateBefore(
  now: EntryFields,
  earlier: Iterable<EntryFields>,
  entry: string | null,
  commit: string | null = null,
): EarlierState | null {
  const present = pointerOf(now, entry);
  for (const fields of earlier) {
    const pointer = pointerOf(fields, entry);
    const isMeant = commit === null ? !isDeepStrictEqual(pointer, present) : isAt(pointer, commit);
    if (isMeant) return { pointer, fields };
  }
  return null;
}

/** Whether a pointer is at this commit, and nothing else. */
function isAt({ commit, entries = null }: Pointer, wanted: string): boolean {
  return typeof commit === 'string' && commit.toLowerCase() === wanted && entries === null;
}

function isMap(value: JsonValue): value is EntryFields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
