/** An entry of a list, as far as two lists are compared. */
export interface Listed {
  id: string;
  kind: string;
  title: string;
  blob: string | null;
}

/** What a promotion of the whole does to an entry. */
export interface EntryChange extends Listed {
  change: 'added' | 'changed' | 'removed';
}

/** What differs between the entries that an environment has and those that it is to have. */
export function entryChanges(before: readonly Listed[], after: readonly Listed[]): EntryChange[] {
  const had = new Map(before.map((entry) => [entry.id, entry]));
  const has = new Set(after.map(({ id }) => id));
  const added = after.flatMap((entry): EntryChange[] => {
    const was = had.get(entry.id);
    if (was === undefined) return [{ ...entry, change: 'added' }];
    return was.blob === entry.blob ? [] : [{ ...entry, change: 'changed' }];
  });
  const removed = before
    .filter(({ id }) => !has.has(id))
    .map((entry): EntryChange => ({ ...entry, change: 'removed' }));
  return [...added, ...removed];
}

/** More entries of a kind than this are not listed in an environment. */
const most = 500;

/** The kinds whose entries can be compared, and those that have too many. An environment does not have environments. */
export function comparedKinds(entries: Readonly<Record<string, number>>): {
  kinds: string[];
  tooMany: string[];
} {
  const used = Object.entries(entries).filter(([kind, count]) => count > 0 && kind !== 'environment'); // prettier-ignore
  return {
    kinds: used.filter(([, count]) => count <= most).map(([kind]) => kind),
    tooMany: used.filter(([, count]) => count > most).map(([kind]) => kind),
  };
}
