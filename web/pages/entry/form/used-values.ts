import type { JsonValue } from '../../../../model/knowledge/entry.ts';

/** So many values make a field one with suggestions; with more different ones, it is a free text. */
const most = 60;

/**
 * What entries use in a field, the most used first: the items of lists, and texts that several of them share. Empty if nearly
 * every entry has another one, as in names and descriptions.
 */
export function usedValues(
  entries: readonly { fields: Record<string, unknown> }[],
  name: string,
): string[] {
  const counts = new Map<string, number>();
  let lists = false;
  for (const { fields } of entries) {
    const value = fields[name] as JsonValue | undefined;
    lists ||= Array.isArray(value);
    const said = Array.isArray(value) ? value : [value];
    for (const one of said)
      if (typeof one === 'string' && one !== '' && one.length <= 80)
        counts.set(one, (counts.get(one) ?? 0) + 1);
  }
  const isShared = lists || [...counts.values()].some((count) => count > 1);
  if (!isShared || counts.size > most) return [];
  return [...counts]
    .sort((one, other) => other[1] - one[1] || one[0].localeCompare(other[0]))
    .map(([value]) => value);
}
