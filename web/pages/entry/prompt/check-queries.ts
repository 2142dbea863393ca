import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { hasEnded } from '../../../../model/knowledge/operation.ts';
import { api, dataOf } from '../../../api/client.ts';
import { cursorOf, pages } from '../../../api/pages.ts';
import type { Answer, ItemOf } from '../../../api/types.ts';
import { spaceLists } from '../../../parts/knowledge/space-queries.ts';
import type { EntryPath } from '../history/history-queries.ts';

const route = '/v1/spaces/{space}/prompts/{prompt}/checks';

/** A run of a prompt's examples. */
export type Run = ItemOf<'/v1/spaces/{space}/prompts/{prompt}/checks'>;

/** A run with its examples. */
export type RunWithResults = Answer<'/v1/spaces/{space}/prompts/{prompt}/checks/{check}'>;

/** An example of a run. */
export type Result = RunWithResults['results'][number];

/** How often a run is read again while it goes on, in milliseconds: its news are only told to those who may see all of the space. */
const renewal = 3_000;

/** The runs of a prompt's examples, newest first. */
export function runsQuery({ space, entry: prompt }: EntryPath) {
  return infiniteQueryOptions({
    ...pages,
    queryKey: [...spaceLists(space), 'checks', prompt],
    queryFn: ({ pageParam, signal }) => {
      const params = { path: { space, prompt }, query: { limit: 10, ...cursorOf(pageParam) } };
      return dataOf(api.GET(route, { params, signal }));
    },
  });
}

/** A run with its examples. */
export function runQuery({ space, entry: prompt }: EntryPath, check: string) {
  return queryOptions({
    queryKey: [...spaceLists(space), 'check', prompt, check],
    queryFn: ({ signal }) =>
      dataOf(api.GET(`${route}/{check}`, { params: { path: { space, prompt, check } }, signal })),
    refetchInterval: ({ state: { data } }) =>
      data !== undefined && hasEnded(data.state) ? false : renewal,
  });
}

/** Which version is run. */
export interface Asked {
  env: string;
  /** As the environment would be after this prompt was promoted there from what is there now. */
  isPromoted: boolean;
  /** Left out: all of them. */
  variant?: string;
}

/** Begins a run; if the same version is being run already, that is the run. */
export function startRun({ space, entry }: EntryPath, { env, isPromoted, variant }: Asked) {
  return dataOf(
    api.POST(route, {
      params: { path: { space, prompt: entry } },
      body: {
        env,
        ...(isPromoted && { promote: { entry } }),
        ...(variant !== undefined && { variant }),
      },
    }),
  );
}

/** Says whether an answer is as its example expects. */
export function judge(
  { space, entry: prompt }: EntryPath,
  check: string,
  said: { example: number; passed: boolean; note: string },
) {
  const { note, ...body } = said;
  const word = note.trim();
  return dataOf(
    api.POST(`${route}/{check}/actions/judge`, {
      params: { path: { space, prompt, check } },
      body: { ...body, ...(word !== '' && { note: word }) },
    }),
  );
}
