import type { Answer, Ask } from './ask.ts';
import type { ReviewHost, ReviewHostKind } from './types.ts';

/** A repository on a host, and how to ask the host's API. */
export interface OpenedRepository {
  ask: Ask;
  /** The API's address, without a trailing slash. */
  api: string;
  /** The repository's path on the host without `.git`, in its segments. */
  path: readonly string[];
  /** The repository's page for people. */
  page: string;
}

/** One kind of API for pull requests. */
export interface ReviewApi {
  kind: ReviewHostKind;
  /** Its name in messages. */
  name: string;
  /** The address of a repository in it; `null` if no repository has such a path there. */
  repository: (api: string, path: readonly string[]) => string | null;
  /** Whether this answer for a repository, with whatever status, is one of this kind of API. */
  isOurs: (answer: Answer) => boolean;
  open: (repository: OpenedRepository) => ReviewHost;
}

/** The address of a repository of which an API has an owner and a name. */
export function ownedRepository(api: string, path: readonly string[]): string | null {
  const [owner, name, ...rest] = path;
  if (owner === undefined || name === undefined || rest.length > 0) return null;
  return `${api}/repos/${encodeURIComponent(owner)}/${encodeURIComponent(name)}`;
}

/** A field of an answer; `undefined` if it has none. */
export function field({ body }: Answer, name: string): unknown {
  if (typeof body !== 'object' || body === null || !Object.hasOwn(body, name)) return undefined;
  return body[name as keyof typeof body];
}
