import { queryOptions } from '@tanstack/react-query';
import { api, dataOf } from '../../api/client.ts';
import { ProblemError } from '../../api/problem-error.ts';
import type { Answer, Entry, ItemOf } from '../../api/types.ts';
import { spaceLists } from '../../parts/knowledge/space-queries.ts';

const route = '/v1/spaces/{space}/environments';

/** A name for versions. */
export type Environment = ItemOf<'/v1/spaces/{space}/environments'>;

/** Where an environment, or an entry in it, pointed before. */
export type Earlier = NonNullable<
  Answer<'/v1/spaces/{space}/environments/{environment}/earlier'>['earlier']
>;

/** The name of what is there now, which is in every space and has no file. */
export const latest = 'latest';

/** Whether it is what is there now, which nobody moves. */
export function isLatest({ name }: Pick<Environment, 'name'>): boolean {
  return name === latest;
}

/** The environments of a space, what is there now first. */
export function environmentsQuery(space: string) {
  return queryOptions({
    queryKey: [...spaceLists(space), 'environments'],
    queryFn: ({ signal }) => dataOf(api.GET(route, { params: { path: { space } }, signal })),
  });
}

/** An entry as an environment has it; `null` if it is not in it. */
export function entryInQuery(space: string, entry: string, env: string) {
  return queryOptions({
    queryKey: [...spaceLists(space), 'entry-in', entry, env],
    queryFn: async ({ signal }): Promise<Entry | null> => {
      const params = { path: { space, entry }, query: { env } };
      try {
        return await dataOf(api.GET('/v1/spaces/{space}/entries/{entry}', { params, signal }));
      } catch (error) {
        if (error instanceof ProblemError && error.code === 'entry_not_found') return null;
        throw error;
      }
    },
  });
}

/** Where a rollback of an environment, or of one entry in it, goes; `null` if it never pointed elsewhere. */
export function earlierQuery(space: string, environment: string, entry: string | null) {
  return queryOptions({
    queryKey: [...spaceLists(space), 'earlier', environment, entry],
    queryFn: async ({ signal }): Promise<Earlier | null> => {
      const query = entry === null ? {} : { entry };
      const params = { path: { space, environment }, query };
      const answer = api.GET(`${route}/{environment}/earlier`, { params, signal });
      return (await dataOf(answer)).earlier;
    },
  });
}

/** What is moved: an environment as it was seen, or one entry in it. */
export interface Move {
  environment: Environment;
  entry: string | null;
  message: string;
}

/** What a promotion or a rollback did. */
export type Moved = Awaited<ReturnType<typeof promote>>;

/** Moves an environment, or one entry in it, to what another one has. */
export function promote(space: string, move: Move, from: string) {
  const params = { path: { space, environment: move.environment.name } };
  const body = { ...bodyOf(move), from };
  return dataOf(api.POST(`${route}/{environment}/actions/promote`, { params, body }));
}

/** Moves an environment, or one entry in it, back to where it pointed before. */
export function rollBack(space: string, move: Move): Promise<Moved> {
  const params = { path: { space, environment: move.environment.name } };
  const body = bodyOf(move);
  return dataOf(api.POST(`${route}/{environment}/actions/rollback`, { params, body }));
}

function bodyOf({ environment: { blob }, entry, message }: Move) {
  const word = message.trim();
  return {
    ...(entry !== null && { entry }),
    ...(blob !== null && { base: blob }),
    ...(word !== '' && { message: word }),
  };
}
