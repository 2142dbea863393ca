import type { FastifyRequest } from 'fastify';
import type { Static } from '@fastify/type-provider-typebox';
import { findEntry } from '../../../db/knowledge/entries.ts';
import type { ApiDeps } from '../../http/deps.ts';
import { pageOf, pageStart, type Page } from '../../http/paging.ts';
import { fieldProblem } from '../../http/problem.ts';
import { spaceInEnvironment } from '../environments/space-in-environment.ts';
import { entryNotFound } from '../history/open-history.ts';
import type { EntryAt } from '../refs/space-at.ts';
import { spaceOf, type SpaceAccess } from '../spaces/space-access.ts';
import type { EntryItem, EntryQuery, EntryView } from './entry-schema.ts';
import { entryView, versionView } from './entry-view.ts';

type View = Static<typeof EntryView>;

/** The entry that the path names, as an environment has it. Throws 404 `entry_not_found` if it has none. */
export async function entryInEnvironment(
  deps: ApiDeps,
  request: FastifyRequest,
  name: string,
): Promise<View> {
  const access = await spaceOf(deps, request);
  const { entry: id } = request.params as { entry: string };
  const { at } = await spaceInEnvironment(deps, access, name);
  const found = await at.find(id);
  if (found === null) throw entryNotFound(access.row.id, id);
  return viewAt(deps, access, found);
}

/** A page of the entries of a kind as an environment has them, by their ids. */
export async function entriesInEnvironment(
  deps: ApiDeps,
  access: SpaceAccess,
  name: string,
  query: Static<typeof EntryQuery>,
): Promise<Page<Static<typeof EntryItem>>> {
  const { kind, status, q, sort = 'id' } = query;
  if (kind === undefined) throw fieldProblem('/kind', 'is needed to list an environment');
  if (status !== undefined || q !== undefined || sort !== 'id')
    throw fieldProblem('/env', 'goes with `kind` only: searches are about the present');
  access.require('reader', kind);
  const { limit, after } = pageStart(query, /./);
  const { at } = await spaceInEnvironment(deps, access, name);
  const listed = (await at.list(kind)).sort((a, b) => (a.id < b.id ? -1 : 1));
  const rows = listed.filter(({ id }) => after === null || id > after).slice(0, limit + 1);
  const views = await Promise.all(rows.map((row) => viewAt(deps, access, row)));
  return pageOf(views, limit, ({ id }) => id, (view) => ({ ...view, problem: view.problems[0] ?? null })); // prettier-ignore
}

async function viewAt(deps: ApiDeps, access: SpaceAccess, found: EntryAt): Promise<View> {
  const { id, kind, text, commit: sha, blob, path, at } = found;
  const entry = await findEntry(deps.db, access.row.id, id);
  if (sha === null && entry !== null) return entryView(entry, kind, access.kinds('reader'));
  const version = { kind: kind.name, path, blob, sha, at };
  return versionView(entry, id, version, { text, kind });
}
