import type { EntryFields, Kind } from '../../model/knowledge/entry.ts';
import { dateFor, newDateFields, updatedFields } from '../kinds/date-fields.ts';
import { sameValue } from '../merge/same-value.ts';
import { editEntry } from './edit-entry.ts';
import { readEntry } from './read-entry.ts';

/** The fields of a new entry, with the dates that its kind has and that were not given. */
export function withDates(kind: Kind, fields: EntryFields, now: Date): EntryFields {
  const missing = newDateFields(kind).filter(({ name }) => fields[name] === undefined);
  return { ...fields, ...Object.fromEntries(missing.map((one) => [one.name, dateFor(one, now)])) };
}

/**
 * A changed text of an entry with the date of the change, in the fields that its kind wants set (`x-updated`), unless the
 * change set them: `given` are the fields that were named in it. `before` is the text before, or `null` if there was none. A
 * text in which the date cannot be written stays without.
 */
export function withUpdated(
  text: string,
  before: string | null,
  kind: Kind,
  { given = {}, now }: { given?: object; now: Date },
): string {
  const wanted = text === before ? [] : updatedFields(kind);
  if (wanted.length === 0) return text;
  const old = before === null ? {} : readEntry(before, kind).fields;
  const { fields } = readEntry(text, kind);
  const dates: EntryFields = {};
  for (const field of wanted) {
    const { name, isAdded } = field;
    const present = Object.hasOwn(fields, name) ? fields[name] : undefined;
    const past = Object.hasOwn(old, name) ? old[name] : undefined;
    const isOwn = Object.hasOwn(given, name) || (before !== null && !sameValue(present, past));
    if (isOwn || (present === undefined && !isAdded)) continue;
    if (before !== null || present === undefined) dates[name] = dateFor(field, now, present);
  }
  const edit = editEntry(text, kind, { fields: dates });
  if (edit.kind === 'refused') return text;
  const { problems } = readEntry(edit.text, kind);
  return problems.some(({ pointer }) => Object.hasOwn(dates, pointer.slice(1))) ? text : edit.text;
}
