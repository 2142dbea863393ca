import { isDeepStrictEqual } from 'node:util';
import type { ProjectStorage, ProvidedMetadata } from '../../../../../model/platform/storage.ts';
import { isOfLastLoad } from './provided-metadata.ts';

/** Whether two storages give the same files; loads make no difference unless `volatile`. */
export function isSameStorage(
  a: ProjectStorage,
  b: ProjectStorage,
  { volatile }: { volatile: boolean },
): boolean {
  return isDeepStrictEqual(volatile ? a : withoutLoads(a), volatile ? b : withoutLoads(b));
}

function withoutLoads({ buckets, tables, problems }: ProjectStorage) {
  return {
    buckets: buckets.map((bucket) => ({ ...bucket, ...ofNoLoad(bucket) })),
    tables: tables.map((table) => ({
      ...table,
      ...ofNoLoad(table),
      columns: table.columns.map((column) => ({ ...column, ...ofNoLoad(column) })),
    })),
    problems,
  };
}

function ofNoLoad({ metadata }: { metadata: readonly ProvidedMetadata[] }) {
  return { volatile: null, metadata: metadata.filter((entry) => !isOfLastLoad(entry)) };
}
