import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { JsonValue } from '../../../../model/knowledge/entry.ts';
import { api, dataOf } from '../../../api/client.ts';
import { ProblemError } from '../../../api/problem-error.ts';
import type { Answer } from '../../../api/types.ts';
import { spaceLists } from '../../../parts/knowledge/space-queries.ts';
import type { EntryPath } from '../history/history-queries.ts';

/** A variable that a text can be filled with. */
export type Variable =
  Answer<'/v1/spaces/{space}/templates/{template}/variables'>['variables'][number];

/** Which text is read: of an environment (left out: as it is now), and of a variant. */
export interface Read {
  env?: string | undefined;
  variant?: string | undefined;
}

type Values = Record<string, JsonValue>;

/** A prompt in an environment, with the names of its variants. */
export function promptQuery({ space, entry }: EntryPath, env: string | undefined) {
  return queryOptions({
    queryKey: [...spaceLists(space), 'prompt', entry, env],
    queryFn: ({ signal }) =>
      dataOf(
        api.GET('/v1/spaces/{space}/prompts/{prompt}', {
          params: { path: { space, prompt: entry }, query: given({ env }) },
          signal,
        }),
      ),
  });
}

/** What a variant of a prompt can be filled with. */
export function promptVariablesQuery({ space, entry }: EntryPath, read: Read) {
  return queryOptions({
    queryKey: [...spaceLists(space), 'prompt', entry, 'variables', read],
    queryFn: ({ signal }) =>
      dataOf(
        api.GET('/v1/spaces/{space}/prompts/{prompt}/variables', {
          params: { path: { space, prompt: entry }, query: given(read) },
          signal,
        }),
      ),
  });
}

/** A variant of a prompt as programs get it. Until other values are filled in, the text before stays. */
export function renderedQuery({ space, entry }: EntryPath, { env, variant }: Read, values: Values) {
  return queryOptions({
    queryKey: [...spaceLists(space), 'prompt', entry, 'rendered', env, variant, values],
    queryFn: ({ signal }) =>
      dataOf(
        api.POST('/v1/spaces/{space}/prompts/{prompt}/render', {
          params: { path: { space, prompt: entry }, query: given({ env }) },
          body: { ...given({ variant }), values },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });
}

/** What a template can be filled with. */
export function templateVariablesQuery({ space, entry }: EntryPath, env: string | undefined) {
  return queryOptions({
    queryKey: [...spaceLists(space), 'template', entry, 'variables', env],
    queryFn: ({ signal }) =>
      dataOf(
        api.GET('/v1/spaces/{space}/templates/{template}/variables', {
          params: { path: { space, template: entry }, query: given({ env }) },
          signal,
        }),
      ),
  });
}

/** A filled template. Until other values are filled in, the text before stays. */
export function filledQuery({ space, entry }: EntryPath, env: string | undefined, values: Values) {
  return queryOptions({
    queryKey: [...spaceLists(space), 'template', entry, 'filled', env, values],
    queryFn: ({ signal }) =>
      dataOf(
        api.POST('/v1/spaces/{space}/templates/{template}/fill', {
          params: { path: { space, template: entry }, query: given({ env }) },
          body: { values },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });
}

/** Whether the values were refused, each with its reason. */
export function isRefusedValue(error: Error | null): boolean {
  return error instanceof ProblemError && error.code === 'values_refused';
}

/** Without what is not given. */
function given<Query extends object>(
  query: Query,
): { [Key in keyof Query]?: NonNullable<Query[Key]> } {
  const pairs = Object.entries(query).filter(([, value]) => value !== undefined);
  return Object.fromEntries(pairs) as { [Key in keyof Query]?: NonNullable<Query[Key]> };
}
