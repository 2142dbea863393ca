/** A field that differs. A side without it has no value. */
export interface ChangedField {
  field: string;
  before?: unknown;
  after?: unknown;
}

type Fields = Readonly<Record<string, unknown>>;

/** The fields that differ, in the order in which they stand in the later version; those that it lacks come last. */
export function changedFields(before: Fields, after: Fields): ChangedField[] {
  const names = [...new Set([...Object.keys(after), ...Object.keys(before)])];
  return names
    .filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
    .map((field) => ({
      field,
      ...(Object.hasOwn(before, field) && { before: before[field] }),
      ...(Object.hasOwn(after, field) && { after: after[field] }),
    }));
}
