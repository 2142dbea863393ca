import type { SamplesPolicy } from '../../model/mirror/samples.ts';
import type { ProjectStorage, ProvidedMetadata, Table } from '../../model/platform/storage.ts';
import { matchesWildcard } from '../../model/text/wildcard.ts';

/** Whether a policy allows a sample of a table, and of which columns. */
export type TableJudgement =
  | {
      kind: 'sampled';
      /** The columns whose values are read, in the table's order. */
      read: string[];
      /** The columns whose values are replaced by a mask. */
      masked: string[];
    }
  | {
      kind: 'left_out';
      why: 'excluded' | 'metadata' | 'personal_data' | 'all_masked' | 'no_columns';
    };

/** The values with which a tag says that it does not apply. */
const denials = new Set(['', 'false', 'no', 'none', '0']);
/** The maximum length of a chain of aliases. */
const maxAliases = 10;

/**
 * Returns a function that judges the tables of a storage. An alias shows the data of another table, so
 * anything that excludes that table, or masks a column of it, applies to the alias too.
 */
export function tableJudge(
  { buckets, tables }: ProjectStorage,
  policy: SamplesPolicy,
): (table: Table) => TableJudgement {
  const byId = new Map(tables.map((table) => [table.id, table]));
  const bucketsById = new Map(buckets.map((bucket) => [bucket.id, bucket]));
  const tags = new Set(policy.personalDataTags.map(normal));
  const masks = policy.mask.columns.map(parseMask);

  return (table) => {
    const { ids, tables: family, isWhole } = origins(table);
    if (!isWhole) return { kind: 'left_out', why: 'excluded' };
    if (ids.some((id) => policy.exclude.some((glob) => matchesWildcard(glob, id))))
      return { kind: 'left_out', why: 'excluded' };
    const metadata = family.flatMap((one) => [
      ...one.metadata,
      ...(bucketsById.get(one.bucketId)?.metadata ?? []),
    ]);
    if (metadata.some(isExcluded)) return { kind: 'left_out', why: 'metadata' };
    const tagged = [
      ...metadata,
      ...family.flatMap((one) => one.columns.flatMap((column) => column.metadata)),
    ];
    if (tagged.some(marksPersonalData)) return { kind: 'left_out', why: 'personal_data' };
    const names = table.columns.map(({ name }) => name);
    if (names.length === 0) return { kind: 'left_out', why: 'no_columns' };
    const masked = names.filter((name) => isMasked(ids, name));
    if (masked.length === names.length) return { kind: 'left_out', why: 'all_masked' };
    const hidden = new Set(masked);
    return { kind: 'sampled', read: names.filter((name) => !hidden.has(name)), masked };
  };

  /** The table and the tables that it is an alias of, as far as they are known. */
  function origins(table: Table): { ids: string[]; tables: Table[]; isWhole: boolean } {
    const ids = [table.id];
    const found = [table];
    let alias = table.alias;
    while (alias !== null && ids.length <= maxAliases) {
      // A table of another project may happen to match a pattern that is meant for this one. It is then
      // excluded rather than shown.
      ids.push(alias.tableId);
      const source: Table | undefined =
        alias.projectId === null ? byId.get(alias.tableId) : undefined;
      if (source === undefined) break;
      found.push(source);
      alias = source.alias;
    }
    // If a chain is too long to follow, its end is not known, so the table is excluded.
    return { ids, tables: found, isWhole: ids.length <= maxAliases };
  }

  function isExcluded({ key, value }: ProvidedMetadata): boolean {
    return policy.excludeMetadata.some(
      (one) =>
        one.key.toLowerCase() === key.toLowerCase() && (one.value === null || one.value === value),
    );
  }

  function marksPersonalData({ key, value }: ProvidedMetadata): boolean {
    if (tags.has(normal(key)) || tags.has(normal(key.slice(key.lastIndexOf('.') + 1))))
      return !denials.has(value.trim().toLowerCase());
    return value.split(/[,;|]/).some((word) => tags.has(normal(word)));
  }

  function isMasked(ids: readonly string[], column: string): boolean {
    // Everywhere in the platform, a name that begins with `#` belongs to a secret.
    if (column.startsWith('#')) return true;
    return masks.some(
      ({ table, name }) =>
        matchesWildcard(name, column) && ids.some((id) => matchesWildcard(table, id)),
    );
  }
}

/** Parses `<table>:<column>`, or `<column>` for a column of any table. */
function parseMask(text: string): { table: string; name: string } {
  const colon = text.indexOf(':');
  return colon === -1
    ? { table: '*', name: text }
    : { table: text.slice(0, colon), name: text.slice(colon + 1) };
}

/** Makes words equal that differ only in case, spaces, dashes and underscores. */
function normal(word: string): string {
  return word.toLowerCase().replace(/[\s_-]+/g, '');
}
