import type { paths } from './schema.ts';

/** The body of the answer of a `GET` of this path. */
export type Answer<Path extends keyof paths> = paths[Path] extends {
  get: { responses: { 200: { content: { 'application/json': infer Body } } } };
}
  ? Body
  : never;

/** An item of the list that a `GET` of this path answers with. */
export type ItemOf<Path extends keyof paths> =
  Answer<Path> extends { items: (infer Item)[] } ? Item : never;

export type Session = NonNullable<Answer<'/v1/session'>>;
export type Caller = Session['caller'];
export type Role = Caller['role'];
export type Overview = Answer<'/v1/overview'>;
export type OverviewItem = Overview['items'][number];
export type Mirror = Answer<'/v1/projects/{project}/mirrors/{branch}'>;
export type Space = Answer<'/v1/spaces/{space}'>;
export type Kind = Space['kinds'][number];
export type Entry = Answer<'/v1/spaces/{space}/entries/{entry}'>;
export type EntryItem = ItemOf<'/v1/spaces/{space}/entries'>;
export type Draft = Answer<'/v1/spaces/{space}/drafts/{draft}'>;
export type SyncStatus = Entry['syncStatus'];
export type State = Mirror['state'];
