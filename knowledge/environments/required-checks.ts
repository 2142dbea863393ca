import { isDeepStrictEqual } from 'node:util';
import type { EntryFields, Kind } from '../../model/knowledge/entry.ts';
import { readEntry } from '../entries/read-entry.ts';
import { isUnreadable } from '../entries/unreadable.ts';
import { environmentKind, isCheckRequired } from './read-environment.ts';

/** What an environment's file said, and says, if a change of it has to be checked. */
export interface CheckedMove {
  /** `null`: it cannot be read, so that nothing was read by it. */
  before: EntryFields | null;
  after: EntryFields;
}

/**
 * The change of an environment's file that may put versions of prompts into it that need checks; `null` for every other change. A new
 * environment has nobody who reads by it yet. What cannot be read may have required checks, and so it does.
 */
export function checkedMove(
  kind: Kind,
  { before, after }: { before: string | null; after: string | null },
): CheckedMove | null {
  if (kind.name !== environmentKind || before === null || after === null) return null;
  const [was, is] = [fieldsOf(before, kind), fieldsOf(after, kind) ?? {}];
  if (was !== null && (!isCheckRequired(was) || isSamePlace(was, is))) return null;
  return { before: was, after: is };
}

function isSamePlace(one: EntryFields, other: EntryFields): boolean {
  return ['commit', 'ref', 'entries', 'experiments'].every((name) =>
    isDeepStrictEqual(one[name] ?? null, other[name] ?? null),
  );
}

function fieldsOf(text: string, kind: Kind): EntryFields | null {
  const { fields, problems } = readEntry(text, kind);
  return isUnreadable(problems) ? null : fields;
}
