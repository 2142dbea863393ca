import { queryOptions } from '@tanstack/react-query';
import type { ItemOutcome } from '../../../model/knowledge/operation.ts';
import { importLimits } from '../../../knowledge/import/import-files.ts';
import type { GivenColumns } from '../../../knowledge/import/import-columns.ts';
import { api, dataOf } from '../../api/client.ts';
import { texts } from '../../texts/index.ts';
import type { GivenTable, GivenTexts } from './read-given.ts';

/** What is imported, and how. */
export interface Wanted {
  given: GivenTable | GivenTexts;
  kind: string | null;
  update: boolean;
  columns: GivenColumns;
}

/** Starts an import, or only tries it. Rejects if it is more than one request may have. */
export async function startImport(space: string, wanted: Wanted, dryRun: boolean) {
  const { given, kind, update, columns } = wanted;
  const body = {
    ...{ dryRun, update },
    ...(kind !== null && { kind }),
    ...(given.form === 'table'
      ? { format: given.format, content: given.content, columns }
      : { items: given.items }),
  };
  const text = JSON.stringify(body);
  if (new Blob([text]).size > importLimits.bytes) throw new Error(texts.imports.tooLarge);
  return dataOf(
    api.POST('/v1/spaces/{space}/actions/import', {
      params: { path: { space } },
      body,
      bodySerializer: () => text,
    }),
  );
}

/** The first items of an operation that has ended with this outcome. */
export function firstItemsQuery(space: string, operation: string, outcome: ItemOutcome) {
  return queryOptions({
    queryKey: ['space', space, 'operation', operation, 'first', outcome],
    staleTime: Infinity,
    queryFn: async ({ signal }) => {
      const { items } = await dataOf(
        api.GET('/v1/spaces/{space}/operations/{operation}', {
          params: { path: { space, operation }, query: { items: 'all', outcome, limit: 5 } },
          signal,
        }),
      );
      return items?.items ?? [];
    },
  });
}
